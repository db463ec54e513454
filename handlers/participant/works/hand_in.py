"""«Сдать работу»: for which application, and the work itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.contest.authorize import Action
from bot.contest.refusal import Refusal
from bot.talk.incoming import Attachment
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk, fixed
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant.applications import absent, applications, card, who
from handlers.participant.own import ALIVE, own_application
from handlers.participant.wording import MENU, deadline, refused
from handlers.participant.works import composition, hand_in_rules, pieces, putting, taking
from storage.application_rows import Application

TALK, CHOOSING = "submit", "submit_to"
WORK_LIMIT = 4000


async def submit(case: Case, argument: str) -> Outcome:
    """Ask for the work of one application; without an argument, of the one that waits, or of which one."""
    if argument:
        return await _to(case, argument)
    waiting = await waiting_for_work(case) or await replaceable(case)
    if not waiting:
        return await _nothing(case)
    return await _to(case, str(waiting[0][1].id)) if len(waiting) == 1 else Open(CHOOSING)


async def catch(case: Case) -> Outcome:
    """A work sent without a question; None: it is something else."""
    if not pieces.is_work(case.incoming):
        return None
    # Beside a human only what fits is a work: a picture of a screen is for them.
    only_fitting = case.person.is_left_to_a_human(case.now)
    return await take_up(case, pieces.keep(case.incoming), only_fitting=only_fitting)


async def take_up(case: Case, kept: Mapping[str, Any], *, only_fitting: bool = False) -> Outcome:
    """Make a work of what was sent; None, if it has to fit and fits no application."""
    waiting = await waiting_for_work(case)
    growing = [pair for pair in await replaceable(case) if await _has_room(case, *pair)]
    waiting += [pair for pair in growing if pair not in waiting]
    possible = waiting or await replaceable(case)
    fitting = [pair for pair in possible if isinstance(await putting.read(case, *pair, kept), putting.Fitting)]
    if len(fitting) == 1 and waiting:
        return await taking.take(case, *fitting[0], kept)
    if fitting:
        return Open(CHOOSING, answers={"work": kept}, resume=False)
    if only_fitting:
        return None
    refused_by = possible or await _latest(case)
    if refused_by:
        return await taking.take(case, *refused_by[0], kept)
    return Reply("work_without_application", buttons=[[Button("events", "events", colour="primary")], [MENU]])


async def _has_room(case: Case, running: Running, application: Application) -> bool:
    """Whether a piece may join a work that is in."""
    asked = await hand_in_rules.due(case, running, application)
    if isinstance(asked, Refusal) or not composition.is_joined(asked.submission):
        return False
    return composition.has_room(asked.submission, await hand_in_rules.standing(case, application, asked))


async def waiting_for_work(case: Case) -> list[tuple[Running, Application]]:
    """The person's applications to which a work is still to be handed in, and can be."""
    return [pair for pair in await _with_works(case) if await hand_in_rules.waits_for_work(case, *pair)]


async def replaceable(case: Case) -> list[tuple[Running, Application]]:
    """Those whose work can still be replaced."""
    return [pair for pair in await _with_works(case) if await hand_in_rules.refusal(*pair, case, versions=1) is None]


async def _latest(case: Case) -> list[tuple[Running, Application]]:
    """Those that take part with a work, whatever the time: the last deadline first, and where none is in yet."""
    alive = [pair for pair in await _with_works(case) if pair[1].state in ALIVE]
    in_already = {one.id for _, one in alive if await case.storage.works.current(one.id) is not None}
    return sorted(alive, key=lambda pair: (pair[0].until_for(pair[1]).at, pair[1].id not in in_already), reverse=True)


async def _nothing(case: Case) -> Reply:
    """Why there is nothing to hand in: it is too late, none is asked for, or nothing was applied for."""
    rows = [[Button("events", "events"), Button("applications", "applications")]]
    if latest := await _latest(case):
        running, one = latest[0]
        versions = len(await case.storage.works.versions(one.id))
        refusal = await hand_in_rules.refusal(running, one, case, versions=versions)
        if refusal is not None:
            return Reply(refused(case, _unsent(refusal)), buttons=rows)
    mine = await case.storage.applications.of_person(case.person.id)
    running_of = [await event_of(case, one.event_code) for one in mine if one.state in ALIVE]
    titles = [Trusted(one.event.short_title) for one in running_of if one is not None and one.event.submission is None]
    return (
        Reply("no_work_asked", title=titles[-1], buttons=rows) if titles else Reply("nothing_to_hand_in", buttons=rows)
    )


def _unsent(refusal: Refusal) -> Refusal:
    """The refusal where nothing has been sent yet."""
    return Refusal("work_late_to_ask", refusal.values) if refusal.key == "work.late" else refusal


async def _with_works(case: Case) -> list[tuple[Running, Application]]:
    found = []
    for application in await case.storage.applications.of_person(case.person.id):
        running = await event_of(case, application.event_code)
        if running is not None and running.event.submission_for(application.nomination) is not None:
            found.append((running, application))
    return found


async def _to(case: Case, argument: str) -> Outcome:
    pair = await _own(case, argument)
    if pair is None:
        return absent()
    running, application = pair
    versions = len(await case.storage.works.versions(application.id))
    if refusal := await hand_in_rules.refusal(running, application, case, versions=versions):
        return putting.refused(case, application, _unsent(refusal))
    return Open(TALK, str(application.id), resume=False)


async def _own(case: Case, argument: str) -> tuple[Running, Application] | None:
    application = await own_application(case, argument, Action.SUBMIT_WORK)
    running = await event_of(case, application.event_code) if application else None
    return None if application is None or running is None else (running, application)


async def _submit_steps(_case: Case, subject: str) -> Sequence[Step]:
    async def read(case: Case) -> object:
        kept = pieces.keep(case.incoming)
        pair = await _own(case, subject)
        if pair is None:
            return Refusal("no_application")
        piece = await putting.read(case, *pair, kept)
        late = isinstance(piece, Refusal) and piece.key.startswith(("work.late", "work.not_"))
        return refused(case, piece) if isinstance(piece, Refusal) and not late else kept

    async def parse(case: Case, _answers: Answers, _text: str) -> object:
        return await read(case)

    async def receive(case: Case, _answers: Answers, _attachments: Sequence[Attachment]) -> object:
        return await read(case)

    async def values(case: Case, _answers: Answers) -> dict[str, object]:
        pair = await _own(case, subject)
        if pair is None:
            raise ValueError(f"application {subject} is not this person's")
        running, application = pair
        asked = await hand_in_rules.due(case, running, application)
        submission = running.event.submission if isinstance(asked, Refusal) else asked.submission
        closes_at = running.until_for(application).at if isinstance(asked, Refusal) else asked.closes_at
        here = () if isinstance(asked, Refusal) else await hand_in_rules.standing(case, application, asked)
        several = submission is not None and composition.is_joined(submission)
        advice = submission.advice if submission else None
        told = [advice, composition.state(case, submission, here) if submission and several and here else None]
        return {
            "number": application.number,
            "who": who(application),
            "what": Trusted(hand_in_rules.taken(case, submission) if submission else ""),
            "closes": deadline(case, closes_at),
            "advice": Trusted("".join(f"\n{line}" for line in told if line)),
        }

    return [Step("work", parse=parse, receive=receive, values=values, limit=WORK_LIMIT)]


async def _submitted(case: Case, subject: str, answers: Answers) -> Outcome:
    pair = await _own(case, subject)
    return absent() if pair is None else await taking.take(case, *pair, answers["work"])


async def _cancelled(case: Case, subject: str) -> Reply:
    pair = await _own(case, subject)
    return absent() if pair is None else await card(case, *pair)


async def _choices(case: Case, answers: Answers) -> Sequence[Option]:
    """Where a work is missing, first; then where one may be replaced."""
    waiting = await waiting_for_work(case)
    if answers.get("work"):
        waiting += [pair for pair in await replaceable(case) if pair not in waiting and await _has_room(case, *pair)]
    pairs = waiting or await replaceable(case)
    return [Option(f"{one.number} · {who(one)}", one.id) for _, one in pairs]


async def _choosing_values(case: Case, _answers: Answers) -> dict[str, object]:
    return {"ask": case.say("submit_to_ask.missing" if await waiting_for_work(case) else "submit_to_ask.replace")}


async def _not_chosen(case: Case, _subject: str) -> Outcome:
    return [Reply("work_left"), await applications(case, "")]


async def _chosen(case: Case, _subject: str, answers: Answers) -> Outcome:
    kept: dict[str, Any] | None = answers.get("work")
    if kept is None:
        return await _to(case, str(answers["to"]))
    pair = await _own(case, str(answers["to"]))
    return absent() if pair is None else await taking.take(case, *pair, kept)


SUBMIT = Talk(TALK, steps=_submit_steps, finish=_submitted, cancelled=_cancelled)
SUBMIT_TO = Talk(
    CHOOSING,
    steps=fixed(Step("to", options=_choices, values=_choosing_values)),
    finish=_chosen,
    cancelled=_not_chosen,
)
