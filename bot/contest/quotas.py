"""Quotas: how many go on from a stage, by school, nomination, group and any combination of these.

Refusal keys: `quota.over` (rule, most, chosen), `quota.share` (percent, most, total).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.contest.event.base import Limit, Per
from bot.contest.event.stages import Stage, StageQuota
from bot.contest.refusal import Refusal

#: How a counter is said, in this order: «от школы в номинации».
_WORDS = {
    Per.ORGANISATION: "от школы",
    Per.HOST: "от площадки отбора",
    Per.SUPERVISOR: "от одного руководителя",
    Per.PARTICIPANT: "от одного участника",
    Per.NOMINATION: "в номинации",
    Per.GROUP: "в возрастной группе",
    Per.CATEGORY: "в категории",
}
#: So many of the chosen are named in a refusal.
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A participant of a stage, as quotas count them."""

    id: int
    #: «Соколова Вера».
    label: str
    #: What is counted by, as the value of each `Per`; an empty value is a counter of its own.
    keys: tuple[tuple[Per, str], ...]
    #: The nomination with the branches above it.
    nominations: frozenset[str] = frozenset()
    group: str | None = None

    def key(self, per: Iterable[Per]) -> tuple[str, ...]:
        """Which counter of a quota by `per` the candidate belongs to."""
        values = dict(self.keys)
        return tuple(values.get(one, "") for one in per)


def most_by_share(stage: Stage, total: int) -> int | None:
    """How many of `total` may go on by `share_percent`, rounded half up and at least one; None: all may."""
    if stage.share_percent is None:
        return None
    share = Decimal(total) * Decimal(stage.share_percent) / 100
    return max(1, int(share.quantize(Decimal(1), ROUND_HALF_UP)))


def quota_refusals(stage: Stage, chosen: Collection[int], candidates: Sequence[Candidate]) -> tuple[Refusal, ...]:
    """Every rule of `stage` that those chosen break; () if they break none.

    `candidates` are all who take part in the stage, `chosen` the ids of those who are to go on by the ordinary way:
    whom an organizer let through with a reason is none of them.
    """
    found = [_share_refusal(stage, chosen, candidates)]
    picked = [one for one in candidates if one.id in chosen]
    found += [_over(quota, picked) for quota in stage.quotas]
    return tuple(refusal for refusal in found if refusal is not None)


def adding_refusals(
    stage: Stage, candidate: Candidate, chosen: Collection[int], candidates: Sequence[Candidate]
) -> tuple[Refusal, ...]:
    """Every rule that `candidate` would break beside those chosen already; who is named in it are the others."""
    found = [_share_refusal(stage, {*chosen, candidate.id}, candidates)]
    others = [one for one in candidates if one.id in chosen and one.id != candidate.id]
    for quota in stage.quotas:
        same = [one for one in others if _counts(quota, one) and one.key(quota.per) == candidate.key(quota.per)]
        if _counts(quota, candidate) and len(same) >= quota.most:
            found.append(_refusal(quota, same))
    return tuple(refusal for refusal in found if refusal is not None)


def may_be_overridden(stage: Stage, candidate: Candidate, chosen: Collection[int], all_: Sequence[Candidate]) -> bool:
    """Whether every quota that `candidate` would break lets an organizer through it, with a reason."""
    others = [one for one in all_ if one.id in chosen and one.id != candidate.id]
    return all(
        quota.override_allowed
        or not _counts(quota, candidate)
        or sum(_counts(quota, one) and one.key(quota.per) == candidate.key(quota.per) for one in others) < quota.most
        for quota in stage.quotas
    )


def rule(quota: Limit) -> str:
    """«от школы в номинации не больше 3»."""
    return f"{' '.join(_WORDS[per] for per in _WORDS if per in quota.per)} не больше {quota.most}"


def _counts(quota: StageQuota, candidate: Candidate) -> bool:
    """Whether the quota is about such a candidate at all."""
    nomination = not quota.nominations or bool(candidate.nominations & set(quota.nominations))
    return nomination and (not quota.groups or candidate.group in quota.groups)


def _over(quota: StageQuota, picked: Sequence[Candidate]) -> Refusal | None:
    counters: dict[tuple[str, ...], list[Candidate]] = {}
    for one in picked:
        if _counts(quota, one):
            counters.setdefault(one.key(quota.per), []).append(one)
    broken = [same for same in counters.values() if len(same) > quota.most]
    return _refusal(quota, broken[0]) if broken else None


def _refusal(quota: StageQuota, same: Sequence[Candidate]) -> Refusal:
    named = ", ".join(one.label for one in same[:MOST_NAMED])
    more = f" и ещё {len(same) - MOST_NAMED}" if len(same) > MOST_NAMED else ""
    return Refusal("quota.over", {"rule": rule(quota), "most": quota.most, "chosen": named + more})


def _share_refusal(stage: Stage, chosen: Collection[int], candidates: Sequence[Candidate]) -> Refusal | None:
    most = most_by_share(stage, len(candidates))
    count = sum(one.id in chosen for one in candidates)
    if most is None or count <= most:
        return None
    return Refusal("quota.share", {"percent": stage.share_percent, "most": most, "total": len(candidates)})
