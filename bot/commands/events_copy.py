"""`events copy`: last year's event as a new file, with its dates moved and its comments kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import yaml

from bot.commands.common import complain, say, with_database
from bot.commands.events_new import tell
from bot.commands.events_written import yaml_of
from bot.contest.event.loading import load_stored, read_event, read_events
from bot.contest.event.mistakes import Mistake
from bot.contest.event.model import Event
from bot.contest.event.moving import code_of_year, steps_to
from bot.contest.event.schema import follow
from bot.contest.event.source import Place
from storage.database import Database
from storage.storage import Storage

MISTAKES = 1
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T ]\d)")
_NAMED_DAY = re.compile(r"\d (?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)|\d\d\.\d\d\.\d{4}", re.IGNORECASE)
_HEAD = "# Скопировано с переносом дат. Пометки «отчёт» и «положения» относятся к прежнему событию: проверьте их.\n"


def copy_events(sources: Sequence[str], start: date, to: Path | None) -> int:
    """Copy files, or events of the database by their codes, so that the intake of the first begins on `start`."""
    paths = [Path(source) for source in sources if Path(source).is_file()]
    if len(paths) == len(sources):
        return _copy_files(paths, start, to)
    if paths:
        complain("назовите либо файлы, либо коды загруженных мероприятий")
        return MISTAKES
    return with_database(lambda database: _copy_stored(database, sources, start, to))


def _copy_files(paths: Sequence[Path], start: date, to: Path | None) -> int:
    """The texts of the files stay as they are, but for days and codes."""
    found = read_events(paths) if len(paths) > 1 else _alone(paths[0])
    events = [one for one in found if isinstance(one, Event)]
    if len(events) < len(paths):
        for mistake in found:
            complain(str(mistake))
        return MISTAKES
    copies: list[tuple[str, str]] = []
    for path, event, (by, years) in zip(paths, events, steps_to(events, start), strict=True):
        text = moved_text(path.read_text(encoding="utf-8-sig"), event, by, years=years)
        copies.append((event.moved_by(by, years=years).code, _HEAD + text))
    return _write(copies, to)


def _alone(path: Path) -> Sequence[Event | Mistake]:
    """One file by itself: its parent and children may stay where they are."""
    read = read_event(path)
    return [read] if isinstance(read, Event) else read


async def _copy_stored(database: Database, codes: Sequence[str], start: date, to: Path | None) -> int:
    async with database.transaction() as connection:
        stored = {one.code: one.definition for one in await Storage(connection).events.all()}
    missing = [code for code in codes if code not in stored]
    if missing:
        complain(f"нет ни такого файла, ни загруженного мероприятия: {', '.join(missing)}")
        return MISTAKES
    events = [load_stored(stored[code]) for code in codes]
    moved = [
        event.moved_by(by, years=years) for event, (by, years) in zip(events, steps_to(events, start), strict=True)
    ]
    return _write([(event.code, yaml_of(event)) for event in moved], to)


def moved_text(text: str, event: Event, by: timedelta, *, years: int) -> str:
    """The text of an event's file with its days later by `by` and the years of its codes by `years`."""
    changed = list(text)
    for place, node in reversed(list(_scalars(yaml.compose(text, yaml.BaseLoader), ()))):
        value = node.value
        if place in (("code",), ("parent",)) or place[:2] == ("unit", "children"):
            new = code_of_year(value, near=event.year, years=years)
        elif _DAY.match(value) and set(follow(Event, place)[1]) & {datetime, date}:
            new = f"{date.fromisoformat(value[:10]) + by}{value[10:]}"
        else:
            continue
        start, end = node.start_mark.index, node.end_mark.index
        changed[start:end] = text[start:end].replace(value, new, 1)
    return "".join(changed)


def _scalars(node: yaml.Node | None, place: Place) -> Iterator[tuple[Place, yaml.ScalarNode]]:
    """Every single value of a document with where it stands, in the order of the text."""
    match node:
        case yaml.ScalarNode():
            yield place, node
        case yaml.SequenceNode(value=items):
            for index, item in enumerate(items):
                yield from _scalars(item, (*place, index))
        case yaml.MappingNode(value=pairs):
            for key, value in pairs:
                yield from _scalars(value, (*place, str(key.value)))


def _write(files: Sequence[tuple[str, str]], to: Path | None) -> int:
    """Write the copies: one to `to`, several into the folder `to`; without it by their codes."""
    folder = to if to is not None and (len(files) > 1 or to.is_dir()) else None
    targets = [to if to and not folder else (folder or Path()) / f"{code}.yaml" for code, _ in files]
    there = [path for path in targets if path.exists()]
    if there:
        complain(f"{there[0]}: такой файл уже есть, назовите другой")
        return MISTAKES
    try:
        for path, (_, text) in zip(targets, files, strict=True):
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        complain(f"{error.filename}: не записать ({error.strerror})")
        return MISTAKES
    for path, (_, text) in zip(targets, files, strict=True):
        if lines := lines_with_days(text):
            say(f"{path}: дни в словах сами не переносятся, посмотрите строки {', '.join(map(str, lines))}")
    return tell(targets)


def lines_with_days(text: str) -> tuple[int, ...]:
    """The lines whose words name a day: those are not moved."""
    found = _scalars(yaml.compose(text, yaml.BaseLoader), ())
    named = (node for place, node in found if place[-1:] != ("code",) and not _DAY.match(node.value))
    lines = (
        node.start_mark.line + 1 + extra
        for node in named
        for extra, line in enumerate(_lines_of(text, node))
        if _NAMED_DAY.search(line)
    )
    return tuple(dict.fromkeys(lines))


def _lines_of(text: str, node: yaml.ScalarNode) -> list[str]:
    return text[node.start_mark.index : node.end_mark.index].splitlines()
