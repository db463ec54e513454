"""Award schemes A to G: how a ranking becomes diplomas and certificates."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.contest.event.base import Line, Part, Per, Percent, Points, expected


class Outcome(StrEnum):
    """What a participant has become; each accepted registration ends in exactly one."""

    GRAND_PRIX = "grand_prix"
    WINNER = "winner"
    PRIZE = "prize"
    PARTICIPANT = "participant"


class Paper(StrEnum):
    """The document that goes with an award."""

    DIPLOMA = "diploma"
    HONOUR = "honour"
    CERTIFICATE = "certificate"


class CollectivePapers(StrEnum):
    """Who of a team or a collective gets a paper."""

    ONE = "one"
    EACH = "each"
    ONE_AND_CERTIFICATES = "one_and_certificates"


class Award(Part):
    """A title with its paper, as «Победитель, диплом I степени»."""

    title: Line
    outcome: Outcome
    paper: Paper = Paper.DIPLOMA


class AwardRules(Part):
    """What all schemes share."""

    #: Works are compared inside these; (nomination, group) means in each nomination of each group.
    per: tuple[Per, ...] = (Per.NOMINATION, Per.GROUP)
    #: Everybody who gets nothing else.
    participant: Award = Award(title="Участник", outcome=Outcome.PARTICIPANT, paper=Paper.CERTIFICATE)
    #: Special diplomas named beforehand; a work may hold one beside its award.
    special: tuple[Line, ...] = ()
    #: Whether the jury may name more of them after scoring.
    special_free: bool = False
    #: Fewer entries than this in a comparison: nothing is awarded there.
    least_entries: Annotated[int, Field(ge=1, le=100)] = 1
    #: Least share of the maximum, in percent, for any award.
    least_percent: Percent | None = None
    collective: CollectivePapers = CollectivePapers.EACH


class Place(Award):
    """A place and what it brings."""

    place: Annotated[int, Field(ge=1, le=20)]
    #: So many works of the ranking hold it; None means no limit: all who are equal, and the next result gets the
    #: next place, as in 1, 2, 2, 2, 3.
    holders_most: Annotated[int, Field(ge=1, le=1000)] | None = 1


def _rising(places: tuple[Place, ...]) -> bool:
    return [place.place for place in places] == list(range(1, len(places) + 1))


class Places(AwardRules):
    """A: places I, II, III; a grand prix or an absolute winner above them if named: one, and not one of the I."""

    scheme: Literal["places"]
    places: Annotated[tuple[Place, ...], Field(min_length=1)]
    grand_prix: Award | None = None

    @model_validator(mode="after")
    def _places_rise(self) -> Self:
        if not _rising(self.places):
            raise expected("места в places должны идти по порядку: 1, 2, 3 …")
        return self


class WinnersPrizes(AwardRules):
    """B: winners and prize holders get a paper of honour, the others a certificate."""

    scheme: Literal["winners_prizes"]
    winner: Award
    prize: Award
    winners_most: Annotated[int, Field(ge=1, le=1000)] | None = None
    prizes_most: Annotated[int, Field(ge=1, le=1000)] | None = None
    #: Winners and prize holders together, in percent of the works of all comparisons, rounded down.
    share_percent: Percent | None = None


class GrandPrixPer(StrEnum):
    """Among whom the one grand prix is."""

    EVENT = "event"
    COMPARISON = "comparison"


class Threshold(Award):
    """A title for a total of at least `points`."""

    points: Points


class Thresholds(AwardRules):
    """C: titles by points."""

    scheme: Literal["thresholds"]
    thresholds: Annotated[tuple[Threshold, ...], Field(min_length=1)]
    #: The one best of the works whose title is a winner's, as «лауреат I степени»; people decide between equal ones.
    grand_prix: Award | None = None
    #: One grand prix of the whole event, or one of each comparison.
    grand_prix_per: GrandPrixPer = GrandPrixPer.EVENT

    @model_validator(mode="after")
    def _points_fall(self) -> Self:
        points = [threshold.points for threshold in self.thresholds]
        if points != sorted(set(points), reverse=True):
            raise expected("пороги в thresholds должны идти от большего points к меньшему, без повторов")
        return self


class JuryNominations(AwardRules):
    """D: a winner and prize holders in a nomination, and nominations the jury names after scoring."""

    scheme: Literal["jury_nominations"]
    winner: Award
    prize: Award
    winners_most: Annotated[int, Field(ge=1, le=1000)] | None = 1
    prizes_most: Annotated[int, Field(ge=1, le=1000)] | None = None
    special_free: bool = True


class OwnNominations(AwardRules):
    """E: everybody gets a diploma in a nomination of their own, from the list or written by the jury."""

    scheme: Literal["own_nominations"]
    award: Award
    titles: tuple[Line, ...] = ()


class Quota(AwardRules):
    """F: at most a share of the participants, and only above a share of the maximum."""

    scheme: Literal["quota"]
    winner: Award
    prize: Award
    share_percent: Percent = 30
    above_percent: Annotated[Decimal, Field(ge=0, lt=100)] = Decimal(50)


class Participation(AwardRules):
    """G: nobody is compared; who came gets a certificate, who spoke one of a speaker."""

    scheme: Literal["participation"]
    speaker: Award | None = None


Awards = Annotated[
    Places | WinnersPrizes | Thresholds | JuryNominations | OwnNominations | Quota | Participation,
    Field(discriminator="scheme"),
]
