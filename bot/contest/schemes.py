"""The award schemes A to G of an event's file, applied to works that are compared with each other.

Pure: the rules and a ranking in, an outcome for each work out. What the options mean stands beside them in
`bot.contest.event.awards`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.contest.awards import (
    Bar,
    Outcome,
    OutcomeKind,
    Step,
    by_own_nomination,
    by_quota,
    by_steps,
    by_thresholds,
    with_grand_prix,
)
from bot.contest.event.awards import (
    Award,
    AwardRules,
    CollectivePapers,
    GrandPrixPer,
    JuryNominations,
    OwnNominations,
    Paper,
    Participation,
    Places,
    Quota,
    Thresholds,
    WinnersPrizes,
)
from bot.contest.ranking import Ranked
from bot.contest.ties import Order, order_for

#: Of a scheme that sets no number: one winner, two prize holders, as with three places.
WINNERS, PRIZES = 1, 2


@dataclass(frozen=True, slots=True)
class Entries:
    """The works of one comparison."""

    ranking: tuple[Ranked, ...]
    #: Works without a result yet.
    unscored: tuple[int, ...] = ()
    #: The most points that there can be; None: a result without a ceiling, as a sum of places.
    max_points: Decimal | None = None
    #: Less is better: points say nothing about how good a work is by itself.
    less: bool = False
    #: Of a share that counts over all comparisons: how many awards this one has; None: its own share.
    awards_most: int | None = None
    #: Of a grand prix of the whole event: the work that has it, if it stands here.
    grand_prix: int | None = None

    @property
    def works(self) -> tuple[int, ...]:
        """All of them, the ranked ones first."""
        return (*(ranked.work for ranked in self.ranking), *self.unscored)


@dataclass(frozen=True, slots=True)
class GrandPrix:
    """The grand prix of a whole event: who is to have it, or between whom people have to choose."""

    work: int | None = None
    #: Equally good ones that nobody has decided between.
    tied: tuple[int, ...] = ()


def award(of: Award) -> Outcome:
    """An award of an event's file as an outcome."""
    return Outcome(OutcomeKind(of.outcome.value), of.title)


def outcomes_of(rules: AwardRules, entries: Entries) -> dict[int, Outcome]:
    """What the scheme gives to each work that has a result; where everybody is awarded, to those without one too."""
    if isinstance(rules, OwnNominations):
        return by_own_nomination(entries.works, award(rules.award), {})
    return _compared(rules, entries) or {ranked.work: award(rules.participant) for ranked in entries.ranking}


def has_one_grand_prix(rules: AwardRules) -> bool:
    """Whether all comparisons together have one grand prix."""
    if not isinstance(rules, Thresholds) or rules.grand_prix is None:
        return False
    return rules.grand_prix_per is GrandPrixPer.EVENT


def grand_prix(rules: AwardRules, fields: Sequence[Entries], orders: Sequence[Order]) -> GrandPrix:
    """The best of all winners of the event (domain.md У10: one of the laureates of the first degree).

    Equally good ones are told apart by what people have decided; those who have left them equal award nobody.
    """
    if not has_one_grand_prix(rules):
        return GrandPrix()
    winners = [one for entries in fields for one in _best(rules, replace(entries, grand_prix=None))]
    most = max((one.points for one in winners), default=None)
    works = tuple(one.work for one in winners if one.points == most)
    if len(works) > 1:
        order = order_for(works, orders)
        if order is None:
            return GrandPrix(tied=works)
        first = min(order.level_of(work) for work in works)
        works = tuple(work for work in works if order.level_of(work) == first)
    return GrandPrix(works[0]) if len(works) == 1 else GrandPrix()


def contested(rules: AwardRules, entries: Entries) -> tuple[tuple[int, ...], ...]:
    """The groups of equal works that the scheme would not treat alike if they were told apart.

    These ties must be settled by the rule that the event has declared; all others change nothing.
    """
    found = []
    for place in sorted({ranked.place for ranked in entries.ranking if ranked.tied}):
        group = tuple(ranked.work for ranked in entries.ranking if ranked.place == place)
        told_apart = outcomes_of(rules, replace(entries, ranking=_told_apart(entries.ranking, group)))
        if len({told_apart[work] for work in group}) > 1:
            found.append(group)
    return tuple(found)


def awards_of(rules: AwardRules) -> tuple[Outcome, ...]:
    """Every outcome that the event's file names, the highest first, plain participation last."""
    return tuple(dict.fromkeys(award(one) for one in (*_named(rules), rules.participant)))


def shared_out(sizes: Sequence[int], percent: int | Decimal) -> tuple[int, ...]:
    """`percent` of all works, rounded down, divided among comparisons of these sizes as evenly as can be.

    What is left over after rounding goes to those that lost most by it, the first ones among equals.
    """
    exact = [Decimal(size) * percent / 100 for size in sizes]
    parts = [int(part) for part in exact]
    left = int(sum(exact, Decimal(0))) - sum(parts)
    by_loss = sorted(range(len(sizes)), key=lambda index: (parts[index] - exact[index], index))
    return tuple(part + (index in by_loss[:left]) for index, part in enumerate(parts))


def papers(rules: AwardRules, outcome: Outcome, people: int) -> Counter[Paper]:
    """The documents that go with an outcome of an application of so many `people`; none with an absence.

    A special nomination brings a diploma beside the award's own paper.
    """
    by_outcome = {award(one): one.paper for one in (*_named(rules), rules.participant)}
    main = by_outcome.get(replace(outcome, special=()), Paper.CERTIFICATE)
    if not (outcome.kind.is_award or outcome.kind is OutcomeKind.PARTICIPANT):
        return Counter()
    found: Counter[Paper] = Counter()
    if rules.collective is CollectivePapers.ONE_AND_CERTIFICATES and main is not Paper.CERTIFICATE and people > 1:
        found += Counter({main: 1, Paper.CERTIFICATE: people})
    else:
        found[main] += 1 if rules.collective is CollectivePapers.ONE else people
    if not isinstance(rules, OwnNominations):
        found[Paper.DIPLOMA] += len(outcome.special)
    return +found


def _named(rules: AwardRules) -> tuple[Award, ...]:
    """The awards of the scheme itself, the highest first."""
    match rules:
        case Places(places=places, grand_prix=grand_prix):
            return (*filter(None, [grand_prix]), *places)
        case Thresholds(thresholds=thresholds, grand_prix=grand_prix):
            return (*filter(None, [grand_prix]), *thresholds)
        case WinnersPrizes() | JuryNominations() | Quota():
            return (rules.winner, rules.prize)
        case OwnNominations():
            return (rules.award,)
        case Participation(speaker=speaker):
            return (*filter(None, [speaker]),)
    return ()


def _compared(rules: AwardRules, entries: Entries) -> dict[int, Outcome]:
    ranking, rest, bar = entries.ranking, award(rules.participant), _bar(rules, entries)
    match rules:
        case Places():
            return by_steps(ranking, _places(rules, ranking), rest=rest, bar=bar)
        case Thresholds() if not entries.less:
            return _by_points(rules, entries)
        case WinnersPrizes() | JuryNominations():
            return by_steps(ranking, _winners_and_prizes(rules, entries), rest=rest, bar=bar)
        case Quota():
            return by_quota(
                ranking,
                winner=award(rules.winner),
                prize=award(rules.prize),
                most=len(entries.works) * rules.share_percent // 100,
                above_points=None if entries.max_points is None else entries.max_points * rules.above_percent / 100,
                rest=rest,
                bar=bar,
            )
    return {}


def _by_points(rules: Thresholds, entries: Entries) -> dict[int, Outcome]:
    levels = [(Decimal(level.points), award(level)) for level in rules.thresholds]
    found = by_thresholds(entries.ranking, levels, rest=award(rules.participant), bar=_bar(rules, entries))
    if rules.grand_prix is None:
        return found
    if has_one_grand_prix(rules):
        return found if entries.grand_prix is None else found | {entries.grand_prix: award(rules.grand_prix)}
    return with_grand_prix(found, entries.ranking, award(rules.grand_prix))


def _best(rules: AwardRules, entries: Entries) -> list[Ranked]:
    """Who comes first in a comparison with a winner's title."""
    outcomes = outcomes_of(rules, entries)
    return [one for one in entries.ranking if one.place == 1 and outcomes[one.work].kind is OutcomeKind.WINNER]


def _places(rules: Places, ranking: Sequence[Ranked]) -> list[Step]:
    """The ladder, a grand prix as its first step: there is one, so equally good ones get what stands below it."""
    steps = [Step(award(place), place.holders_most) for place in rules.places]
    alone = sum(ranked.place == 1 for ranked in ranking) == 1
    return [Step(award(rules.grand_prix)), *steps] if rules.grand_prix and alone else steps


def _winners_and_prizes(rules: WinnersPrizes | JuryNominations, entries: Entries) -> list[Step]:
    winners, prizes = rules.winners_most or WINNERS, rules.prizes_most or PRIZES
    if isinstance(rules, WinnersPrizes) and rules.share_percent is not None:
        most = entries.awards_most
        most = len(entries.works) * rules.share_percent // 100 if most is None else most
        winners = min(winners, most)
        prizes = min(rules.prizes_most or most, most - winners)
    return [Step(award(rules.winner), winners), Step(award(rules.prize), prizes)]


def _bar(rules: AwardRules, entries: Entries) -> Bar:
    least = None
    if rules.least_percent is not None and entries.max_points is not None:
        least = entries.max_points * rules.least_percent / 100
    return Bar(least, shut=len(entries.works) < rules.least_entries)


def _told_apart(ranking: Sequence[Ranked], group: Sequence[int]) -> tuple[Ranked, ...]:
    """The ranking as if the works of the group had not been equal."""
    return tuple(
        replace(ranked, place=ranked.place + group.index(ranked.work), tied=False) if ranked.work in group else ranked
        for ranked in ranking
    )
