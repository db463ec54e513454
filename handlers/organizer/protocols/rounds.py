"""The stages before the final, as their hosts have held them: the protocol says how many came from where."""

from __future__ import annotations

from collections.abc import Iterable

from bot.contest.protocol_facts import Round
from bot.contest.protocol_snapshot import Word, WordKind
from bot.contest.stages import Going, cuts
from handlers.kinds import Desk
from handlers.organizer.record import Record
from storage.stages import Standing


async def rounds_of(desk: Desk, record: Record) -> tuple[tuple[Round, ...], dict[Word, str]]:
    """Each stage with each of its hosts, and who sat in the commissions, by the number of the round."""
    event, code = record.running.event, record.running.code
    if not cuts(event):
        return (), {}
    counted = {one.id for one in record.counted}
    standings = [one for one in await desk.storage.stages.of_event(code) if one.application_id in counted]
    written = await desk.storage.stages.protocols(code)
    rounds: list[Round] = []
    words: dict[Word, str] = {}
    for stage in cuts(event):
        here = [one for one in standings if one.stage_code == stage.code]
        hosts = sorted({one.host_code for one in here} | {host for of, host in written if of == stage.code})
        for host in hosts:
            paper = written.get((stage.code, host))
            if paper is not None and paper.members:
                words[Word(WordKind.COMMISSION, of=len(rounds))] = ", ".join(paper.members)
            rounds.append(
                Round(
                    title=stage.title,
                    host=_name(desk, host),
                    held_on=(paper.held_on if paper else None) or "",
                    place=(paper.place if paper else None) or "",
                    entered=sum(one.host_code == host for one in here),
                    passed=_passed(here, host),
                )
            )
    return tuple(rounds), words


def _passed(standings: Iterable[Standing], host: str) -> int:
    return sum(one.host_code == host and one.state is Going.PASSED for one in standings)


def _name(desk: Desk, host: str) -> str:
    """The host's name; empty: the organiser held it."""
    return desk.facts.directory.get(host).name_short if host in desk.facts.directory.codes else host
