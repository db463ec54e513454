"""A selection held by host schools: the organizer appoints them, they mark finalists and confirm their protocols."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.commands.year.crowd import Person, StuckError
from bot.commands.year.desk import Organizer, choose, starting
from bot.commands.year.entries import Entry
from bot.contest.event.base import Per
from bot.contest.event.stages import Stage
from bot.contest.organisations import Directory

MOST_PAGES = 40
_LINE = re.compile(r"^(✓ )?(\d+)\. (\S+ \S+?)[,\s]", re.MULTILINE)
MEMBERS = "Быстрова Алла Сергеевна, Туманов Глеб Игоревич, Светлова Нина Павловна"


def finalists(entries: Sequence[Entry], stage: Stage, most: int) -> set[str]:
    """Whom the hosts choose: the best, within the quotas of schools and groups; keys of names."""
    per_school = _most(stage, {Per.ORGANISATION})
    per_group = _most(stage, {Per.ORGANISATION, Per.GROUP})
    chosen: list[Entry] = []
    schools, groups = Counter[str](), Counter[tuple[str, bool]]()
    for entry in sorted(entries, key=lambda one: (-one.level, one.serial)):
        school, group = entry.school.name, (entry.school.name, entry.is_senior)
        if len(chosen) < most and schools[school] < per_school and groups[group] < per_group:
            chosen.append(entry)
            schools[school] += 1
            groups[group] += 1
    return {key_of(entry) for entry in chosen}


def _most(stage: Stage, per: set[Per]) -> int:
    return next((quota.most for quota in stage.quotas if set(quota.per) == per), len(stage.quotas) + 10_000)


def key_of(entry: Entry) -> str:
    """«Соколова Вера», as lists name people."""
    return " ".join(entry.people[0].name.split()[:2])


async def gives_areas(organizer: Organizer, stage: Stage, schools: Iterable[str]) -> None:
    """Schools that hold nothing themselves go to the host of their municipality, or else to the first host."""
    directory = Directory.load()
    areas = dict.fromkeys(directory.place(code).municipality for code in schools if code not in stage.hosts)
    near = {directory.municipality(host): directory.get(host).name_short for host in reversed(stage.hosts)}
    first = directory.get(stage.hosts[0]).name_short
    for area in areas:
        await organizer.opens_stage(stage.title)
        person = organizer.person
        await person.presses("Чьи школы у кого")
        await starting(person, area)
        await choose(person, near.get(area, first))


async def invites(organizer: Organizer, stage: Stage, host: str) -> str:
    """A one-time link for a host's representative; the word in it."""
    await organizer.opens_stage(stage.title)
    await organizer.person.presses("Опорные школы")
    await organizer.person.presses("Пригласить")
    await choose(organizer.person, host)
    found = re.search(r"ref=(host-[\w-]+)", organizer.person.text)
    if found is None:
        raise StuckError(f"no link for {host}: {organizer.person.last}")
    return found[1]


async def selects(host: Person, word: str, chosen: set[str]) -> Mapping[str, int]:
    """The representative joins, marks the finalists, writes the protocol and confirms it; how many were marked."""
    await host.starts(word)
    if "Отметить финалистов" not in host.visible:
        return {}
    await host.presses("Отметить финалистов")
    marked = Counter[str]()
    for _ in range(MOST_PAGES):
        for ticked, number, name in _LINE.findall(host.text):
            if name in chosen and not ticked:
                await host.presses(number)
                marked[name] += 1
        if "Ещё ›" not in host.labels:
            break
        await host.presses("Ещё ›")
    await host.presses("Готово")
    await host.presses("День, место, комиссия")
    await host.presses(host.labels[0])
    await host.presses("дистанционно")
    await host.writes(MEMBERS)
    await host.presses("Подтвердить протокол")
    await host.presses("Подтвердить и сообщить всем")
    return marked
