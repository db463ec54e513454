"""Organisations by municipality, as a picture and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.contest.charts.places import Places, Sender, by_municipality
from bot.contest.charts.scales import first_rows
from bot.contest.text import inert, shorten
from bot.documents.charts.figure import Bar, Bars
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.charts.said import Said

#: So many organisations of no known municipality are named, and municipalities said in words.
MOST_NAMED = 8
NAME_CHARS = 60


def by_place(desk: Desk, running: Running, senders: Iterable[Sender]) -> Said:
    """From where the applications come. A blind jury may see the picture, so that it names nobody who applied."""
    places = by_municipality(senders, municipality_of(desk))
    blind = running.event.jury is not None and running.event.jury.blind
    return Said(
        title=_title(desk, places),
        lines=[*_words(desk, places), *_unknown(desk, places, named=not blind)],
        body=Bars(tuple(_bars(desk, places))),
        note=desk.say("charts.places.note"),
    )


def municipality_of(desk: Desk) -> Callable[[str], str | None]:
    """The municipality of an organisation; with its region where two of them are called alike."""
    directory = desk.facts.directory
    codes: dict[str, set[str]] = {}
    for one in directory.all:
        place = directory.place(one.code)
        codes.setdefault(place.municipality, set()).add(place.code)

    def named(code: str) -> str | None:
        if code not in directory.codes:
            return None
        place = directory.place(code)
        return place.municipality if len(codes[place.municipality]) == 1 else f"{place.municipality} ({place.region})"

    return named


def _title(desk: Desk, places: Places) -> str:
    title = desk.say("charts.places.title", organisations=places.organisations)
    if not places.known:
        return title
    return title + " " + desk.say("charts.places.from", places=len(places.known))


def _words(desk: Desk, places: Places) -> list[str]:
    shown, rest = first_rows(places.known, MOST_NAMED)
    lines = [
        desk.say("charts.places.line", name=one.name, organisations=one.organisations, applications=one.applications)
        for one in shown
    ]
    return [*lines, desk.say("charts.places.rest", count=len(rest))] if rest else lines


def _unknown(desk: Desk, places: Places, *, named: bool) -> list[str]:
    if not places.unknown:
        return []
    values = {"organisations": len(places.unknown), "applications": places.unknown_applications}
    line = desk.say("charts.places.line", name=desk.say("charts.places.unknown"), **values)
    if not named:
        return [line]
    shown, rest = first_rows(places.unknown, MOST_NAMED)
    names = [inert(shorten(one.name, NAME_CHARS)) for one in shown]
    return [f"{line}: " + ", ".join([*names, *([desk.say("charts.more", count=len(rest))] if rest else [])])]


def _bars(desk: Desk, places: Places) -> list[Bar]:
    shown, rest = first_rows(places.known)
    rows = [(one.name, one.organisations, one.applications, False) for one in shown]
    if rest:
        sums = sum(one.organisations for one in rest), sum(one.applications for one in rest)
        rows.append((desk.say("charts.places.rest", count=len(rest)), *sums, True))
    if places.unknown:
        rows.append((desk.say("charts.places.unknown"), len(places.unknown), places.unknown_applications, True))
    longest = max(organisations for _, organisations, _, _ in rows)
    return [
        Bar(
            name,
            desk.say("charts.places.value", organisations=organisations, applications=applications),
            (organisations / longest,),
            is_aside=aside,
        )
        for name, organisations, applications, aside in rows
    ]
