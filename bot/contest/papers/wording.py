"""The words of each paper (domain.md §3.5): names stay in the nominative, so that none is ever declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date

from bot.contest.awards import Outcome
from bot.contest.event import Event
from bot.contest.event.awards import OwnNominations, Paper
from bot.contest.event.stages import StageKind
from bot.contest.event.units import UnitKind
from bot.contest.naming import quoted
from bot.contest.papers import phrases
from bot.contest.papers.content import PaperContent, PaperKind, Planned
from bot.contest.papers.sex import Sex, by_sex, sex_of
from bot.contest.papers.values import Entry, Juror, Member, Setting
from bot.contest.programme import Programme
from bot.contest.stages import cuts

#: So many names stand in a line each, in the big letters of a name.
_LINES_MOST = 3
#: A team whose people have papers of their own lists no more of them on its diploma.
_LISTED_MOST = 14
_KINDS = {Paper.DIPLOMA: PaperKind.DIPLOMA, Paper.HONOUR: PaperKind.HONOUR, Paper.CERTIFICATE: PaperKind.CERTIFICATE}
_TITLES = {
    PaperKind.DIPLOMA: "Диплом",
    PaperKind.TEAM_DIPLOMA: "Диплом",
    PaperKind.HONOUR: "Почётная грамота",
    PaperKind.CERTIFICATE: "Сертификат участника",
    PaperKind.SPEAKER: "Сертификат докладчика",
    PaperKind.LISTENER: "Сертификат слушателя",
    PaperKind.JUROR: "Сертификат эксперта",
    PaperKind.THANKS: "Благодарственное письмо",
}
_AWARDED, _CONFIRMED = "награждается", "подтверждает, что"
_CALLED = {UnitKind.TEAM: "команда", UnitKind.COLLECTIVE: "коллектив"}


def reissue_mark(issued_on: date, reissued_on: date) -> str:
    """What a corrected paper says of itself; its number stays."""
    return f"Выдан взамен документа от {issued_on:%d.%m.%Y}, исправлен {reissued_on:%d.%m.%Y}"


def protocol_line(number: str, approved_on: date) -> str:
    """On what a paper rests: «Протокол жюри № 3 от 12.05.2026»."""
    return f"Протокол жюри № {number} от {approved_on:%d.%m.%Y}"


@dataclass(frozen=True, slots=True)
class Wording:
    """Makes the papers of one event."""

    event: Event
    setting: Setting
    #: What all of them share.
    _common: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        programme, event, on = Programme.load(), self.event, self.setting.issued_on
        common = {
            "programme": programme.title,
            "event": phrases.event_title(event.status_line, event.kind, event.title),
            "organiser": self.setting.organiser,
            "basis": self.setting.protocol,
            "place": f"{programme.city}, {format_date(on, 'LLLL y', locale='ru')}",
        }
        object.__setattr__(self, "_common", common)

    def personal(self, entry: Entry, member: Member, paper: Paper) -> Planned:
        """The paper of one person of an application."""
        sex, outcome = sex_of(member.name), _outcome(entry)
        kind = self._kind(entry, paper)
        words = self._by_outcome(entry, kind, outcome, sex)
        if entry.unit is not UnitKind.PERSON and paper is Paper.CERTIFICATE and outcome.kind.is_award:
            words["result"] = self._result(entry, outcome)
        if entry.is_team:
            team = f"в составе {by_unit(entry)} {quoted(entry.title or '')}"
            words["text"] = f"{team} {words['text']}" if words.get("text") else team
        content = self.content(
            kind,
            name=member.name.formal,
            who=phrases.learner(entry.category, member.grade, sex),
            initials=phrases.letters(member.name.formal),
            **self._of_entry(entry),
            supervisors=self._supervisors(entry),
            **words,
        )
        return _planned(f"{_slot(kind)}:{entry.application_id}:{member.participant_id}", entry, content, member)

    def whole(self, entry: Entry, paper: Paper) -> Planned:
        """The one paper of a team, a collective, a pair or a project's authors."""
        kind = self._kind(entry, paper)
        kind = PaperKind.TEAM_DIPLOMA if kind is PaperKind.DIPLOMA else kind
        words = self._by_outcome(entry, kind, _outcome(entry), None)
        own = _has_own_papers(self.event, paper)
        content = self._of_all(entry, kind, listed=not own or len(entry.named) <= _LISTED_MOST, words=words)
        return _planned(f"{_slot(kind)}:{entry.application_id}:all", entry, content)

    def special(self, entry: Entry, key: str, name: str) -> Planned:
        """A diploma of the jury beside the award; `key` is the name as it is compared."""
        words = {"title": "Специальный диплом жюри", "award": quoted(name), "lead": self._lead(entry)}
        alone = entry.named[0] if entry.size == 1 and entry.named else None
        if alone is None:
            content = self._of_all(entry, PaperKind.TEAM_DIPLOMA, listed=len(entry.named) <= _LISTED_MOST, words=words)
            return _planned(f"special:{entry.application_id}:{key}", entry, content)
        content = self.content(
            PaperKind.DIPLOMA,
            name=alone.name.formal,
            who=phrases.learner(entry.category, alone.grade, sex_of(alone.name)),
            initials=phrases.letters(alone.name.formal),
            **self._of_entry(entry),
            supervisors=self._supervisors(entry),
            **words,
        )
        return _planned(f"special:{entry.application_id}:{key}", entry, content, alone)

    def juror(self, juror: Juror) -> Planned:
        """The certificate of who has scored."""
        works = _counted(juror.scored, "работу", "работы", "работ")
        content = self.content(
            PaperKind.JUROR,
            lead=_CONFIRMED,
            name=juror.full_name,
            school=phrases.school_line(juror.school) if juror.school else "",
            text=f"работал(а) в составе жюри и оценил(а) {works}",
            initials=phrases.letters(juror.full_name),
        )
        key = f"juror:{self.event.code}:{juror.person_id}"
        return Planned(
            key=key,
            kind=content.kind,
            application_id=None,
            participant_id=None,
            person_id=juror.person_id,
            content=content,
        )

    def content(self, kind: PaperKind, **words: object) -> PaperContent:
        """A paper of this event."""
        values: dict[str, object] = {**self._common, "title": _TITLES[kind], **words}
        return PaperContent(kind=kind, **values)  # type: ignore[arg-type]  # each caller names the fields

    def called(self, entry: Entry) -> str:
        """What takes part, as the big letters have it."""
        if entry.is_team:
            return quoted(entry.title or "")
        names = [one.name.formal for one in entry.named]
        return ("\n" if len(names) <= _LINES_MOST else ", ").join(names) or quoted(entry.title or "")

    def _of_all(self, entry: Entry, kind: PaperKind, *, listed: bool, words: dict[str, str]) -> PaperContent:
        people = tuple(one.name.formal for one in entry.named) if entry.is_team and listed else ()
        called = self.called(entry)
        return self.content(
            kind,
            name=called,
            people=people,
            initials=phrases.letters(called.replace(",", " ")),
            **self._of_entry(entry),
            supervisors=self._supervisors(entry),
            **words,
        )

    def _kind(self, entry: Entry, paper: Paper) -> PaperKind:
        if entry.unit is UnitKind.ATTENDANCE and paper is Paper.CERTIFICATE:
            return PaperKind.SPEAKER if entry.speaker else PaperKind.LISTENER
        return _KINDS[paper]

    def _by_outcome(self, entry: Entry, kind: PaperKind, outcome: Outcome, sex: Sex | None) -> dict[str, str]:
        """Title, award, lead and text: what the outcome makes of the paper."""
        if kind in (PaperKind.DIPLOMA, PaperKind.TEAM_DIPLOMA, PaperKind.HONOUR):
            return self._awarded(entry, kind, outcome)
        title = outcome.title if outcome.title.lower().startswith("сертификат") else _TITLES[kind]
        several = entry.size > 1 and self._is_whole(entry, kind)
        if kind is PaperKind.SPEAKER:
            text = by_sex(sex, "выступил", "выступила", "выступил(а)") + f" с докладом на {self._where(entry)}"
            return {"title": title, "lead": _CONFIRMED, "text": _on(text)}
        part = "приняли участие" if several and not entry.is_team else phrases.took_part(sex)
        part = "приняла участие" if entry.is_team and entry.unit is UnitKind.TEAM and several else part
        return {"title": title, "lead": _CONFIRMED, "text": f"{part} в {self._where(entry)}"}
