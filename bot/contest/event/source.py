"""YAML text as plain values that remember their lines.

Only the plain part of YAML is taken: no anchors (so no bombs), no tags, no two documents, and only
`true`, `false`, `null`, whole and decimal numbers are other than text, so that `5:00`, `on` or a date
stay what the author typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

import yaml

#: Where a value stands: keys and indices from the top of the file.
Place = tuple[str | int, ...]
Value = None | bool | int | Decimal | str | list["Value"] | dict[str, "Value"]

_DEPTH_MOST = 20
_WHOLE = re.compile(r"[-+]?(0|[1-9]\d{0,17})", re.ASCII)
_DECIMAL = re.compile(r"[-+]?\d{1,17}\.\d{1,17}", re.ASCII)
_WORDS: Mapping[str, bool | None] = {"": None, "null": None, "~": None, "true": True, "false": False}
# libyaml's parser is forty times faster; the pure one stands in where the wheel lacks it.
_Loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place of the text; `line` counts from 1."""

    place: Place
    line: int
    expected: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, with the line of each key and item, and what was wrong in its form."""

    value: Value
    lines: Mapping[Place, int]
    faults: tuple[Fault, ...] = ()

    def line(self, place: Place) -> int:
        """The line of `place`, or of the nearest part that encloses it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


@dataclass(slots=True)
class _Reading:
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def value(self, node: yaml.Node, place: Place) -> Value:
        self.lines.setdefault(place, _line(node.start_mark))
        match node:
            case yaml.MappingNode():
                return self._mapping(node, place)
            case yaml.SequenceNode():
                return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
            case _:
                return _scalar(str(node.value), plain=not getattr(node, "style", None))

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for key_node, value_node in node.value:
            line = _line(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault(place, line, "ключом может быть только слово"))
                continue
            key = str(key_node.value)
            inside = (*place, key)
            if key in found:
                first = self.lines[inside]
                self.faults.append(Fault(inside, line, f"ключ записан дважды (впервые в строке {first})"))
                continue
            self.lines[inside] = line
            found[key] = self.value(value_node, inside)
        return found


def _scalar(text: str, *, plain: bool) -> Value:
    if not plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


class _Mark(Protocol):
    """The pure and the C parser each have a mark of their own."""

    @property
    def line(self) -> int: ...


def _line(mark: _Mark | None) -> int:
    return mark.line + 1 if mark else 1


def read_document(text: str) -> Document:
    """`text` as values with their lines; a text that is no plain YAML comes back with faults and no value."""
    fault = _form_fault(text)
    if fault:
        return Document(None, {}, (fault,))
    node = yaml.compose(text, _Loader)
    if node is None:
        return Document(None, {}, (Fault((), 1, "файл пуст, нужны ключи и значения"),))
    reading = _Reading()
    value = reading.value(node, ())
    return Document(value, reading.lines, tuple(reading.faults))


def _form_fault(text: str) -> Fault | None:
    """What of YAML is not taken here. Reads events only, so neither depth nor size can hurt."""
    try:
        return next(_event_faults(text), None)
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark or error.context_mark)
        return Fault((), line, "не читается как YAML: проверьте отступы, двоеточия, кавычки и скобки")
    except yaml.YAMLError:
        return Fault((), 1, "в файле есть непечатный знак, нужен обычный текст")


def _event_faults(text: str) -> Iterator[Fault]:
    depth = documents = 0
    for event in yaml.parse(text, _Loader):
        line = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield Fault((), line, "якоря и ссылки YAML (& и *) не поддерживаются, повторите значение")
        if getattr(event, "tag", None):
            yield Fault((), line, "метки типов YAML (!) не поддерживаются, уберите метку")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        if depth > _DEPTH_MOST:
            yield Fault((), line, f"вложенность глубже {_DEPTH_MOST} уровней")
        if documents > 1:
            yield Fault((), line, "в файле должен быть один документ, уберите строку ---")
