"""The sentences of a summary protocol: what was counted how, how equal works were told apart, who did not judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.contest.event.scoring import Aggregation, Measure, Tie
from bot.contest.naming import quoted
from bot.contest.protocol_facts import Entry, Facts, Field, Line, Sheet, SheetState, Source, Way, entries
from bot.contest.protocol_layout import shown
from bot.contest.protocol_snapshot import Snapshot, WordKind

#: More works that share a place than this are listed by their numbers.
MOST_NAMED = 3
_TIES = {
    Tie.CHAIR_DECIDES: "решает председатель жюри",
    Tie.SHARED_PLACE: "участники делят место",
    Tie.CRITERIA: "сравниваются баллы по критериям",
    Tie.LESS_TIME: "выше тот, кто затратил меньше времени",
    Tie.EXTRA_ROUND: "проводится дополнительный тур",
    Tie.VOTE: "решает открытое голосование жюри",
}
_SETTLED = {
    Tie.CHAIR_DECIDES: "решение председателя жюри",
    Tie.EXTRA_ROUND: "по дополнительному туру",
    Tie.VOTE: "открытое голосование жюри",
}
_MEASURES = {Measure.TIME_S: "время", Measure.COUNT: "количество", Measure.PENALTY: "штраф"}


def counted_how(facts: Facts) -> tuple[str, ...]:
    """How points became places, in the words of the rules declared beforehand."""
    rules = facts.rules
    if rules.way is Way.ATTENDANCE:
        return ("Работы не сравнивались: результат — участие.",)
    found = [_points(facts)]
    alike = len({field.lines for field in facts.fields}) == 1
    for field in facts.fields:
        found += _criteria("" if alike else field.title, field)
    found = list(dict.fromkeys(found))
    by = f": {', '.join(rules.tie_by)}" if rules.tie_by else ""
    found.append(f"При равенстве {_TIES[rules.tie]}{by}.")
    if rules.least_percent is not None:
        found.append(f"Награда присуждается, если набрано не меньше {shown(rules.least_percent)} % от максимума.")
    if rules.least_entries > 1:
        found.append(f"Если работ в сравнении меньше {rules.least_entries}, награды не присуждаются.")
    if rules.blind:
        found.append("Работы оценивались без имён участников и названий организаций.")
    return tuple(found)


def _points(facts: Facts) -> str:
    rules = facts.rules
    if rules.way is Way.PLACES:
        return (
            "В каждом испытании определено место; выше тот, у кого сумма мест меньше. "
            "У кого в испытании нет результата, тот в нём последний."
        )
    if rules.way is Way.TESTS:
        return "Результат — сумма баллов за задания."
    tests = any(line.source is Source.TEST for field in facts.fields for line in field.lines)
    more = " К нему прибавлены баллы за задания." if tests else ""
    if rules.aggregation is Aggregation.SUM:
        return f"Результат работы — сумма баллов всех оценивших её членов жюри.{more}"
    digits = f"до {rules.digits}-го знака" if rules.digits else "до целого"
    return (
        f"Результат работы — среднее арифметическое сумм баллов оценивших её членов жюри, с округлением {digits}.{more}"
    )


def trials_of(field: Field) -> tuple[Line, ...]:
    """What places were counted in, in the order of the columns and of the list below."""
    counted = {code for entry in field.entries for code in entry.places}
    return tuple(line for line in field.lines if line.code in counted)


def _criteria(title: str, field: Field) -> Iterator[str]:
    """Jury and tests; trials by the numbers of their columns."""
    trials = trials_of(field)
    if trials:
        yield f"Испытания: {'; '.join(f'{index}) {_criterion(one)}' for index, one in enumerate(trials, 1))}."
    for source, heading in ((Source.JURY, "Критерии жюри"), (Source.TEST, "Задания")):
        found = [_criterion(one) for one in field.lines if one.source is source and one not in trials]
        if found:
            of = f" ({title})" if title and source is Source.JURY else ""
            yield f"{heading}{of}: {'; '.join(found)}."


def _criterion(one: Line) -> str:
    """«Оригинальность, 0–5, вес 2»; of raw results what is measured."""
    if one.measure is not Measure.POINTS:
        return f"{one.title} ({_MEASURES[one.measure]})"
    scale = f", {shown(one.least)}–{shown(one.most)}" if one.most is not None else ""
    return f"{one.title}{scale}" + (f", вес {shown(one.weight)}" if one.weight != 1 else "")


def ties(snapshot: Snapshot) -> tuple[str, ...]:
    """Which equal works were told apart, by what rule and by whom."""
    by_id = {one.application: one for one in entries(snapshot.facts)}
    found = []
    for field in snapshot.facts.fields:
        for one in field.broken:
            by = f"по критерию {quoted(one.title)}" if one.title else "по затраченному времени"
            found.append(
                f"{_called(snapshot, by_id[one.above])} выше, чем {_called(snapshot, by_id[one.below])}: {by}."
            )
        found += [f"{place}-е место делят {_named(snapshot, of)}." for place, of in _shared(field)]
    for order in snapshot.facts.orders:
        levels = [[by_id[work] for work in level if work in by_id] for level in order.levels]
        named = [" и ".join(_called(snapshot, one) for one in level) for level in levels if level]
        reason = snapshot.word(WordKind.TIE, of=order.id)
        said = f" Основание: {reason.rstrip('.')}." if reason else ""
        how = _SETTLED.get(order.way, "решение оргкомитета")
        if len(named) == 1:
            found.append(f"{named[0]} делят место: {how}.{said}")
        elif named:
            found.append(f"{', далее '.join(named)}: {how}.{said}")
    return tuple(found)


def _shared(field: Field) -> Iterator[tuple[int, list[Entry]]]:
    """The places that several have."""
    by_place: dict[int, list[Entry]] = defaultdict(list)
    for entry in field.entries:
        if entry.place is not None:
            by_place[entry.place].append(entry)
    yield from ((place, of) for place, of in by_place.items() if len(of) > 1)


def _named(snapshot: Snapshot, found: Sequence[Entry]) -> str:
    """A few by name; of more the numbers."""
    if len(found) > MOST_NAMED:
        return f"{len(found)}: " + ", ".join(one.number for one in found)
    return " и ".join(_called(snapshot, one) for one in found)


def _called(snapshot: Snapshot, entry: Entry) -> str:
    return f"{snapshot.who(entry)} ({entry.number})"


def not_judged(snapshot: Snapshot) -> tuple[str, ...]:
    """Who did not judge what: conflicts of interest with their reasons, sheets that were not finished."""
    found = []
    for juror in snapshot.facts.jury:
        conflicts = list(_sheets(snapshot.facts, juror, SheetState.CONFLICT))
        if conflicts:
            named = "; ".join(_conflict(snapshot, juror, entry) for entry, _ in conflicts)
            found.append(f"{snapshot.juror(juror)} не оценивал(а) из-за конфликта интересов: {named}.")
        open_ = [entry.number for entry, _ in _sheets(snapshot.facts, juror, SheetState.OPEN)]
        if open_:
            found.append(f"{snapshot.juror(juror)} не завершил(а) оценивание, не учтено: {', '.join(open_)}.")
    return tuple(found)


def _conflict(snapshot: Snapshot, juror: int, entry: Entry) -> str:
    reason = snapshot.word(WordKind.CONFLICT, entry.application, juror)
    return f"{entry.number} ({reason.rstrip('.')})" if reason else entry.number


def _sheets(facts: Facts, juror: int, state: SheetState) -> Iterator[tuple[Entry, Sheet]]:
    for entry in entries(facts):
        for sheet in entry.sheets:
            if sheet.juror == juror and sheet.state is state:
                yield entry, sheet


def decision(facts: Facts) -> tuple[str, ...]:
    """What was decided, with the sums: they are as many as were accepted."""
    counts = "; ".join(f"{title} — {count}" for title, count in facts.balance)
    total = sum(count for _, count in facts.balance)
    sums = f"Принято заявок {facts.accepted}, в них участников {facts.people}"
    if total < facts.accepted:
        return (f"Итоги ещё не утверждены. {sums}, без итога {facts.accepted - total}.",)
    return (f"Утвердить итоги по таблицам этого протокола: {counts}." if counts else "Заявок не было.", f"{sums}.")


def rounds(snapshot: Snapshot) -> tuple[str, ...]:
    """How the stages before the final were held: where, by whom, how many went on."""
    found = []
    for index, one in enumerate(snapshot.facts.rounds):
        commission = snapshot.word(WordKind.COMMISSION, of=index)
        parts = [
            f"{one.title}: {one.host or 'организатор'}",
            *(part for part in (one.held_on, one.place) if part),
            f"участвовали {one.entered}, прошли дальше {one.passed}",
            f"комиссия: {commission.rstrip('.')}" if commission else "",
        ]
        found.append(", ".join(part for part in parts if part) + ".")
    return tuple(found)
