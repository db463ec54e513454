"""A stage as one host holds it: who takes part, who is marked, what the quotas say; and what may be decided there.

Every decision goes through here, so that a quota is never exceeded without an entry in the audit log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action
from bot.contest.event.base import Per
from bot.contest.event.stages import Stage
from bot.contest.quotas import Candidate, adding_refusals, may_be_overridden, quota_refusals
from bot.contest.refusal import Refusal
from bot.contest.stages import NOBODY, Fate, Going, host_of, outcome_of, settled
from handlers.events import Running
from handlers.kinds import Desk
from handlers.organizer.scope import detail
from handlers.organizer.wording import school, who
from handlers.seeing import applications_seen
from storage.application_rows import Application
from storage.outcomes import Result
from storage.stages import Protocol, Standing

FINAL = (Going.PASSED, Going.NOT_PASSED)


@dataclass(frozen=True, slots=True)
class Round:
    """One cut of an event, seen by one host (`NOBODY`: the organiser)."""

    running: Running
    stage: Stage
    host: str
    #: Everybody who has come to this stage, whatever became of them, by ordinal.
    reached: tuple[Application, ...]
    #: The host of each of them.
    hosts: Mapping[int, str]
    standings: Mapping[int, Standing]
    protocols: Mapping[str, Protocol]
    candidates: tuple[Candidate, ...]

    @property
    def own(self) -> tuple[Application, ...]:
        """Those whom this host decides about."""
        return tuple(one for one in self.reached if self.is_own(one))

    @property
    def undecided(self) -> tuple[Application, ...]:
        """Those of them about whom no confirmed protocol speaks."""
        return tuple(one for one in self.own if self.going(one.id) not in FINAL)

    @property
    def chosen(self) -> tuple[Application, ...]:
        """Those of them who are marked or have passed."""
        return tuple(one for one in self.own if self.going(one.id) in (Going.CHOSEN, Going.PASSED))

    @property
    def counted(self) -> frozenset[int]:
        """Whom the quotas count, of all hosts: who goes on by the ordinary way and has not left."""
        staying = {one.id for one in self.reached if one.state is ApplicationState.ACCEPTED}
        return frozenset(
            id_
            for id_, one in self.standings.items()
            if id_ in staying and one.state in (Going.CHOSEN, Going.PASSED) and one.override_by is None
        )

    @property
    def protocol(self) -> Protocol:
        """What this host has written."""
        return self.protocols.get(self.host, Protocol(self.stage.code, self.host))

    def is_own(self, one: Application) -> bool:
        """Whether this host decides about an application that is still in."""
        return one.state is ApplicationState.ACCEPTED and self.hosts.get(one.id) == self.host

    def going(self, id_: int) -> Going | None:
        """What is decided about one so far."""
        return self.standings[id_].state if id_ in self.standings else None

    def candidate(self, id_: int) -> Candidate:
        """One as the quotas count it. Raises KeyError for who has not come to this stage."""
        for one in self.candidates:
            if one.id == id_:
                return one
        raise KeyError(id_)

    def refusals(self, id_: int) -> tuple[Refusal, ...]:
        """What one more would break."""
        return adding_refusals(self.stage, self.candidate(id_), self.counted, self.candidates)


async def round_of(desk: Desk, running: Running, stage: Stage, host: str) -> Round:
    """The stage as it stands now."""
    code = running.code
    accepted = [one for one in await applications_seen(desk, code) if one.accepted_at is not None]
    fates = await desk.storage.stages.fates(code, [one.id for one in accepted], holding=stage.code)
    standings = await desk.storage.stages.standings(code, stage.code)
    reached = tuple(one for one in accepted if one.id in standings or _waits_at(fates[one.id], stage))
    areas = await desk.storage.stages.areas(code, stage.code)
    protocols = await desk.storage.stages.protocols(code)
    hosts = {one.id: host_for(desk, stage, one, areas, standings.get(one.id)) for one in reached}
    return Round(
        running=running,
        stage=stage,
        host=host,
        reached=reached,
        hosts=hosts,
        standings=standings,
        protocols={held_by: one for (at, held_by), one in protocols.items() if at == stage.code},
        candidates=tuple(_candidate(desk, running, one, hosts[one.id]) for one in reached),
    )


async def again(desk: Desk, found: Round) -> Round:
    """The same stage after a decision."""
    standings = await desk.storage.stages.standings(found.running.code, found.stage.code)
    protocols = await desk.storage.stages.protocols(found.running.code)
    at_stage = {held_by: one for (at, held_by), one in protocols.items() if at == found.stage.code}
    return replace(found, standings=standings, protocols=at_stage)


def marked(desk: Desk, found: Round, id_: int, *, by: int) -> Round:
    """The same with one more mark, as `choose` has kept it, so that a whole file is taken over without reading anew."""
    mark = Standing(id_, found.stage.code, found.host, Going.CHOSEN, None, None, by, desk.now)
    return replace(found, standings={**found.standings, id_: mark})


async def choose(desk: Desk, found: Round, id_: int, *, by: int) -> Refusal | None:
    """Mark one as a finalist, within the quotas."""
    if refusal := _refusal(desk, found) or _decided(found, id_):
        return refusal
    if found.going(id_) is Going.CHOSEN:
        return None
    if refusals := found.refusals(id_):
        return refusals[0]
    await desk.storage.stages.put(id_, found.stage.code, Going.CHOSEN, host=found.host, by=by, at=desk.now)
    await _note(desk, found, id_, Action.NAME_FINALISTS, by, chosen=True)
    return None


async def leave_out(desk: Desk, found: Round, id_: int, *, by: int) -> Refusal | None:
    """Take a mark back."""
    if refusal := _refusal(desk, found) or _decided(found, id_):
        return refusal
    if await desk.storage.stages.drop(id_, found.stage.code):
        await _note(desk, found, id_, Action.NAME_FINALISTS, by, chosen=False)
    return None


async def override(desk: Desk, found: Round, id_: int, *, by: int, reason: str) -> Refusal | None:
    """Mark one though a quota says no: the reason stays with it, and the audit log knows."""
    if refusal := _refusal(desk, found) or _decided(found, id_):
        return refusal
    if not found.refusals(id_):
        return await choose(desk, found, id_, by=by)
    if not may_be_overridden(found.stage, found.candidate(id_), found.counted, found.candidates):
        return Refusal("stage.no_override")
    await desk.storage.stages.put(
        id_, found.stage.code, Going.CHOSEN, host=found.hosts[id_], by=by, at=desk.now, reason=reason, override_by=by
    )
    await _note(desk, found, id_, Action.OVERRIDE_QUOTA, by)
    return None


async def confirm(desk: Desk, found: Round, *, by: int) -> Refusal | tuple[int, dict[int, Going]]:
    """Confirm the protocol: the marked go on, the others end here. The protocol's version and who became what."""
    if refusal := confirming_refusal(desk, found):
        return refusal
    decided = settled({one.id: found.going(one.id) for one in found.undecided})
    await desk.storage.stages.settle(found.stage.code, decided, host=found.host, by=by, at=desk.now)
    for id_, going in decided.items():
        await _end(desk, found, id_, going, by)
    version = await desk.storage.stages.confirm(found.running.code, found.stage.code, found.host, by=by, at=desk.now)
    passed = sum(going is Going.PASSED for going in decided.values())
    await desk.storage.audit.add(
        by,
        Action.ENTER_PROTOCOL,
        f"event:{found.running.code}",
        detail(stage=found.stage.code, host=found.host, version=version, passed=passed, of=len(decided)),
        at=desk.now,
    )
    return version, decided


async def correct(
    desk: Desk, found: Round, id_: int, *, by: int, reason: str, over_quota: bool
) -> Refusal | tuple[int, dict[int, Going]]:
    """Turn a confirmed decision about one round, with a reason; `over_quota`: even where a quota says no."""
    if found.running.stored.approved_at is not None:
        return Refusal("stage.results_stand")
    if found.going(id_) not in FINAL:
        return Refusal("stage.nothing_to_correct")
    going = Going.NOT_PASSED if found.going(id_) is Going.PASSED else Going.PASSED
    refusals = found.refusals(id_) if going is Going.PASSED else ()
    if refusals and not over_quota:
        return refusals[0]
    if refusals and not may_be_overridden(found.stage, found.candidate(id_), found.counted, found.candidates):
        return Refusal("stage.no_override")
    host = found.hosts[id_]
    await desk.storage.stages.put(
        id_,
        found.stage.code,
        going,
        host=host,
        by=by,
        at=desk.now,
        reason=reason,
        override_by=by if refusals else None,
    )
    await _end(desk, found, id_, going, by)
    version = await desk.storage.stages.confirm(found.running.code, found.stage.code, host, by=by, at=desk.now)
    action = Action.OVERRIDE_QUOTA if refusals else Action.ENTER_PROTOCOL
    await _note(desk, found, id_, action, by, corrected=going, version=version)
    return version, {id_: going}


def confirming_refusal(desk: Desk, found: Round) -> Refusal | None:
    """Why the protocol can't be confirmed now, or None."""
    closes_at = found.running.closes_for_all_at
    if refusal := _refusal(desk, found):
        return refusal
    if desk.now <= closes_at:
        return Refusal("stage.intake", {"closes_at": closes_at})
    if not found.protocol.is_written:
        return Refusal("stage.protocol_empty")
    if not found.undecided:
        return Refusal("stage.nothing_to_confirm")
    return next(iter(quota_refusals(found.stage, found.counted, found.candidates)), None)


def host_for(
    desk: Desk, stage: Stage, one: Application, areas: Mapping[str, str], standing: Standing | None = None
) -> str:
    """Who decides about an application; who has decided about it (`standing`) goes on doing so."""
    if standing is not None and standing.state in FINAL:
        return standing.host_code
    code, directory = one.organisation_code, desk.facts.directory
    known = code if code is not None and code in directory.codes else None
    return host_of(stage, known, directory.place(known).code if known else None, areas)


def _refusal(desk: Desk, found: Round) -> Refusal | None:
    """Why nothing can be decided at the stage now."""
    if found.running.stored.approved_at is not None:
        return Refusal("stage.results_stand")
    if desk.now < found.stage.opens_at:
        return Refusal("stage.not_open", {"title": found.stage.title, "opens_at": found.stage.opens_at})
    return None


def _decided(found: Round, id_: int) -> Refusal | None:
    if found.going(id_) in FINAL:
        return Refusal("stage.confirmed")
    return None if any(one.id == id_ for one in found.own) else Refusal("stage.not_yours")


async def _end(desk: Desk, found: Round, id_: int, going: Going, by: int) -> None:
    """Whoever does not go on has an outcome from now on; whoever does has none yet."""
    ending = outcome_of(found.stage)
    if going is Going.NOT_PASSED:
        await desk.storage.outcomes.set(Result(id_, ending), by=by, at=desk.now)
        return
    decision = await desk.storage.outcomes.get(id_)
    if decision is not None and decision.result.outcome == ending:
        await desk.storage.outcomes.remove(id_)


async def _note(desk: Desk, found: Round, id_: int, action: Action, by: int, **facts: object) -> None:
    about = detail(event=found.running.code, stage=found.stage.code, **facts)
    await desk.storage.audit.add(by, action, f"application:{id_}", about, at=desk.now)


def _waits_at(reached: Fate, stage: Stage) -> bool:
    return reached.waiting is not None and reached.waiting.code == stage.code


def _candidate(desk: Desk, running: Running, one: Application, host: str) -> Candidate:
    leaves = {leaf.code for leaf in running.event.leaves}
    path = running.event.nomination_path(one.nomination) if one.nomination in leaves and one.nomination else ()
    keys = (
        (Per.ORGANISATION, one.organisation_code or school(desk, one).casefold()),
        (Per.HOST, host or NOBODY),
        (Per.SUPERVISOR, (one.supervisor or "").casefold()),
        (Per.PARTICIPANT, one.duplicate_key),
        (Per.NOMINATION, one.nomination or ""),
        (Per.GROUP, one.age_group or ""),
        (Per.CATEGORY, one.category),
    )
    return Candidate(one.id, who(one), keys, frozenset(part.code for part in path), one.age_group)
