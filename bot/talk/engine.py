"""The engine: one act of one person, from where they are, becomes replies and a new position.

It knows neither the messenger nor the database: it gets a case and a position and returns a turn, which the
pipeline commits as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.contest.text import fold
from bot.talk.asking import Asking, Moved
from bot.talk.book import Book
from bot.talk.case import Case, Notice
from bot.talk.incoming import Act
from bot.talk.intent import Chosen, Command, Forged, Go, Intent, Said, Stale, Start, read_intent, words_key
from bot.talk.message import Answer
from bot.talk.model import Open, Outcome, Reply, several
from bot.talk.position import Draft, Position
from bot.talk.screens import Screen, Screens, overflows, spelled_out
from bot.talk.seal import Seal
from bot.talk.turn import Post, Turn


class Engine:
    """Plays the talks of a book."""

    def __init__(self, book: Book, seal: Seal) -> None:
        self._book = book
        self._seal = seal
        self._screens = Screens(book.texts, seal, book.menu)
        self._asking = Asking(book.texts, book.talks, self._screens)
        self._commands = {fold(word): command for word, command in book.words.items()}
        buttons = [button for row in book.menu for button in row]
        self._doors = {fold(self._screens.label(button)): button.go for button in buttons}

    async def turn(self, case: Case[Any], position: Position) -> Turn:
        """Answer one act."""
        turn = Turn(position)
        if case.incoming.act is Act.JOB_DONE:
            await self._by_the_way(case, turn, f"job.{case.incoming.job}")
        elif not case.person.is_left_to_a_human(case.now):
            await self._act(case, turn)
        else:
            await self._left_to_a_human(case, turn)
        self._answer_press(case, turn)
        turn.posts += [post for notice in case.notices for post in self.notice(notice)]
        return turn

    async def _left_to_a_human(self, case: Case[Any], turn: Turn) -> None:
        """The bot keeps silent, but for a work that arrives meanwhile, until the person wants it back.

        Whatever is typed is for the human, even if it names a choice in sight or answers the open question.
        """
        intent = self._intent(case, turn.position)
        if isinstance(intent, Chosen) and intent.key.kind == "go" and not case.incoming.text.isdecimal():
            intent = Go(str(intent.key.value))
        if isinstance(intent, Go) and intent.to.partition(":")[0] in self._book.beside_human:
            await self._by_the_way(case, turn, intent.to)
        elif isinstance(intent, Start | Go) or intent == Command("menu"):
            await self._by_the_way(case, turn, "release")
            if intent != Go("release"):
                await self._act(case, turn)
        elif case.incoming.act is Act.WROTE and case.incoming.payload is None:
            await self._by_the_way(case, turn, "heard")
        elif isinstance(intent, Chosen | Command) or intent == Stale(repeated=False):
            await self._by_the_way(case, turn, "release")
            await self._act(case, turn)

    def remark(self, case: Case[Any], position: Position, key: str = "") -> Turn:
        """A word in between, or none, from outside the talk: the person stays where they were."""
        turn = Turn(position)
        if key:
            self._show(case, turn, [Reply(key)])
        self._answer_press(case, turn)
        return turn

    def _intent(self, case: Case[Any], position: Position) -> Intent:
        return read_intent(
            case,
            position,
            self._seal,
            commands=self._commands,
            doors=self._doors,
        )

    async def _act(self, case: Case[Any], turn: Turn) -> None:
        draft = turn.position.draft
        match self._intent(case, turn.position):
            case Start(ref):
                await self._go(case, turn, f"start:{ref}", draft)
            case Go(to):
                await self._go(case, turn, to, draft)
            case Command(name):
                await self._command(case, turn, name, draft)
            case Forged():
                await self._by_the_way(case, turn, "forged")
            case Stale(repeated=False):
                await self._stale(case, turn, draft)
            case Stale():
                pass
            case Chosen(key) if key.kind in ("go", "words"):
                await self._go(case, turn, str(key.value), draft)
            case Chosen(key) if draft is not None:
                await self._move(case, turn, await self._asking.chosen(case, draft, key))
            case Said(text, attachments) if draft is not None:
                await self._move(case, turn, await self._asking.said(case, draft, text, attachments))
            case _:
                await self._go(case, turn, "said", draft)

    async def _command(self, case: Case[Any], turn: Turn, name: str, draft: Draft | None) -> None:
        if name == "help":
            await self._by_the_way(case, turn, "help")
        elif draft is not None and name == "back" and draft.trail:
            await self._move(case, turn, await self._asking.back(case, draft))
        elif draft is not None and name in ("back", "cancel"):
            await self._give_up(case, turn, name, draft)
        else:
            await self._go(case, turn, "menu", draft)

    async def _give_up(self, case: Case[Any], turn: Turn, name: str, draft: Draft) -> None:
        """«Отмена», or «Назад» before anything was answered: to where the talk was begun from."""
        turn.forgotten.append((draft.talk, draft.subject))
        turn.position = replace(turn.position, draft=None, screen=())
        otherwise = self._book.routes["cancelled" if name == "cancel" else "menu"]
        cancelled = self._book.talks[draft.talk].cancelled or otherwise
        await self._outcome(case, turn, await cancelled(case, draft.subject))

    async def _go(self, case: Case[Any], turn: Turn, to: str, draft: Draft | None) -> None:
        """Leave the open question, which is kept if its talk is one to be kept, and follow a button.

        A button that only changes its own message leaves nothing, nor does one of what is answered by the way.
        """
        if draft is not None and to.partition(":")[0] in self._book.by_the_way:
            await self._by_the_way(case, turn, to)
            return
        outcome = await self._route(case, to)
        if draft is not None and case.incoming.act is Act.PRESSED and isinstance(outcome, Reply) and outcome.edits:
            self._show(case, turn, [outcome])
            return
        if draft is not None and not draft.kept:
            turn.forgotten.append((draft.talk, draft.subject))
        turn.position = replace(turn.position, draft=None)
        await self._outcome(case, turn, outcome)

    async def _by_the_way(self, case: Case[Any], turn: Turn, to: str) -> None:
        """Answer without moving the person, unless the answer is a talk of its own."""
        outcome = await self._route(case, to)
        if isinstance(outcome, Open):
            await self._outcome(case, turn, outcome)
        elif outcome is not None:
            self._show(case, turn, [outcome] if isinstance(outcome, Reply) else outcome, by_the_way=True)

    async def _route(self, case: Case[Any], to: str) -> Outcome:
        name, _, argument = to.partition(":")
        return await self._book.routes[name](case, argument)

    async def _outcome(self, case: Case[Any], turn: Turn, outcome: Outcome) -> None:
        if isinstance(outcome, Open):
            if outcome.before is not None:
                self._show(case, turn, several(outcome.before))
            await self._move(case, turn, await self._asking.open(case, outcome))
        elif outcome is not None:
            keys = self._show(case, turn, [outcome] if isinstance(outcome, Reply) else outcome)
            self._place(case, turn, None, Screen((), keys.keys))

    async def _move(self, case: Case[Any], turn: Turn, moved: Moved) -> None:
        """Carry out what the talk came to: a question, or its end."""
        turn.forgotten += moved.forgotten
        self._show(case, turn, moved.before)
        position = turn.position
        if moved.question is not None:
            question = await self._asking.ask(case, moved, version=position.version + 1)
            self._place(case, turn, moved.question, question)
            self._post(case, turn, question)
        elif moved.refused is not None:
            same = self._screens.of_keys(
                moved.refused, position.screen, version=position.version, columns=moved.columns
            )
            self._post(case, turn, same)
        else:
            turn.position = replace(turn.position, draft=None)
            await self._outcome(case, turn, moved.outcome)

    async def _stale(self, case: Case[Any], turn: Turn, draft: Draft | None) -> None:
        """A button of an older screen does nothing; what is current is shown again."""
        if case.incoming.act is Act.PRESSED:
            popup = self._book.texts.say("stale_popup")
            turn.posts.append(Post(case.person.id, Answer(case.incoming.event_id, popup)))
        else:
            self._show(case, turn, [Reply("stale")])
        if draft is not None:
            await self._move(case, turn, Moved(question=draft))
        else:
            await self._go(case, turn, "menu", None)

    def _post(
        self,
        case: Case[Any],
        turn: Turn,
        screen: Screen,
        *,
        edits: bool = False,
        name: str | None = None,
        by_the_way: bool = False,
    ) -> None:
        """Send a screen to the person; `name` is the first message's. `by_the_way`: an earlier one stays in sight."""
        if not case.incoming.shows_inline or overflows(screen):
            screen = spelled_out(screen, numbered=not by_the_way and words_key(screen.keys) is None)
        for number, message in enumerate(screen.messages):
            first = number == 0
            turn.posts.append(Post(case.person.id, message, edits=edits and first, key=name if first else None))

    def _place(self, case: Case[Any], turn: Turn, draft: Draft | None, screen: Screen) -> None:
        turn.position = Position(turn.position.version + 1, screen.keys, draft, case.now)

    def _show(self, case: Case[Any], turn: Turn, replies: Sequence[Reply], *, by_the_way: bool = False) -> Screen:
        """Post the replies; the last screen with its keys."""
        screen = Screen(())
        for reply in replies:
            edits = reply.edits and case.incoming.act is Act.PRESSED
            screen = self._screens.of_reply(
                case.person.id,
                reply,
                cmid=case.incoming.cmid if edits else None,
            )
            self._post(case, turn, screen, edits=edits, name=reply.called, by_the_way=by_the_way)
            if reply.popup and case.incoming.act is Act.PRESSED:
                turn.posts.append(Post(case.person.id, Answer(case.incoming.event_id, reply.popup)))
        return screen

    def _answer_press(self, case: Case[Any], turn: Turn) -> None:
        """A pressed callback button is always answered, or it would turn for a minute."""
        if case.incoming.act is Act.PRESSED and not any(isinstance(post.body, Answer) for post in turn.posts):
            turn.posts.append(Post(case.person.id, Answer(case.incoming.event_id)))

    def notice(self, notice: Notice) -> list[Post]:
        """A message to somebody who did not ask for it now; it leaves their own keyboard as it is.

        A long one comes in parts. The first has the key of the whole, each further one a key of its own.
        """
        screen = self._screens.of_reply(notice.person_id, notice.reply)
        if overflows(screen):
            screen = spelled_out(screen, numbered=False)
        bare = not notice.reply.buttons and not notice.reply.cards
        posts = []
        for number, message in enumerate(screen.messages, start=1):
            first = number == 1
            posts.append(
                Post(
                    notice.person_id,
                    replace(message, keys=()) if bare else message,
                    edits=first and notice.edits is not None,
                    notice=True,
                    bulk=notice.bulk,
                    key=notice.key if first or notice.key is None else f"{notice.key}/{number}",
                    edits_key=notice.edits if first else None,
                    reason=notice.reason,
                )
            )
        return posts
