"""Works for many children in one message: whose is which is shown before anything is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.contest.authorize import Action
from bot.contest.bulk_works import Sent, Waiting, in_order, links_in, matched
from bot.contest.naming import short_name
from bot.contest.refusal import Refusal
from bot.contest.text import shorten
from bot.talk.model import Button, Open, Option, Outcome, Reply, Step, Talk
from bot.talk.position import Answers
from bot.talk.texts import Trusted
from handlers.events import Running, event_of
from handlers.kinds import Case
from handlers.participant.labels import label
from handlers.participant.own import own_application
from handlers.participant.wording import MENU, refused
from handlers.participant.works import pieces, putting, taking
from handlers.participant.works.hand_in import waiting_for_work
from storage.application_rows import Application

TALK = "works"
SKIP, YES, NO = "skip", "yes", "no"
TEXT_LIMIT = 4000
_URL_CHARS = 60
_SEVERAL = 2


async def works_at_once(case: Case, code: str) -> Outcome:
    """Ask for the links of all who wait."""
    if not await _waiting(case, code):
        return Reply("works_none_wait", buttons=[[Button("teacher_desk", "teacher_desk")], [MENU]])
    return Open(TALK, code, resume=False)


async def catch(case: Case) -> Outcome:
    """Several links, or one with a name beside it, where several works are awaited; None: it is something else."""
    sent = [] if case.incoming.attachments else links_in(case.incoming.text)
    waiting = await _waiting(case, "") if sent else []
    if len(waiting) < _SEVERAL:
        return None
    if len(sent) > 1:
        return Open(TALK, "", answers=_read(case, sent, waiting), resume=False)
    (match,) = matched(sent, [_known(*pair) for pair in waiting])
    if len(match.found) != 1 or not match.sent.words:
        return None
    pair = next(pair for pair in waiting if pair[1].id == match.found[0])
    return await taking.take(case, *pair, pieces.keep(case.incoming))


async def _waiting(case: Case, code: str) -> list[tuple[Running, Application]]:
    """Who waits, by numbers: so links without names are handed out."""
    found = [pair for pair in await waiting_for_work(case) if code in ("", pair[0].code)]
    return sorted(found, key=lambda pair: (pair[0].code, pair[1].ordinal))


def _known(_running: Running, one: Application) -> Waiting:
    names = [f"{person.name.surname} {person.name.name}" for person in one.participants]
    return Waiting(one.id, one.number, one.ordinal, (one.title, *names) if one.title else tuple(names))


def _read(case: Case, sent: Sequence[Sent], waiting: Sequence[tuple[Running, Application]]) -> dict[str, Any]:
    """The answers that follow from the links: whose each may be."""
    known = [_known(*pair) for pair in waiting]
    found = matched(sent, known)
    return {
        "in_order": in_order(sent, known),
        "links": [
            {"line": one.sent.line, "url": one.sent.url, "words": one.sent.words, "to": one.found} for one in found
        ],
        "names": {str(one.id): f"{one.number} · {short_name(one)}" for _, one in waiting},
        "said_at": case.incoming.said_at.isoformat(),
    }


async def _parse(_case: Case, _answers: Answers, text: str) -> object:
    sent = links_in(text)
    return text if sent else Refusal("works_no_links")


def _unclear(answers: Answers) -> Mapping[str, Any] | None:
    """The first link of which it is not known whose it is."""
    return next((one for one in answers.get("links") or () if len(one["to"]) != 1 and not one.get(SKIP)), None)


async def _choices(case: Case, answers: Answers) -> Sequence[Option]:
    unclear = _unclear(answers)
    taken = {one["to"][0] for one in answers["links"] if len(one["to"]) == 1}
    possible = (unclear["to"] if unclear else ()) or [int(id_) for id_ in answers["names"] if int(id_) not in taken]
    options = [Option(label(answers["names"][str(id_)]), id_) for id_ in possible]
    return [*options, Option(case.say("button.skip_link"), SKIP)]


async def _pick(_case: Case, answers: Answers, value: object) -> Answers:
    unclear = _unclear(answers)
    if unclear is None:
        return answers
    settled: dict[str, Any] = {"to": [], SKIP: True} if value == SKIP else {"to": [value]}
    return {**answers, "links": [one if one is not unclear else {**one, **settled} for one in answers["links"]]}


async def _unclear_values(_case: Case, answers: Answers) -> dict[str, object]:
    unclear = _unclear(answers) or {"line": 0, "url": ""}
    return {"line": unclear["line"], "url": Trusted(shorten(unclear["url"], _URL_CHARS))}


async def _preview_values(case: Case, answers: Answers) -> dict[str, object]:
    sure = _sure(answers)
    lines = [
        case.say("works_line", who=answers["names"][str(one["to"][0])], url=Trusted(shorten(one["url"], _URL_CHARS)))
        for one in sure
    ]
    lines += [case.say("works_in_order")] if answers.get("in_order") else []
    lines += [case.say("works_twice")] if len(sure) > len({one["to"][0] for one in sure}) else []
    return {
        "right": len(sure),
        "all": len(answers["links"]),
        "lines": Trusted("\n".join(lines)),
    }


async def _preview_options(case: Case, answers: Answers) -> Sequence[Option]:
    send = [Option(case.say("works_hand_in", count=len(_sure(answers))), YES, "positive")] if _sure(answers) else []
    return [*send, Option(case.say("button.works_again"), NO)]


def _sure(answers: Answers) -> list[Mapping[str, Any]]:
    return [one for one in answers["links"] if len(one["to"]) == 1]


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    if answers["sure"] == NO:
        return Open(TALK, subject, resume=False)
    done, queued = 0, 0
    wrong: list[str] = []
    for one in _sure(answers):
        taken = await _hand_in(case, one, answers["said_at"], behind=queued)
        if isinstance(taken, Refusal):
            why = case.say(taken.key, **taken.values)
            wrong.append(case.say("works_wrong", who=answers["names"][str(one["to"][0])], why=why))
        else:
            done, queued = done + 1, queued + (not taken)
    return Reply(
        "works_done",
        count=done,
        wrong=Trusted("\n".join(wrong)),
        buttons=[[Button("teacher_desk", f"teacher_desk:{subject}", colour="primary")], [MENU]],
    )


async def _hand_in(case: Case, one: Mapping[str, Any], said_at: str, *, behind: int) -> Refusal | bool:
    """One of the works, by the rules of any work: whether its link is looked at right now. Or why it is not taken."""
    application = await own_application(case, str(one["to"][0]), Action.SUBMIT_WORK)
    running = await event_of(case, application.event_code) if application else None
    if application is None or running is None:
        return Refusal("no_application")
    kept = {"text": one["url"], "attachments": [], "said_at": said_at}
    fitting = await putting.read(case, running, application, kept)
    if isinstance(fitting, Refusal):
        return refused(case, fitting)
    put = await putting.put(case, running, application, fitting, kept, behind=behind)
    for receipt in put.receipts:
        case.tell(case.person.id, receipt)
    return not put.queued


async def _cancelled(_case: Case, subject: str) -> Reply:
    return Reply("works_cancelled", buttons=[[Button("teacher_desk", f"teacher_desk:{subject}")], [MENU]])


async def _steps(_case: Case, subject: str) -> Sequence[Step]:
    async def accept(case: Case, answers: Answers, text: str) -> Answers:
        return {**answers, **_read(case, links_in(text), await _waiting(case, subject))}

    async def values(case: Case, _answers: Answers) -> dict[str, object]:
        return {"order": Trusted(_order(case, [one for _, one in await _waiting(case, subject)]))}

    return [
        Step("links", parse=_parse, accept=accept, values=values, limit=TEXT_LIMIT),
        Step(
            "unclear",
            options=_choices,
            accept=_pick,
            values=_unclear_values,
            when=lambda answers: _unclear(answers) is not None,
        ),
        Step("sure", options=_preview_options, values=_preview_values),
    ]


def _order(case: Case, waiting: Sequence[Application]) -> str:
    """In which order links may come without names; nothing where one work is awaited."""
    if len(waiting) < _SEVERAL:
        return ""
    first, last = (case.say("works_whose", number=one.number, who=short_name(one)) for one in (waiting[0], waiting[-1]))
    return case.say("works_order", count=len(waiting), first=first, last=last)


WORKS = Talk(TALK, steps=_steps, finish=_finish, cancelled=_cancelled)
