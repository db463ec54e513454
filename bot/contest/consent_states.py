"""How a consent for one person stands: not asked for, awaited, got in some way, refused, taken back, out of date.

A state is never stored: it follows from what was said, in order, and from the day. Whoever must sign each says a word
of their own; the consent holds while all their words do (practice after articles 26 and 28 of the Civil Code; a lawyer
should re-check it: 152-ФЗ names no age).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, TypeVar

from bot.contest.consents import Applicant, ConsentKind, kept_until

P = TypeVar("P")
#: `paper`: the signed paper is kept at school, as a teacher states; `scan`: a picture of it is here.
Decision = Literal["waiting", "given", "refused", "paper", "scan", "withdrawn"]


class Signer(StrEnum):
    """Whose word it is."""

    #: The participant's own.
    SELF = "self"
    #: A parent's, or another lawful representative's.
    PARENT = "parent"


class Category(StrEnum):
    """What may be shown to everybody, each by itself (152-ФЗ, article 10.1)."""

    NAME = "name"
    RESULT = "result"
    MEDIA = "media"
    WORK = "work"


#: A word that names no categories is about all of them.
ALL_CATEGORIES = frozenset(Category)


class ConsentState(StrEnum):
    """Where a consent stands."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    GIVEN = "given"
    SCAN = "scan"
    PAPER = "paper"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """«получено электронно»."""
        return _LABELS[self]

    @property
    def in_force(self) -> bool:
        """Whether it holds; silence is no consent."""
        return self in (ConsentState.GIVEN, ConsentState.SCAN, ConsentState.PAPER)

    @property
    def is_no(self) -> bool:
        """Whether somebody has said no."""
        return self in (ConsentState.REFUSED, ConsentState.WITHDRAWN)


_S = ConsentState
_LABELS = {
    _S.NOT_ASKED: "не запрошено",
    _S.WAITING: "ожидает",
    _S.GIVEN: "получено электронно",
    _S.SCAN: "получено, скан",
    _S.PAPER: "получено, бумага в школе",
    _S.REFUSED: "отказ",
    _S.WITHDRAWN: "отозвано",
    _S.EXPIRED: "истекло",
}

#: Where a word moves one signer's consent; a word that stands nowhere here changes nothing. Asking again takes no
#: «no» back.
MOVES: Mapping[tuple[ConsentState, Decision], ConsentState] = {
    (_S.NOT_ASKED, "waiting"): _S.WAITING,
    (_S.EXPIRED, "waiting"): _S.WAITING,
    **{(state, "given"): _S.GIVEN for state in _S},
    **{(state, "scan"): _S.SCAN for state in _S},
    **{(state, "paper"): _S.PAPER for state in _S},
    **{(state, "refused"): _S.REFUSED for state in _S},
    **{(state, "withdrawn"): _S.WITHDRAWN for state in _S},
}


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that was said about one consent of one person."""

    decision: Decision
    signer: Signer
    said_on: date
    #: The signer's own word, not reported by somebody else.
    own: bool = True
    categories: frozenset[Category] = ALL_CATEGORIES


@dataclass(frozen=True, slots=True)
class Standing:
    """How a consent stands today."""

    state: ConsentState
    #: Whose word is still needed.
    missing: frozenset[Signer] = frozenset()
    #: What may be published; of a consent to processing it means nothing.
    categories: frozenset[Category] = frozenset()

    @property
    def in_force(self) -> bool:
        """Whether it holds."""
        return self.state.in_force


@dataclass(frozen=True, slots=True)
class PersonConsents:
    """Both consents of one participant."""

    processing: Standing
    publication: Standing

    @property
    def hidden(self) -> bool:
        """Whether organizers and the jury may not see the name (any more)."""
        return self.processing.state.is_no or self.processing.state is ConsentState.EXPIRED

    @property
    def may_be_named(self) -> bool:
        """Whether a public list of results may name this person: both consents hold, for the name and the result."""
        wanted = {Category.NAME, Category.RESULT}
        return self.processing.in_force and self.publication.in_force and wanted <= self.publication.categories

    def of(self, kind: ConsentKind) -> Standing:
        """One of the two."""
        return self.processing if kind is ConsentKind.PROCESSING else self.publication


@dataclass(slots=True)
class _Signature:
    """One signer's consent while the words are read."""

    state: ConsentState = ConsentState.NOT_ASKED
    said_on: date = date.min
    no_is_own: bool = False
    categories: frozenset[Category] = frozenset()

    def hear(self, word: Word) -> None:
        before = self.on(word.said_on)
        if word.decision == "paper" and before.is_no and self.no_is_own:
            return  # nobody's report stands against a «no» that was said by the signer
        after = MOVES.get((before, word.decision))
        if after is None:
            return
        self.state, self.said_on = after, word.said_on
        self.no_is_own = after.is_no and word.own
        self.categories = word.categories if after.in_force else frozenset()

    def on(self, day: date) -> ConsentState:
        ended = self.state.in_force and day > kept_until(self.said_on)
        return ConsentState.EXPIRED if ended else self.state


def needed_signers(applicant: Applicant, *, adult: bool) -> frozenset[Signer]:
    """Who must agree: a grown-up alone; a pupil who applies alone, with a parent; for other children a parent."""
    if adult:
        return frozenset((Signer.SELF,))
    return frozenset((Signer.SELF, Signer.PARENT) if applicant is Applicant.SELF else (Signer.PARENT,))


def standing(words: Iterable[Word], needed: frozenset[Signer], *, today: date) -> Standing:
    """How a consent stands after these words, oldest first. A withdrawal ends everybody's word."""
    signatures = {signer: _Signature() for signer in needed}
    for word in words:
        meant = signatures if word.decision == "withdrawn" else ({word.signer} & signatures.keys())
        for signer in meant:
            signatures[signer].hear(word)
    states = {signer: one.on(today) for signer, one in signatures.items()}
    missing = frozenset(signer for signer, state in states.items() if not state.in_force)
    granted = [one.categories for one in signatures.values()]
    categories = frozenset.intersection(*granted) if granted and not missing else frozenset()
    return Standing(_together(list(states.values())), missing, categories)


def named(people: Sequence[P], consents: Sequence[PersonConsents]) -> tuple[P, ...]:
    """Whom a public list may name, in order; the others are numbers, or nothing."""
    return tuple(one for one, held in zip(people, consents, strict=True) if held.may_be_named)


def _together(states: Sequence[ConsentState]) -> ConsentState:
    """The state of a consent that several sign: the worst decides, and a part of it is none of it."""
    for worst in (_S.WITHDRAWN, _S.REFUSED, _S.EXPIRED):
        if worst in states:
            return worst
    if all(state.in_force for state in states):
        return next(state for state in (_S.PAPER, _S.SCAN, _S.GIVEN) if state in states)
    return _S.NOT_ASKED if all(state is _S.NOT_ASKED for state in states) else _S.WAITING
