"""Puts the words of each paper together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.contest.event import Event
from bot.contest.event.awards import CollectivePapers, Paper
from bot.contest.event.units import UnitKind
from bot.contest.naming import quoted
from bot.contest.papers import phrases, wording
from bot.contest.papers.content import PaperContent, PaperKind, Planned
from bot.contest.papers.sex import sex_of
from bot.contest.papers.values import Entry, Juror, Member, Setting
from bot.contest.programme import Programme

#: So many names stand in a line each, in the big letters of a name.
_LINES_MOST = 3
#: A bigger team, whose people have papers of their own, is not listed on its diploma.
_LISTED_MOST = 14
_KINDS = {Paper.DIPLOMA: PaperKind.DIPLOMA, Paper.HONOUR: PaperKind.HONOUR, Paper.CERTIFICATE: PaperKind.CERTIFICATE}
_AWARDS = (PaperKind.DIPLOMA, PaperKind.TEAM_DIPLOMA, PaperKind.HONOUR)
_ALL = "all"
_TOPICS = {UnitKind.PROJECT: "проект", UnitKind.PAIR: "тема"}
_SPOKEN = "тема"


@dataclass(frozen=True, slots=True)
class Making:
    """Makes the papers of one event."""

    event: Event
    setting: Setting

    def personal(self, entry: Entry, member: Member, paper: Paper) -> Planned:
        """The paper of one person of an application."""
        kind, sex = _kind(entry, paper), sex_of(member.name)
        words = self._words(entry, kind, member, whole=False)
        if kind is PaperKind.SPEAKER:
            words["text"] = wording.spoke(self.event, sex)
        elif team := wording.membership(entry):
            words["text"] = " ".join(filter(None, (team, words.get("text", ""))))
        content = self.content(kind, **_of_person(entry, member), **self._of_entry(entry), **words)
        return _planned(f"{kind}:{entry.application_id}:{member.participant_id}", entry, content, member)

    def whole(self, entry: Entry, paper: Paper) -> Planned:
        """The one paper of a team, a collective, a pair or a project's authors."""
        kind = _kind(entry, paper)
        kind = PaperKind.TEAM_DIPLOMA if kind is PaperKind.DIPLOMA else kind
        words = self._words(entry, kind, None, whole=True)
        content = self.content(kind, **self._of_all(entry), **self._of_entry(entry), **words)
        return _planned(f"{kind}:{entry.application_id}:{_ALL}", entry, content)

    def special(self, entry: Entry, key: str, name: str) -> Planned:
        """A diploma of the jury beside the award; `key` is its name as names are compared."""
        alone = entry.named[0] if entry.size == 1 and entry.named else None
        lead = wording.award_lead(entry, whole=alone is None)
        words = {"title": wording.SPECIAL, "award": quoted(name), "lead": lead}
        kind = PaperKind.DIPLOMA if alone else PaperKind.TEAM_DIPLOMA
        whose = _of_person(entry, alone) if alone else self._of_all(entry)
        content = self.content(kind, **whose, **self._of_entry(entry), **words)
        return _planned(f"special:{entry.application_id}:{key}", entry, content, alone)

    def juror(self, juror: Juror) -> Planned:
        """The certificate of who has scored."""
        works = phrases.counted(juror.scored, "работу", "работы", "работ")
        content = self.content(
            PaperKind.JUROR,
            lead=wording.CONFIRMED,
            name=juror.full_name,
            school=phrases.school_line(juror.school) if juror.school else "",
            text=wording.judged(juror.full_name, works),
            initials=phrases.letters(juror.full_name),
        )
        key = f"juror:{self.event.code}:{juror.person_id}"
        return of_account(key, juror.person_id, content)

    def content(self, kind: PaperKind, **words: Any) -> PaperContent:
        """A paper of this event with these words."""
        event, programme = self.event, Programme.load()
        common: dict[str, Any] = {
            "programme": programme.title,
            "event": phrases.event_title(event.status_line, event.kind, event.title),
            "title": wording.TITLES[kind],
            "organiser": self.setting.organiser,
            "basis": self.setting.protocol,
            "place": f"{programme.city}, {self.setting.issued_on.year}",
        }
        return PaperContent(kind=kind, **{**common, **words})

    def _words(self, entry: Entry, kind: PaperKind, member: Member | None, *, whole: bool) -> dict[str, str]:
        """What the outcome makes of the paper."""
        outcome = entry.outcome
        if outcome is None:
            return {}
        if kind in _AWARDS:
            return wording.awarded(self.event, entry, outcome, whole=whole)
        sex = sex_of(member.name) if member else None
        words = wording.confirmed(self.event, entry, outcome, sex, whole=whole)
        if outcome.kind.is_award:
            words["result"] = outcome.label
        return words

    def _of_all(self, entry: Entry) -> dict[str, Any]:
        names = [one.name.formal for one in entry.named]
        called = quoted(entry.title or "")
        if not entry.is_team and names:
            called = ("\n" if len(names) <= _LINES_MOST else ", ").join(names)
        alone = self.event.awards.collective is CollectivePapers.ONE
        listed = entry.is_team and (alone or len(names) <= _LISTED_MOST)
        initials = ", ".join(map(phrases.letters, names)) if not entry.is_team else phrases.letters(called)
        return {"name": called, "people": tuple(names) if listed else (), "initials": initials}

    def _of_entry(self, entry: Entry) -> dict[str, Any]:
        title = phrases.role(self.event.common_fields.supervisor.title)
        return {
            "school": phrases.school_line(entry.school),
            "nomination": f"номинация {quoted(entry.nomination)}" if entry.nomination else "",
            "topic": _topic(entry),
            "supervisors": tuple(f"{title}: {name}" for name in entry.supervisors),
        }


def _topic(entry: Entry) -> str:
    """«проект «Умный дом»»; of somebody who spoke: «тема «Перевёрнутый урок»»."""
    if entry.topic:
        return f"{_SPOKEN} {quoted(entry.topic)}"
    return f"{_TOPICS[entry.unit]} {quoted(entry.title)}" if entry.title and entry.unit in _TOPICS else ""


def _kind(entry: Entry, paper: Paper) -> PaperKind:
    if entry.unit is UnitKind.ATTENDANCE and paper is Paper.CERTIFICATE:
        return PaperKind.SPEAKER if entry.speaker else PaperKind.LISTENER
    return _KINDS[paper]


def _of_person(entry: Entry, member: Member) -> dict[str, str]:
    name = member.name
    who = phrases.learner(entry.category, member.grade, sex_of(name))
    return {"name": name.formal, "who": who, "initials": phrases.letters(name.formal)}


def _planned(key: str, entry: Entry, content: PaperContent, member: Member | None = None) -> Planned:
    return Planned(
        key=key,
        kind=content.kind,
        application_id=entry.application_id,
        participant_id=member.participant_id if member else None,
        person_id=entry.person_id,
        content=content,
    )


def of_account(key: str, person_id: int | None, content: PaperContent) -> Planned:
    """A paper that comes from no single application."""
    return Planned(
        key=key, kind=content.kind, application_id=None, participant_id=None, person_id=person_id, content=content
    )
