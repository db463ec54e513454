"""The words of a paper that follow from an outcome (domain.md §3.5); names stay in the nominative, undeclined."""

from __future__ import annotations

from datetime import date

from bot.contest.awards import Outcome
from bot.contest.event import Event
from bot.contest.event.awards import OwnNominations
from bot.contest.event.stages import Stage, StageKind
from bot.contest.event.units import UnitKind
from bot.contest.names import read_full_name
from bot.contest.naming import quoted
from bot.contest.papers.content import PaperKind
from bot.contest.papers.phrases import award_of, event_phrase, took_part
from bot.contest.papers.sex import Sex, by_sex, sex_of
from bot.contest.papers.values import Entry
from bot.contest.refusal import Refusal
from bot.contest.stages import cuts

TITLES = {
    PaperKind.DIPLOMA: "Диплом",
    PaperKind.TEAM_DIPLOMA: "Диплом",
    PaperKind.HONOUR: "Почётная грамота",
    PaperKind.CERTIFICATE: "Сертификат участника",
    PaperKind.SPEAKER: "Сертификат докладчика",
    PaperKind.LISTENER: "Сертификат слушателя",
    PaperKind.JUROR: "Справка об участии эксперта",
    PaperKind.THANKS: "Благодарственное письмо",
}
SPECIAL = "Специальный диплом жюри"
CONFIRMED = "подтверждает, что"
_CERTIFICATE = "сертификат"
#: What a form is called, «принял участие» after it, and how a person of it is told to belong.
_FORMS = {
    UnitKind.TEAM: ("команда", Sex.FEMALE, "в составе команды"),
    UnitKind.COLLECTIVE: ("коллектив", Sex.MALE, "в составе коллектива"),
}


def reissue_mark(issued_on: date, reissued_on: date) -> str:
    """What a corrected paper says of itself; its number stays."""
    return f"Выдан взамен документа от {issued_on:%d.%m.%Y}, исправлен {reissued_on:%d.%m.%Y}"


def protocol_line(number: int | str, approved_on: date) -> str:
    """On what a paper rests: «Протокол жюри № 3 от 12.05.2026»."""
    return f"Протокол жюри № {number} от {approved_on:%d.%m.%Y}"


def awarded(event: Event, entry: Entry, outcome: Outcome, *, whole: bool) -> dict[str, str]:
    """What stands on a diploma or a paper of honour."""
    if isinstance(event.awards, OwnNominations) and outcome.special:
        award = " и ".join(quoted(name) for name in outcome.special)
        return {"award": f"в номинации {award}", "lead": award_lead(entry, whole=whole)}
    return {"award": award_of(outcome.title or outcome.kind.label), "lead": award_lead(entry, whole=whole)}


def award_lead(entry: Entry, *, whole: bool) -> str:
    """«награждается», «награждается команда», «награждаются»."""
    if whole and not entry.is_team and len(entry.named) > 1:
        return "награждаются"
    return " ".join(filter(None, ("награждается", _form(entry) if whole else "")))


def confirmed(event: Event, entry: Entry, outcome: Outcome, sex: Sex | None, *, whole: bool) -> dict[str, str]:
    """What stands on a certificate of who took part."""
    titled = outcome.title.lower().startswith(_CERTIFICATE) and entry.out_at is None
    words = {"title": outcome.title} if titled else {}
    part = took_part(sex)
    if whole and entry.is_team:
        part = took_part(_FORMS[entry.unit][1] if _form(entry) else None)
    elif whole and len(entry.named) > 1:
        part = "приняли участие"
    lead = " ".join(filter(None, (CONFIRMED, _form(entry) if whole else "")))
    return {**words, "lead": lead, "text": f"{part} в {_where(event, entry.out_at)}"}


def spoke(event: Event, sex: Sex | None) -> str:
    """«выступила с докладом на вебинаре»."""
    return f"{by_sex(sex, 'выступил', 'выступила', 'выступил(а)')} с докладом на {event_phrase(event.kind)}"


def judged(full_name: str, works: str) -> str:
    """«работала в составе жюри и оценила 24 работы»."""
    name = read_full_name(full_name)
    sex = None if isinstance(name, Refusal) else sex_of(name)
    worked, scored = by_sex(sex, "работал", "работала", "работал(а)"), by_sex(sex, "оценил", "оценила", "оценил(а)")
    return f"{worked} в составе жюри и {scored} {works}"


def membership(entry: Entry) -> str:
    """«в составе команды «Ракета»»; empty where there is no team."""
    if not entry.is_team or not entry.title:
        return ""
    return f"{_FORMS[entry.unit][2] if _form(entry) else 'в составе:'} {quoted(entry.title)}"


def _form(entry: Entry) -> str:
    """«команда»; empty where a title says itself what it is, as «ансамбль «Весна»»."""
    return _FORMS[entry.unit][0] if entry.is_team and "«" not in (entry.title or "") else ""


def _where(event: Event, out_at: Stage | None) -> str:
    """«отборочном этапе», «финале», «конкурсе»."""
    if out_at is not None:
        return "отборочном этапе" if out_at.kind is StageKind.SELECTION else f"этапе «{out_at.title}»"
    return "финале" if cuts(event) else event_phrase(event.kind)
