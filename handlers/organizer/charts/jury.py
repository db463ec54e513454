"""The jury's load and the spread of its scores, as pictures and in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.contest.charts.jury import FEW_WORKS, Finding, Load, Strip, abreast, by_load, finding, quantile, strips, whole
from bot.contest.charts.scales import first_rows
from bot.contest.scoring import max_total
from bot.contest.text import initials
from bot.documents.charts.figure import Bar, Bars, Spread, Spreads, Tick
from handlers.kinds import Desk
from handlers.organizer.charts.said import Said
from handlers.organizer.jury.judging import counting, owed_by_juror, point_scales
from handlers.organizer.record import Record

_QUARTERS = (0, 25, 50, 75, 100)


def by_juror(desk: Desk, record: Record) -> Said:
    """How much each member has scored and has left."""
    loads = by_load(_loads(record))
    scored, left = sum(one.scored for one in loads), sum(one.left for one in loads)
    if not scored + left:
        return Said(desk.say("charts.load.none"))
    done = "title" if left else "title_done"
    return Said(
        title=desk.say(f"charts.load.{done}", scored=scored, of=scored + left, left=left),
        lines=_load_words(desk, loads),
        body=Bars(tuple(_load_bars(desk, loads)), tuple(desk.say(f"charts.load.{part}") for part in _PARTS)),
        note=desk.say("charts.load.note"),
    )


_PARTS = ("part_scored", "part_left", "part_conflicts")


def _loads(record: Record) -> list[Load]:
    states = Counter((one.person_id, one.state) for one in record.assignments)
    owing, names = owed_by_juror(record), names_of(record)
    people = {one.person_id for one in record.jury} | {id_ for id_, _ in states}
    return [
        Load(names.get(id_, ""), states[id_, "scored"], owing[id_], states[id_, "conflict"]) for id_ in sorted(people)
    ]


def names_of(record: Record) -> Mapping[int, str]:
    """«Лаптев Е. И.»; in full where two are called alike."""
    short = [initials(one.full_name) for one in record.jury]
    often = Counter(short)
    pairs = zip(record.jury, short, strict=True)
    return {one.person_id: one.full_name if often[name] > 1 else name for one, name in pairs}


def _load_words(desk: Desk, loads: Sequence[Load]) -> list[str]:
    owing, rest = first_rows([one for one in loads if one.left])
    lines = [desk.say("charts.load.owes", name=_named(desk, one.name), count=one.left) for one in owing]
    conflicts = sum(one.conflicts for one in loads)
    lines += [desk.say("charts.load.conflicts", count=conflicts)] if conflicts else []
    return [*lines, desk.say("charts.load.rest", count=len(rest))] if rest else lines


def _load_bars(desk: Desk, loads: Sequence[Load]) -> list[Bar]:
    shown, rest = first_rows(loads)
    longest = max(one.assigned for one in loads)
    bars = [_load_bar(desk, one, longest) for one in shown]
    if rest:
        left = sum(one.left for one in rest)
        text = desk.say("charts.load.left", count=left) if left else desk.say("charts.load.all_done")
        bars.append(Bar(desk.say("charts.load.rest", count=len(rest)), text, (), is_aside=True))
    return bars


def _load_bar(desk: Desk, load: Load, longest: int) -> Bar:
    parts = (load.scored, load.left, load.conflicts)
    key = "left" if load.left else "all_done" if load.scored else "nothing"
    return Bar(
        _named(desk, load.name),
        desk.say(f"charts.load.{key}", count=load.left),
        tuple(part / longest for part in parts),
        tuple(str(part) for part in parts),
    )


def _named(desk: Desk, name: str) -> str:
    return name or desk.say("charts.former")


def by_strictness(desk: Desk, record: Record) -> Said:
    """How each member's scores lie, in percent of the most that there can be."""
    found = strips(_percents(record))
    if not found:
        return Said(desk.say("charts.spread.none"))
    said = finding(found)
    shown, rest = first_rows(found)
    middle = quantile(sorted(point for one in found for point in one.points), 0.5)
    note = desk.say("charts.spread.note", median=whole(middle), few=FEW_WORKS)
    more = " " + desk.say("charts.spread.rest", count=len(rest)) if rest else ""
    return Said(
        title=_spread_title(desk, said),
        lines=[desk.say("charts.spread.line", name=one.name, median=whole(one.median)) for one in shown if one.name],
        body=Spreads(
            tuple(_spread(desk, one) for one in shown),
            tuple(Tick(value / 100, desk.say("charts.percent", value=value)) for value in _QUARTERS),
            middle / 100,
        ),
        note=note + more,
    )


def _percents(record: Record) -> list[tuple[str, Mapping[int, float]]]:
    """The complete sheets of each member; raw results have no maximum and are left out."""
    names, found = names_of(record), defaultdict[int, dict[int, float]](dict)
    for one in record.staying:
        lines = point_scales(record.running.event, one)
        most = max_total(lines)
        for sheet in counting(record, one) if most else ():
            found[sheet.juror][one.id] = float(100 * sheet.total(lines) / most)
    return [(names.get(id_, ""), each) for id_, each in sorted(found.items())]


def _spread_title(desk: Desk, said: Finding) -> str:
    if said.medians is None:
        return desk.say("charts.spread.title_few")
    least, most = said.medians
    if said.extremes is not None:
        return desk.say("charts.spread.title", strict=said.extremes[0], lenient=said.extremes[1])
    if least == most:
        return desk.say("charts.spread.title_equal", median=least)
    return desk.say(
        "charts.spread.title_level" if said.is_level else "charts.spread.title_apart", least=least, most=most
    )


def _spread(desk: Desk, strip: Strip) -> Spread:
    low, high = strip.quartiles
    name = strip.name or desk.say("charts.spread.unnamed")
    return Spread(
        desk.say("charts.spread.row", name=name, count=strip.works),
        desk.say("charts.spread.median", median=whole(strip.median)),
        strip.median / 100,
        (low / 100, high / 100),
        tuple((at / 100, nth) for at, nth in abreast(strip.points)),
        is_aside=not strip.name,
    )
