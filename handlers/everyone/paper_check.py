"""Checking a paper by its number or its QR code: anybody may, and learns no more than whether it holds.

What is told: kind, event, initials, dates, whether it holds. Numbers follow one another, so that they can be guessed:
who tries many is slowed down, found or not (docs/faults.md, B22). The code of a QR link can't be guessed.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.contest.authorize import Action, Target
from bot.contest.papers.numbers import paper_number, read_paper_number
from bot.contest.programme import Programme
from bot.contest.text import fold
from bot.talk.model import Button, Outcome, Reply
from bot.talk.texts import Trusted
from handlers.access import may
from handlers.events import event_of
from handlers.kinds import Case
from storage.paper_rows import Paper

#: What the link in a QR code begins with.
PREFIX = "paper_"
KIND = "paper_check"
#: Numbers that a person may try within `WINDOW`: enough for the papers of a class, too few to go through an event.
MOST_CHECKS = 20
WINDOW = timedelta(minutes=10)
#: A longer text is a letter, not a number.
MOST_TYPED = 100
_ASKS = re.compile(
    r"(?:проверить|проверка|проверь|проверьте)\s+(?:подлинность\s+)?"
    r"(?:документ|диплом|сертификат|грамот|благодарност|справк)\w*[\s:.,!?]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_CODE = re.compile(r"[A-Za-z0-9_-]{22}")


def check_url(community: str, code: str) -> str:
    """Where a paper's QR code leads: to the bot, with the paper's code."""
    return f"https://vk.me/{community}?ref={PREFIX}{code}"


async def door(case: Case, word: str) -> Outcome:
    """The link of a QR code."""
    if not word.startswith(PREFIX):
        return None
    code = word.removeprefix(PREFIX)
    found = await case.storage.papers.by_code(code) if _CODE.fullmatch(code) else None
    return _unknown(case) if found is None else await _state(case, found)


async def typed(case: Case, text: str) -> Outcome:
    """A number, or «проверить диплом», where no question is open; None: it is something else."""
    text = text.strip()
    if len(text) > MOST_TYPED:
        return None
    asks = _ASKS.fullmatch(text)
    if asks is not None and not asks[1].strip():
        return _ask(case)
    number = read_paper_number(asks[1] if asks else text)
    if number is None and asks is None and not _is_meant(text):
        return None
    return await _by_number(case, number)


async def check(case: Case, _argument: str) -> Outcome:
    """The button «Проверить документ»."""
    return _ask(case)


async def check_typed(case: Case, _argument: str) -> Outcome:
    """Whatever is typed in sight of the question."""
    return await _by_number(case, read_paper_number(case.incoming.text[:MOST_TYPED]))


async def _by_number(case: Case, number: str | None) -> Reply:
    tried = await case.storage.incidents.count_since(case.person.id, KIND, case.now - WINDOW)
    if tried >= MOST_CHECKS:
        return Reply("check_paper.too_often", buttons=[[Button("to_menu", "menu")]])
    await case.storage.incidents.add(case.person.id, KIND, "", at=case.now)
    found = await case.storage.papers.by_number(number or "")
    return _unknown(case) if found is None else await _state(case, found)


async def _state(case: Case, paper: Paper) -> Reply:
    """What anybody may know; whoever it belongs to has the way to the paper itself."""
    running = await event_of(case, paper.event_code)
    whose, again = paper.content.initials if paper.content else "", _again(case, paper)
    target = Target(event=paper.event_code, owner=paper.person_id)
    mine = paper.person_id == case.person.id and await may(case, Action.VIEW_PAPER, target)
    return Reply(
        f"check_paper.{'valid' if paper.is_valid else 'withdrawn'}",
        number=Trusted(paper.number),
        kind=paper.label,
        event=running.event.title if running else "",
        whose=Trusted("\n" + case.say("check_paper.whose", initials=whose)) if whose else "",
        issued=day(case, paper.issued_at),
        withdrawn=day(case, paper.withdrawn_at or paper.issued_at),
        again=Trusted(f"\n{again}") if again else "",
        buttons=[
            [Button("mypapers.open", f"my_paper:{paper.id}", colour="primary")] if mine and paper.is_valid else [],
            [Button("check_paper.another", "check_paper"), Button("to_menu", "menu")],
        ],
    )


def _again(case: Case, paper: Paper) -> str:
    """That it was issued again and which version holds, or what holds in its place."""
    if not paper.is_valid:
        return case.say("check_paper.instead", number=Trusted(paper.replaced_by)) if paper.replaced_by else ""
    if paper.reissued_at is None:
        return ""
    return case.say("check_paper.reissued", day=day(case, paper.reissued_at), version=paper.version)


def _ask(case: Case) -> Reply:
    return Reply(
        "check_paper.ask",
        example=Trusted(_example(case)),
        words="check_paper_typed",
        buttons=[[Button("to_menu", "menu")]],
    )


def _unknown(case: Case) -> Reply:
    """The same for a number that is none and for one that was never given."""
    return Reply(
        "check_paper.unknown",
        example=Trusted(_example(case)),
        buttons=[[Button("check_paper.another", "check_paper"), Button("to_menu", "menu")]],
    )


def _is_meant(text: str) -> bool:
    """Whether somebody tries to type a number: it begins as all of them do."""
    words = fold(text).translate(_TWINS).split()
    return (
        bool(words)
        and words[0].lstrip("№").startswith(fold(Programme.load().paper_prefix))
        and any(char.isdecimal() for char in text)
    )


_TWINS = str.maketrans("o0k", "оок")


def _example(case: Case) -> str:
    return paper_number(Programme.load().paper_prefix, case.now.astimezone(case.facts.zone).year, "У5", 147)


def day(case: Case, at: datetime) -> str:
    """«12.05.2026»."""
    return f"{at.astimezone(case.facts.zone):%d.%m.%Y}"
