"""Sentences of the report: numbers with their nouns and verbs, lists of places, changes against the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from bot.contest.awards import OutcomeKind
from bot.contest.plurals import NBSP, Forms, counted, number, of_so_many, plural

_OUTCOMES: Mapping[OutcomeKind, str] = {
    OutcomeKind.GRAND_PRIX: "гран-при (абсолютный победитель)",
    OutcomeKind.WINNER: "победителей",
    OutcomeKind.PRIZE: "призёров",
    OutcomeKind.PARTICIPANT: "участников без награды",
    OutcomeKind.NOT_SUBMITTED: "не сдали работу",
    OutcomeKind.ABSENT: "не пришли",
    OutcomeKind.WITHDRAWN: "отозваны",
    OutcomeKind.DROPPED_OUT: "выбыли",
    OutcomeKind.DISQUALIFIED: "дисквалифицированы",
}
PUPILS: Forms = ("обучающийся", "обучающихся", "обучающихся")
TEACHERS: Forms = ("педагог", "педагога", "педагогов")
#: Genitive, for «из 21 организации».
_OF_ORGANISATIONS = ("организации", "организаций")
_OF_MUNICIPALITIES = ("муниципалитета", "муниципалитетов")


def out_of(count: int, forms: tuple[str, str]) -> str:
    """«из 21 организации», «из 20 организаций»."""
    return f"из {of_so_many(count, *forms)}"


def joined(parts: Iterable[str]) -> str:
    """«А», «А и Б», «А, Б и В»."""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} и {last}" if first else last


def capital(text: str) -> str:
    """With its first letter large; the others stay."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """With a small first letter, for what follows a label; an abbreviation keeps its own."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def ended(text: str) -> str:
    """With one full stop; the first letter stays as it is, because a label stands before it."""
    plain = text.strip()
    return plain if not plain or plain[-1] in ".!?…" else f"{plain}."


def sentence(text: str) -> str:
    """With a large first letter and one full stop."""
    return capital(ended(text))


def applied(sent: int, took_part: int) -> str:
    """«Поданы 23 заявки, участвовало 20.»"""
    said = f"{plural(sent, 'Подана', 'Поданы', 'Подано')} {counted(sent, ('заявка', 'заявки', 'заявок'))}"
    if not sent:
        return "Заявок не подано."
    if sent == took_part:
        return f"{said}, {'она участвовала' if sent == 1 else 'все участвовали'}."
    verb = plural(took_part, "участвовала", "участвовали", "участвовало")
    return f"{said}, {verb} {number(took_part)}."


def people(pupils: int, teachers: int, organisations: int) -> str:
    """«Участвовали 138 обучающихся и 2 педагога из 48 организаций.»; empty where nobody is known."""
    known = [(count, forms) for count, forms in ((pupils, PUPILS), (teachers, TEACHERS)) if count]
    if not known:
        return ""
    alone = len(known) == 1 and plural(known[0][0], "one", "few", "many") == "one"
    who = joined(counted(count, forms) for count, forms in known)
    whence = f" {out_of(organisations, _OF_ORGANISATIONS)}" if organisations else ""
    return f"{'Участвовал' if alone else 'Участвовали'} {who}{whence}."


def unnamed(count: int) -> str:
    """Those who are known by their number alone."""
    verb = plural(count, "учтён", "учтены", "учтено")
    return f"Ещё {counted(count, ('человек', 'человека', 'человек'))} {verb} по числу, без имён." if count else ""


def handed_in(works: int) -> str:
    """«Представлена 21 работа.»"""
    verb = plural(works, "Представлена", "Представлены", "Представлено")
    return f"{verb} {counted(works, ('работа', 'работы', 'работ'))}." if works else ""


def teams(count: int) -> str:
    """«Выступили 19 команд.»"""
    verb = plural(count, "Выступила", "Выступили", "Выступили")
    return f"{verb} {counted(count, ('команда', 'команды', 'команд'))}." if count else ""


def speakers(speaking: int, listening: int) -> str:
    """«С докладами выступили 9 человек, слушали 25.»"""
    spoke = f"С докладами {plural(speaking, 'выступил', 'выступили', 'выступили')} {_humans(speaking)}"
    heard = f"{plural(listening, 'слушал', 'слушали', 'слушали')} {_humans(listening)}"
    if speaking and listening:
        return f"{spoke}, {heard}."
    return f"{spoke}." if speaking else f"{capital(heard)}." if listening else ""


def experts(count: int) -> str:
    """«Работы оценивали 22 эксперта.»"""
    verb = plural(count, "оценивал", "оценивали", "оценивали")
    return f"Работы {verb} {counted(count, ('эксперт', 'эксперта', 'экспертов'))}." if count else ""


def documents(count: int) -> str:
    """«Выданы 3 документа.»"""
    verb = plural(count, "Выдан", "Выданы", "Выдано")
    return f"{verb} {counted(count, ('документ', 'документа', 'документов'))}." if count else ""


def outcomes(counts: Mapping[OutcomeKind, int]) -> str:
    """«Победителей — 3, призёров — 6; всего 22 заявки.»; empty where there is none."""
    said = [f"{_OUTCOMES[kind]} — {number(counts[kind])}" for kind in OutcomeKind if counts.get(kind)]
    if not said:
        return ""
    total = counted(sum(counts.values()), ("принятая заявка", "принятые заявки", "принятых заявок"))
    return f"{capital(', '.join(said))}; всего {total}."


def geography(municipalities: Sequence[str], regions: Sequence[str], countries: Sequence[str]) -> str:
    """«участники из 3 муниципалитетов: …; регионы: …; страны: Казахстан, Россия.»; one region is not listed twice."""
    if not municipalities:
        return ""
    parts = [f"участники {out_of(len(municipalities), _OF_MUNICIPALITIES)}: {', '.join(municipalities)}"]
    parts.append(f"{'регион' if len(regions) == 1 else 'регионы'}: {', '.join(regions)}")
    if len(countries) > 1:
        parts.append(f"страны: {', '.join(countries)}")
    return f"{'; '.join(parts)}."


def change(this: int, before: int | None) -> str:
    """«↑ 12 (+25 %)», «↓ 3 (−10 %)», «без изменений»; «—» where the year before is not known."""
    if before is None:
        return "—"
    difference = this - before
    if not difference:
        return "без изменений"
    arrow, sign = ("↑", "+") if difference > 0 else ("↓", "−")
    if not before:
        return f"{arrow} {number(abs(difference))}"
    percent = (Decimal(abs(difference) * 100) / before).quantize(Decimal(1), ROUND_HALF_UP)
    share = f"{sign}{number(int(percent))}" if percent else "<1"
    return f"{arrow} {number(abs(difference))} ({share}{NBSP}%)"


def _humans(count: int) -> str:
    return counted(count, ("человек", "человека", "человек"))
