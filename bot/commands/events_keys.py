"""`events keys`: the reference of an event file, drawn from the model and from `bot/data/event_keys.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import yaml

from bot.commands.common import complain, say
from bot.commands.events_words import Naming, default_of, kind_of
from bot.contest.event.base import Coded, Part
from bot.contest.event.model import Event
from bot.contest.event.schema import bare

_HEAD = """# Ключи файла события

Эта страница собрана из самой модели: `python -m bot events keys docs/event-keys.md`. Как писать файл — в
[events.md](events.md), образцы — в `bot/data/events/2020-21`.

Список пишут в квадратных скобках `[a, b]` или строками с дефисом, часть — в фигурных `{code: a, title: А}` или строками
с отступом. Дата без времени — начало или конец дня по Томску.
"""


@dataclass(frozen=True, slots=True)
class Described:
    """What `event_keys.yaml` says of a part."""

    title: str
    about: str
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """All descriptions: of parts by the name of their class, of words by the name of their enumeration."""

    parts: Mapping[str, Described]
    values: Mapping[str, Mapping[str, str]]


def write_keys(path: Path | None) -> int:
    """Write the page, or print it."""
    page = page_of(Event, words())
    if path is None:
        say(page)
        return 0
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        complain(f"{path}: не записать ({error.strerror})")
        return 1
    say(f"{path}: записано")
    return 0


def words() -> Words:
    """What the data says of the keys."""
    read = yaml.safe_load(files("bot.data").joinpath("event_keys.yaml").read_text(encoding="utf-8"))
    parts = {
        name: Described(part["title"], part.get("about", ""), part["keys"]) for name, part in read["parts"].items()
    }
    return Words(parts, read["values"])


def page_of(root: type[Part], said: Words) -> str:
    """The page in Markdown: a section a part, in the order in which the file meets them."""
    parts = parts_of(root)
    headings = {part.__name__: (said.parts[part.__name__].title, _heading(part, said)) for part in parts}
    sections = [_section(part, said, Naming(headings, said.values)) for part in parts]
    return "\n".join([_HEAD, *sections]).rstrip() + "\n"


def parts_of(root: type[Part]) -> tuple[type[Part], ...]:
    """Every part that a file can hold, and what they share, each once, the outer before the inner."""
    found: dict[type[Part], None] = {}

    def walk(part: type[Part]) -> None:
        if part in found:
            return
        base = base_of(part)
        if base is not None:
            walk(base)
        found[part] = None
        for field in part.model_fields.values():
            for inner in _models(field.annotation):
                walk(inner)

    walk(root)
    return tuple(found)


def base_of(part: type[Part]) -> type[Part] | None:
    """What a part shares with others and has a section of its own; `code` and `title` are said in each part."""
    bases = [base for base in part.__bases__ if issubclass(base, Part) and base not in (Part, Coded)]
    return bases[0] if bases else None


def own_keys(part: type[Part]) -> tuple[str, ...]:
    """The keys that the section of a part names: its own, and a code and a title if it has them."""
    base = base_of(part)
    inherited = set(base.model_fields) if base else set()
    return tuple(name for name in part.model_fields if name not in inherited or name in part.__annotations__)


def enums_of(root: type[Part]) -> dict[str, type[Enum]]:
    """Every enumeration whose words a file may hold, by its name."""
    kinds = (one for part in parts_of(root) for field in part.model_fields.values() for one in _all(field.annotation))
    return {one.__name__: one for one in kinds if isinstance(one, type) and issubclass(one, Enum)}


def description(part: type[Part], key: str, said: Words) -> str:
    """What a key means; a code and a title mean the same everywhere unless a part says otherwise."""
    return said.parts[part.__name__].keys.get(key) or said.parts[Coded.__name__].keys[key]


def _heading(part: type[Part], said: Words) -> str:
    return f"{said.parts[part.__name__].title}{_tag(part)}"


def _section(part: type[Part], said: Words, naming: Naming) -> str:
    described, base = said.parts[part.__name__], base_of(part)
    lines = [f"## {_heading(part, said)}", ""]
    if described.about:
        lines += [described.about, ""]
    if base is not None:
        lines += [f"Есть и ключи раздела «{said.parts[base.__name__].title}».", ""]
    lines += ["| ключ | что пишут | если не писать | что значит |", "|---|---|---|---|"]
    hints = get_type_hints(part, include_extras=True)
    for key in own_keys(part):
        kind, default = kind_of(hints[key], naming), default_of(part.model_fields[key])
        lines.append(f"| `{key}` | {kind} | {default} | {description(part, key, said)} |")
    return "\n".join(lines) + "\n"


def _tag(part: type[Part]) -> str:
    """The words by which a file names this one of several: `kind: team`."""
    for name, field in part.model_fields.items():
        found = get_args(field.annotation)
        if get_origin(field.annotation) is Literal and len(found) == 1:
            word = found[0].value if isinstance(found[0], Enum) else found[0]
            return f" — `{name}: {word}`"
    return ""


def _models(annotation: object) -> Iterator[type[Part]]:
    return (one for one in _all(annotation) if isinstance(one, type) and issubclass(one, Part))


def _all(annotation: object) -> Iterator[object]:
    """The alternatives of an annotation, and those of the items of its lists."""
    for one in bare(annotation):
        if get_origin(one) is tuple:
            yield from _all(get_args(one)[0])
        else:
            yield one
