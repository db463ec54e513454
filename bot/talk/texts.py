"""The catalogue of texts: everything that a person reads, by key.

Texts are ours and are templates: `{name}` takes a value, `{count:работа|работы|работ}` a number with its noun,
`**…**` is bold. Values are data: they are never read as templates, and text that a person wrote is made inert
(no mentions, no markup) unless it is marked `Trusted`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from bot.contest.plurals import plural
from bot.contest.text import inert, length
from bot.contest.yaml_text import read_yaml
from bot.talk.message import Span

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


class Trusted(str):
    """Text of our own making, shown as it is: a link that was checked, a line rendered before."""

    __slots__ = ()


class MissingTextError(KeyError):
    """There is no text of this key."""


@dataclass(frozen=True, slots=True)
class Text:
    """A rendered text with its bold stretches."""

    text: str
    bold: tuple[Span, ...] = ()


class _Values(Formatter):
    """`str.format` without attributes, items or conversions: a value can't reach into our objects."""

    def get_field(self, field_name: str, _args: object, kwargs: Mapping[str, object]) -> tuple[object, str]:
        if field_name not in kwargs:
            raise KeyError(field_name)
        return kwargs[field_name], field_name

    def format_field(self, value: object, format_spec: str) -> str:
        if "|" in format_spec:
            return f"{value} {plural(int(str(value)), *format_spec.split('|'))}"
        if isinstance(value, Trusted):
            return str(value)
        if isinstance(value, str):
            return inert(value)
        return format(value, format_spec)


class Texts:
    """The texts of all talks. Raises MissingTextError for a key that is not there, KeyError for a missing value."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = dict(templates)
        #: Texts without values, drawn once.
        self._fixed: dict[str, Text] = {}

    @classmethod
    def load(cls, files: Iterable[Path]) -> Texts:
        """The catalogue of these YAML files; a key may stand in one of them only."""
        templates: dict[str, str] = {}
        for file in files:
            for key, text in flat(read_yaml(file.read_text(encoding="utf-8"))):
                if key in templates:
                    raise ValueError(f"{file.name}: {key} stands twice")
                templates[key] = text
        return cls(templates)

    def __contains__(self, key: str) -> bool:
        return key in self.templates

    def say(self, key: str, /, **values: object) -> str:
        """The plain text: for labels and for pieces of other texts."""
        return self.render(key, values).text

    def render(self, key: str, values: Mapping[str, object]) -> Text:
        """The text with its values and its bold stretches."""
        fixed = self._fixed.get(key)
        if fixed is not None:
            return fixed
        template = self.templates.get(key)
        if template is None:
            raise MissingTextError(key)
        found = self._drawn(template, values)
        if "{" not in template:
            self._fixed[key] = found
        return found

    def _drawn(self, template: str, values: Mapping[str, object]) -> Text:
        text, spans = "", []
        for number, piece in enumerate(BOLD.split(template)):
            start = length(text)
            text += _Values().vformat(piece, (), values)
            if number % 2:
                spans.append(Span(start, length(text) - start))
        return Text(text.strip("\n"), tuple(spans))


def flat(tree: Mapping[str, object], prefix: str = "") -> Iterable[tuple[str, str]]:
    """The leaves of nested mappings with dotted keys."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
