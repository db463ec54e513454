"""Teams and collectives in the database: titles, numbers of people, members' roles and answers."""

from __future__ import annotations

from dataclasses import replace

from bot.contest.applications import ApplicationState
from storage.applications import OrganisationCount
from storage.storage import Storage
from tests.storage.world import ANYA, BORYA, HOUR, NOON, apply, form


async def test_a_team_is_read_back_with_its_title_roles_and_answers_and_may_lose_them(storage: Storage) -> None:
    captain = replace(ANYA, role="captain", answers={"size": "s"})
    added = await apply(storage, replace(form(captain, BORYA), title="Ракета"))
    assert (added.title, added.headcount, added.people) == ("Ракета", None, 2)
    assert [(one.role, dict(one.answers)) for one in added.participants] == [("captain", {"size": "s"}), (None, {})]

    alone = replace(form(ANYA), headcount=1)
    changed = await storage.applications.change(added.id, alone, revision=added.revision, at=NOON + HOUR)
    assert (changed.title, changed.headcount, changed.people) == (None, 1, 1)
    assert [(one.role, dict(one.answers)) for one in changed.participants] == [(None, {})]
    assert changed.participants[0].id == added.participants[0].id


async def test_organisations_count_the_people_of_a_collective_that_names_nobody(storage: Storage) -> None:
    await apply(storage, replace(form(ANYA, BORYA), title="Ракета"))
    await apply(storage, replace(form(), participants=(), title="Весна", headcount=30))
    assert await storage.applications.organisations("scratch", states=[ApplicationState.SENT]) == [
        OrganisationCount("gymnasium-13", "МАОУ гимназия № 13", applications=2, participants=32),
    ]
