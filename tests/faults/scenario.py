"""Stories that pass every fault point of the bot, played once without faults and then with each."""

from __future__ import annotations

from pathlib import Path

from bot.works import Works
from tests.faults import invariants
from tests.faults.evidence import rows_of
from tests.faults.expected import Expected
from tests.faults.hands import Hands
from tests.faults.plain import difference
from tests.faults.stage import Stage
from tests.faults.stories.model import Act, Story, at_noon
from tests.talks.chat import chat_with_sandbox
from tests.talks.doctors import Offline

Seen = dict[int, list[str]]


async def played(folder: Path, story: Story) -> Expected:
    """The story without a fault, by a bot in this process: what it leads to."""
    found = Expected(beside=story.beside)
    database = folder / "bot.db"
    await story.prepare(database)
    found.beginning = database.read_bytes()
    async with chat_with_sandbox() as chat:
        world = chat.sandbox.world
        for id_, name in story.cast.items():
            await chat.person(*name, id=id_)
        async with chat.runs(database, works=Works(Offline()), admin_ids=story.admins, timezone=at_noon()):
            for act in story.all:
                act.does(Hands(world, act.person, story.words))
                await chat.settled()
                found.note(database, world)
    return found


async def play(stage: Stage, story: Story, expected: Expected, fault: str) -> bool:
    """The same story with a fault; whether it struck. Fails where anything came out in another way."""
    stage.database.write_bytes(expected.beginning)
    for id_, name in story.cast.items():
        assert stage.person(*name) == id_
    stage.settings = dict(story.settings)
    stage.expected = expected
    stage.start(fault)
    await stage.ready()
    for act, wanted in zip(story.all, expected.seen, strict=True):
        _do(stage, story, act)
        await _answered(stage, wanted)
    last = expected.seen[-1]
    while (code := await stage.stop()) != 0:
        stage.died()
        stage.start()
        last = await _repeat_last(stage, story, last)
    assert code == 0
    stage.look()
    invariants.check_finished(stage.database)
    assert invariants.tables(stage.database) == max(expected.rows.items())[1]
    return bool(stage.deaths)


async def _repeat_last(stage: Stage, story: Story, wanted: Seen) -> Seen:
    """What was sent and not marked goes before anything newer: when that is here, all is marked."""
    for act in story.ending:
        _do(stage, story, act)
    more = {person: [*texts, texts[-1]] for person, texts in wanted.items()}
    await _answered(stage, more)
    return more


async def _answered(stage: Stage, wanted: Seen) -> None:
    """Wait until everyone has these messages, edited as they should be; one too many fails at once."""

    def all_is_here() -> bool:
        found = {person: stage.seen(person) for person in wanted}
        assert all(len(found[person]) <= len(texts) for person, texts in wanted.items()), (found, wanted)
        return found == wanted

    try:
        await stage.until(all_is_here)
    except TimeoutError:
        for person, texts in wanted.items():
            assert stage.seen(person) == texts, (
                f"{person}: {difference(stage.seen(person), texts)}\n{rows_of(stage.database, person)}"
            )
        raise


def _do(stage: Stage, story: Story, act: Act) -> None:
    act.does(Hands(stage.world, act.person, story.words))
