"""How papers look: an organizer sends a picture, a template or words, sees a sample, and takes it or leaves it.

What is in use stays so until somebody has said «Использовать» of another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.contest.authorize import Action, Target
from bot.contest.refusal import Refusal
from bot.talk.incoming import Attachment
from bot.talk.model import Button, Option, Outcome, Reply, Step, Talk
from bot.talk.model import Open as OpenTalk
from bot.talk.position import Answers
from handlers.access import may
from handlers.events import Running
from handlers.kinds import Case
from handlers.organizer.papers.looks import DASH, HEADING, MOST_SIGNERS, SIGNATURES, SIGNERS, TOWN, signers
from handlers.organizer.papers.previewing import ask_sample
from handlers.organizer.scope import detail, event_for, not_available, of_event, whole
from handlers.organizer.wording import lines
from storage.designs import Look

TALK, TRY = "look", "try_design"
#: Whose look it is, in a button: the event's own, or that of the whole programme.
OWN, ALL = "own", "all"
PICTURES, TEMPLATE = ("background", "logo", "signature"), "template"
PARTS = (*PICTURES, SIGNERS, HEADING, TOWN, TEMPLATE)
_SIGNER_LIMIT, _HEADING_LIMIT, _TOWN_LIMIT = 120, 200, 60


@of_event(Action.CHANGE_DESIGN)
async def looks(case: Case, running: Running, scope: str) -> Outcome:
    """How the event's papers look, or (`all`) those of the whole programme, with a picture."""
    scope = scope or OWN
    where = await _where(case, running.code, scope)
    if where is None:
        return not_available()
    look = await case.storage.designs.for_event(where)
    own = await case.storage.designs.used(where)
    ask_sample(case, running.code, None)
    return Reply(
        f"looks.screen_{scope}",
        title=running.event.title,
        lines=lines(_described(case, look)),
        buttons=await _buttons(case, running.code, scope, has_own=own is not None and own.event_code == where),
    )


def _described(case: Case, look: Look) -> list[str]:
    if look == Look():
        return [case.say("looks.standard")]
    who = "; ".join(DASH.join(part for part in pair if part) for pair in signers(look.texts))
    return [
        case.say("looks.template") if look.template else "",
        *(case.say(f"looks.{part}") for part in PICTURES if part in look.pictures),
        case.say("looks.signers", who=who) if who else "",
        case.say("looks.heading", heading=look.texts[HEADING]) if look.texts.get(HEADING) else "",
        case.say("looks.town", town=look.texts[TOWN]) if look.texts.get(TOWN) else "",
    ]


async def _buttons(case: Case, code: str, scope: str, *, has_own: bool) -> list[list[Button]]:
    parts = [Button(f"looks.{part}", f"look:{code}/{scope}/{part}") for part in PARTS]
    rows = [parts[start : start + 2] for start in range(0, len(parts), 2)]
    last = [Button("looks.reset", f"look_reset:{code}/{scope}")] if has_own else []
    if scope == OWN and await may(case, Action.CHANGE_DESIGN, Target()):
        last.append(Button("looks.for_all", f"looks:{code}/{ALL}"))
    return [*rows, last, [Button("papers.open", f"papers:{code}")]]


async def _where(case: Case, code: str, scope: str) -> str | None:
    """The event code of the look: '' for the whole programme, which an organizer of one event may not change."""
    if scope == OWN:
        return code
    return "" if scope == ALL and await may(case, Action.CHANGE_DESIGN, Target()) else None


@of_event(Action.CHANGE_DESIGN)
async def change(case: Case, running: Running, more: str) -> Outcome:
    """Ask for one part."""
    scope, _, part = more.partition("/")
    if part not in PARTS or await _where(case, running.code, scope) is None:
        return not_available()
    return OpenTalk(TALK, f"{running.code}/{scope}/{part}", resume=False)


async def _steps(case: Case, subject: str) -> Sequence[Step]:
    code, scope, part = subject.split("/")
    where = await _where(case, code, scope)
    if await event_for(case, code, Action.CHANGE_DESIGN) is None or where is None:
        return ()
    if part == SIGNERS:
        return (Step("words", parse=_signers, text="look.signers", limit=MOST_SIGNERS * _SIGNER_LIMIT),)
    if part in (HEADING, TOWN):
        limit = _HEADING_LIMIT if part == HEADING else _TOWN_LIMIT
        return (Step("words", parse=_line(f"look.{part}_expects"), text=f"look.{part}", limit=limit),)
    file = Step("file", receive=_receives(template=part == TEMPLATE), text=f"look.{part}")
    signing = signers((await case.storage.designs.for_event(where)).texts) if part == "signature" else []
    return (_whose(signing), file) if len(signing) > 1 else (file,)


def _whose(signing: Sequence[tuple[str, str]]) -> Step:
    """Whose signature it is, where several sign."""

    async def options(_case: Case, _answers: Answers) -> Sequence[Option]:
        named = (name or post for post, name in signing)
        return [Option(name, part) for part, name in zip(SIGNATURES, named, strict=False)]

    return Step("whose", options=options, text="look.whose")


async def _signers(_case: Case, _answers: Answers, text: str) -> str | Refusal:
    found = [line.replace(" - ", DASH).replace(" – ", DASH).strip() for line in text.splitlines() if line.strip()]
    if not found or len(found) > MOST_SIGNERS or not all(DASH in line for line in found):
        return Refusal("look.signers_expects")
    return "\n".join(found)


def _line(expects: str) -> Any:
    async def parse(_case: Case, _answers: Answers, text: str) -> str | Refusal:
        found = " ".join(text.split())
        return found if any(char.isalnum() for char in found) else Refusal(expects)

    return parse


def _receives(*, template: bool) -> Any:
    async def receive(_case: Case, _answers: Answers, attachments: Sequence[Attachment]) -> Any:
        fitting = (one for one in attachments if one.url and _fits(one, template=template))
        found = next(fitting, None)
        if found is None:
            return Refusal("look.template_expects" if template else "look.picture_expects")
        return {"url": found.url, "size_bytes": found.size_bytes}

    return receive


def _fits(one: Attachment, *, template: bool) -> bool:
    """Whether it may be what was asked for; what it really is shows itself by its bytes."""
    if template:
        return one.kind == "doc" and one.extension in ("typ", "txt")
    return one.kind == "photo" or (one.kind == "doc" and one.extension in ("png", "jpg", "jpeg"))


async def _finish(case: Case, subject: str, answers: Answers) -> Outcome:
    code, scope, part = subject.split("/")
    where = await _where(case, code, scope)
    if where is None or await event_for(case, code, Action.CHANGE_DESIGN) is None:
        return not_available()
    given = {"text": answers["words"]} if "words" in answers else {"file": answers["file"]}
    part = str(answers.get("whose", part))
    case.ask(case.person.id, TRY, {"event": code, "where": where, "scope": scope, "part": part, **given})
    return Reply("looks.trying", buttons=[[Button("papers.looks", f"looks:{code}/{scope}")]])


async def tried(case: Case, _argument: str) -> None:
    """What came of it: why not, or a sample to be taken or left."""
    result = case.incoming.result or {}
    code, scope = str(result["event"]), str(result["scope"])
    if await event_for(case, code, Action.CHANGE_DESIGN) is None or await _where(case, code, scope) is None:
        return
    part = str(result["part"]).partition("_")[0]
    again = [[Button("try_again", f"look:{code}/{scope}/{part}"), Button("papers.open", f"papers:{code}")]]
    if result.get("failed"):
        case.tell(case.person.id, Reply("looks.failed", buttons=again))
    elif refused := result.get("refused"):
        why = "\n".join(f"• {line}" for line in refused)
        case.tell(case.person.id, Reply("looks.refused", lines=why, buttons=again))
    else:
        choice = f"{code}/{scope}/{result['design']}"
        rows = [
            [Button("looks.use", f"look_use:{choice}", colour="primary"), Button("looks.keep", f"look_keep:{choice}")]
        ]
        attachments = [str(result["attachment"])]
        case.tell(case.person.id, Reply("looks.proposed", attachments=attachments, buttons=rows))


@of_event(Action.CHANGE_DESIGN)
async def use(case: Case, running: Running, more: str) -> Outcome:
    """From now on the papers look so."""
    return await _decide(case, running, more, take=True)


@of_event(Action.CHANGE_DESIGN)
async def keep(case: Case, running: Running, more: str) -> Outcome:
    """They stay as they are."""
    return await _decide(case, running, more, take=False)


async def _decide(case: Case, running: Running, more: str, *, take: bool) -> Outcome:
    scope, _, written_id = more.partition("/")
    where = await _where(case, running.code, scope)
    design = await case.storage.designs.get(whole(written_id))
    if where is None or design is None or design.event_code != where:
        return not_available()
    designs = case.storage.designs
    decide = designs.accept if take else designs.drop
    done = await decide(design.id, by=case.person.id, at=case.now)
    if done and take:
        await _audit(case, where, design=design.id)
    key = ("looks.used" if take else "looks.kept") if done else "looks.decided"
    return Reply(key, buttons=_back(running.code, scope))


@of_event(Action.CHANGE_DESIGN)
async def reset(case: Case, running: Running, scope: str) -> Outcome:
    """Back to the built-in look, or to that of the programme; the one that was in use stays readable."""
    where = await _where(case, running.code, scope)
    if where is None:
        return not_available()
    if await case.storage.designs.give_up(where, by=case.person.id, at=case.now):
        await _audit(case, where)
    return Reply("looks.was_reset", buttons=_back(running.code, scope))


def _back(code: str, scope: str) -> list[list[Button]]:
    return [[Button("papers.looks", f"looks:{code}/{scope}"), Button("papers.open", f"papers:{code}")]]


async def _audit(case: Case, where: str, **facts: Any) -> None:
    subject = f"event:{where}" if where else "programme"
    await case.storage.audit.add(case.person.id, Action.CHANGE_DESIGN, subject, detail(**facts), at=case.now)


async def _cancelled(case: Case, subject: str) -> Outcome:
    code, scope, _ = subject.split("/")
    return await looks(case, f"{code}/{scope}")


LOOK = Talk(TALK, _steps, _finish, cancelled=_cancelled)
