"""Talks as values: steps, the screens that replies are, and what may follow.

A talk is an ordered set of steps. The next question is the first step, in order, that applies and has no answer:
correcting an answer, coming back after a month and an answer that makes another question needless all follow from
that one rule.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.contest.refusal import Refusal
from bot.talk.case import Case
from bot.talk.incoming import Attachment
from bot.talk.message import Colour
from bot.talk.position import Answers


@dataclass(frozen=True, slots=True)
class Button:
    """A button that leads somewhere: `go` is a route with its argument (`event:scratch-2026`).

    Its label is the text `button.<key>`, or `label` as it stands.
    """

    key: str = ""
    go: str = ""
    label: str = ""
    colour: Colour = "secondary"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One card of a carousel."""

    title: str
    description: str
    buttons: tuple[Button, ...]


class Reply:
    """A text of the catalogue with its values, and buttons, in rows."""

    __slots__ = ("attachments", "buttons", "callback", "called", "cards", "edits", "key", "popup", "values", "words")

    def __init__(
        self,
        key: str | Refusal,
        /,
        *,
        buttons: Sequence[Sequence[Button]] = (),
        cards: Sequence[Element] = (),
        attachments: Sequence[str] = (),
        callback: bool = False,
        edits: bool = False,
        popup: str = "",
        called: str | None = None,
        words: str = "",
        **values: object,
    ) -> None:
        """`callback`: pressing tells us without writing to the chat. `edits`: takes the place of the message whose
        button was pressed. `popup`: a text of up to 90 characters that pops up on a callback button. `called`: what a
        later message calls this one by, to take its place. `words`: the route that gets what is typed in sight of
        this reply, unless it names a button or a command; a number is then what it says, not the number of a button.
        """
        self.key = key.key if isinstance(key, Refusal) else key
        self.values = {**key.values, **values} if isinstance(key, Refusal) else values
        self.buttons = tuple(tuple(row) for row in buttons if row)
        self.cards = tuple(cards)
        self.attachments = tuple(attachments)
        self.callback = callback
        self.edits = edits
        self.popup = popup
        self.called = called
        self.words = words


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a step."""

    label: str
    value: Any
    colour: Colour = "secondary"


@dataclass(frozen=True, slots=True)
class Aside:
    """Something shown by the way: the question is asked again after it."""

    reply: Reply | Sequence[Reply]


@dataclass(frozen=True, slots=True)
class Open:
    """A talk begins (or goes on, if it was begun and kept)."""

    talk: str
    subject: str = ""
    answers: Answers = field(default_factory=dict)
    #: False: begin anew even if there is a draft.
    resume: bool = True
    #: What is shown above the question.
    before: Reply | Sequence[Reply] | None = None


def several(replies: Reply | Sequence[Reply]) -> tuple[Reply, ...]:
    """One reply or more, as a tuple."""
    return (replies,) if isinstance(replies, Reply) else tuple(replies)


@dataclass(frozen=True, slots=True)
class Again:
    """The talk can't end yet: these answers are taken back and asked again, after the reply."""

    reply: Reply
    without: tuple[str, ...]


#: What a route or the end of a talk gives.
Outcome = Reply | Sequence[Reply] | Open | None
Parser = Callable[[Case[Any], Answers, str], Awaitable[Any]]
Receiver = Callable[[Case[Any], Answers, Sequence[Attachment]], Awaitable[Any]]
Options = Callable[[Case[Any], Answers], Awaitable[Sequence[Option]]]
Values = Callable[[Case[Any], Answers], Awaitable[dict[str, object]]]
#: How a value enters the answers: the new answers, or why not.
Accept = Callable[[Case[Any], Answers, Any], Awaitable[Answers | Refusal | Aside | Open]]
Route = Callable[[Case[Any], str], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Step:
    """One question.

    Its text is `<talk>.<name>`; `<talk>.<name>_expects` says what is expected, for whoever sends something else.
    A step takes words (`parse`), a choice (`options`), attachments (`receive`), or several of these.
    """

    name: str
    parse: Parser | None = None
    options: Options | None = None
    receive: Receiver | None = None
    accept: Accept | None = None
    values: Values | None = None
    when: Callable[[Answers], bool] = lambda _answers: True
    #: Options in one row.
    columns: int = 1
    #: Has a number in «2 из 6».
    counted: bool = True
    #: The key of the text, where it is not the step's own.
    text: str = ""
    #: How many characters its text may have (domain: names 100, titles 150, free text 4000).
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk: its steps may depend on what it is about (an event has its own questions)."""

    name: str
    steps: Callable[[Case[Any], str], Awaitable[Sequence[Step]]]
    finish: Callable[[Case[Any], str, Answers], Awaitable[Outcome | Again]]
    #: What «Отмена» leads to; None: the menu.
    cancelled: Route | None = None
    #: The draft is kept when the person goes elsewhere, and offered again.
    kept: bool = False


def fixed(*steps: Step) -> Callable[[Case[Any], str], Awaitable[Sequence[Step]]]:
    """The steps of a talk that are always the same."""

    async def same(_case: Case[Any], _subject: str) -> Sequence[Step]:
        return steps

    return same


def without(answers: Answers, *names: str) -> dict[str, Any]:
    """The answers less these."""
    return {name: value for name, value in answers.items() if name not in names}
