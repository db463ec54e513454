"""The table of the played year, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.year.counting import Counted, Totals
from bot.contest.awards import OutcomeKind

TITLE_WIDTH = 32
#: Column heads with the attribute of the printed figures.
COLUMNS = ("заявок", "ОО", "людей", "команд", "работ", "наград")
WIDTH = 11
SHORT = {
    OutcomeKind.GRAND_PRIX: "гран-при",
    OutcomeKind.WINNER: "победители",
    OutcomeKind.PRIZE: "призёры",
    OutcomeKind.PARTICIPANT: "участники",
    OutcomeKind.NOT_SUBMITTED: "без работы",
    OutcomeKind.ABSENT: "не пришли",
    OutcomeKind.WITHDRAWN: "отозваны",
    OutcomeKind.DROPPED_OUT: "выбыли",
    OutcomeKind.DISQUALIFIED: "дисквалифицированы",
}


def table(rows: Sequence[Counted], totals: Totals) -> list[str]:
    """The lines: a row an event, what differs from the report marked, and the totals."""
    head = (
        f"{'':4}{'событие':<{TITLE_WIDTH}}" + "".join(f"{name:>{WIDTH}}" for name in COLUMNS) + "  баланс  результаты"
    )
    rule = "─" * (len(head) + 24)
    return [
        head,
        rule,
        *(_line(row) for row in rows),
        rule,
        _total(totals),
        _sum(totals),
        "«17≠18»: сыграно 17, в отчёте 18. Одно число: совпало или в отчёте его нет. Строка сошлась: ✓.",
    ]


def _line(row: Counted) -> str:
    said = row.printed
    cells = (
        _cell(row.sizes.applications, said.applications),
        _cell(row.sizes.organisations, said.organisations),
        _cell(row.people, said.people),
        _cell(row.teams, said.teams),
        _cell(row.sizes.works or None, said.works),
        _cell(row.awarded or None, said.awarded),
    )
    closes = "✓" if row.balance.closes else "✗"
    return (
        f"{row.row:<4}{_shortened(row.title):<{TITLE_WIDTH}}"
        + "".join(f"{cell:>{WIDTH}}" for cell in cells)
        + f"{closes:>8}  {_outcomes(row)}"
    )


def _cell(count: int | None, printed: int | None) -> str:
    if printed is None:
        return "–" if count is None else str(count)
    return str(count) if count == printed else f"{count or 0}≠{printed}"


def _outcomes(row: Counted) -> str:
    found = [f"{SHORT[one.kind]} {one.count}" for one in row.balance.rows]
    if row.balance.undecided:
        found.append(f"не решено {row.balance.undecided}")
    return ", ".join(found)


def _total(totals: Totals) -> str:
    sizes = totals.sizes
    cells = (sizes.applications, sizes.organisations, sizes.people, "", sizes.works, "")
    kinds = ", ".join(f"{SHORT[kind]} {totals.outcomes[kind]}" for kind in OutcomeKind if totals.outcomes.get(kind))
    return f"{'':4}{'всего':<{TITLE_WIDTH}}" + "".join(f"{cell:>{WIDTH}}" for cell in cells) + f"{'':>8}  {kinds}"


def _sum(totals: Totals) -> str:
    sizes = totals.sizes
    return (
        f"Заявок {sizes.applications}, участий {sizes.people}, разных людей {totals.different_people},"
        f" организаций {sizes.organisations}, работ {sizes.works}."
    )


def _shortened(title: str) -> str:
    return title if len(title) < TITLE_WIDTH else f"{title[: TITLE_WIDTH - 2]}…"
