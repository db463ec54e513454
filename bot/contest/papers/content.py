"""What is printed on a paper, in words, and for whom it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class PaperKind(StrEnum):
    """What a paper is (domain.md §3.5)."""

    DIPLOMA = "diploma"
    HONOUR = "honour"
    CERTIFICATE = "certificate"
    TEAM_DIPLOMA = "team_diploma"
    THANKS = "thanks"
    JUROR = "juror"
    SPEAKER = "speaker"
    LISTENER = "listener"

    @property
    def label(self) -> str:
        """As people are told it: «благодарственное письмо»."""
        return _LABELS[self]


_LABELS = {
    PaperKind.DIPLOMA: "диплом",
    PaperKind.HONOUR: "почётная грамота",
    PaperKind.CERTIFICATE: "сертификат участника",
    PaperKind.TEAM_DIPLOMA: "диплом команды",
    PaperKind.THANKS: "благодарственное письмо",
    PaperKind.JUROR: "справка об участии эксперта",
    PaperKind.SPEAKER: "сертификат докладчика",
    PaperKind.LISTENER: "сертификат слушателя",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Pupils of a thank-you letter with one outcome."""

    heading: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContent:
    """All the words of a paper but its number, in the order in which they are read; an empty one is not printed."""

    kind: PaperKind
    #: «Региональная … программа «Образование через коммуникацию»».
    programme: str
    #: «Открытый межрегиональный конкурс чтецов «Мамочка моя!»».
    event: str
    #: «Диплом», «Почётная грамота», «Сертификат участника».
    title: str
    #: «I степени», «Победитель».
    award: str = ""
    #: «награждается», «подтверждает, что».
    lead: str
    #: A person's full name, a team's title, or «Уважаемая Анна Ивановна!».
    name: str
    #: «обучающаяся 3Б класса».
    who: str = ""
    #: «МБОУ «Богашевская СОШ», Томский район».
    school: str = ""
    #: «приняла участие в финале конкурса».
    text: str = ""
    #: «номинация «Поэзия»».
    nomination: str = ""
    #: Of a project or a pair: what it is about.
    topic: str = ""
    #: «руководитель: Петрова Анна Ивановна», a line each.
    supervisors: tuple[str, ...] = ()
    #: What the team has reached, on the certificate of one of its people: «Диплом I степени».
    result: str = ""
    #: The people of a team or a collective.
    people: tuple[str, ...] = ()
    #: The pupils of a letter.
    groups: tuple[Group, ...] = ()
    #: «Протокол жюри № 3 от 12.05.2026».
    basis: str = ""
    #: Who holds the event.
    organiser: str = ""
    #: «Томск, 2026».
    place: str = ""
    #: All that a check by number tells of whom it is: «С. В. И.».
    initials: str = ""

    @property
    def label(self) -> str:
        """What people are told it is, as it says itself: «специальный диплом жюри», «сертификат участника финала»."""
        if self.kind is PaperKind.TEAM_DIPLOMA and " " not in self.title:
            return self.kind.label
        return self.title[:1].lower() + self.title[1:]

    def to_json(self) -> str:
        """As it is kept in the register: the same content is the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> PaperContent:
        """What `to_json` has written."""
        raw: Mapping[str, Any] = json.loads(text)
        lists = {key: tuple(value) for key, value in raw.items() if isinstance(value, list)}
        groups = tuple(Group(one["heading"], tuple(one["people"])) for one in raw["groups"])
        return cls(**{**raw, **lists, "kind": PaperKind(raw["kind"]), "groups": groups})


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A paper that is to be: everything but its number."""

    #: The same thing has the same key ever after, so that it gets one paper: «diploma:17:42».
    key: str
    kind: PaperKind
    #: Whose application it comes from; None for a letter, a juror.
    application_id: int | None
    #: Which of its people; None for a team as a whole.
    participant_id: int | None
    #: The account that gets it; None: nobody's, to be handed over on paper.
    person_id: int | None
    content: PaperContent
