"""The way through a talk: which question is next, and what an answer does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.contest.refusal import Refusal
from bot.contest.text import fold, too_long
from bot.talk.case import Case
from bot.talk.incoming import Attachment
from bot.talk.model import Again, Aside, Open, Option, Outcome, Reply, Step, Talk, several, without
from bot.talk.position import Draft, ScreenKey
from bot.talk.screens import Screen, Screens, after
from bot.talk.texts import Text, Texts

#: Words that are none of the options.
NOT_IN_LIST = "choose_from_list"
#: Kinds of things that have a sentence of their own when words are asked.
UNEXPECTED = {"audio_message", "sticker", "photo", "video", "doc", "geo", "graffiti", "link"}


@dataclass(frozen=True, slots=True)
class Moved:
    """Where an answer led: a question (perhaps the same one), a refusal, or the end of the talk."""

    question: Draft | None = None
    page: int = 0
    #: The options that the words left; None: all.
    narrowed: tuple[Option, ...] | None = None
    before: tuple[Reply, ...] = ()
    #: Why not, and what is expected: the question stays, and so do its buttons.
    refused: Text | None = None
    columns: int = 1
    outcome: Outcome = None
    forgotten: tuple[tuple[str, str], ...] = ()


class Asking:
    """Asks the questions of talks."""

    def __init__(self, texts: Texts, talks: Mapping[str, Talk], screens: Screens) -> None:
        self._texts = texts
        self._talks = talks
        self._screens = screens

    async def open(self, case: Case[Any], wanted: Open) -> Moved:
        """Begin a talk, or go on with the draft of it."""
        talk = self._talks[wanted.talk]
        draft = None
        if wanted.resume and talk.kept:
            draft = await case.storage.memory.draft(case.person.id, wanted.talk, wanted.subject)
        if draft is None:
            draft = Draft(wanted.talk, wanted.subject, "", wanted.answers, kept=talk.kept)
        return await self._next(case, draft)

    async def said(self, case: Case[Any], draft: Draft, text: str, attachments: Sequence[Attachment]) -> Moved:
        """Words or things for the open question."""
        step = await self._step(case, draft)
        if step is None:
            return await self._next(case, draft)
        if attachments and step.receive is not None:
            value = await step.receive(case, draft.answers, attachments)
        elif attachments and not (text and step.parse is not None and attachments[0].kind in ("link", "wall", "video")):
            return await self._unexpected(case, draft, step, attachments[0].kind)
        elif refusal := too_long(text, step.limit):
            value = refusal
        elif step.parse is not None:
            value = await step.parse(case, draft.answers, text)
        else:
            return await self._search(case, draft, step, text)
        return await self._take(case, draft, step, value)

    async def chosen(self, case: Case[Any], draft: Draft, key: ScreenKey) -> Moved:
        """A button of the open question."""
        if key.kind == "page":
            return Moved(question=draft, page=int(key.value))
        step = await self._step(case, draft)
        if step is None:
            return await self._next(case, draft)
        return await self._take(case, draft, step, key.value)

    async def back(self, case: Case[Any], draft: Draft) -> Moved:
        """Take the last answer back and ask again."""
        last = draft.trail[-1]
        return await self._next(case, replace(draft, answers=without(draft.answers, last), trail=draft.trail[:-1]))

    async def ask(self, case: Case[Any], moved: Moved, *, version: int) -> Screen:
        """The screen of the question that an answer led to."""
        draft = moved.question
        if draft is None:
            raise ValueError("the talk is over: there is no question")
        steps = await self._talks[draft.talk].steps(case, draft.subject)
        step = next(step for step in steps if step.name == draft.step)
        options = moved.narrowed
        if options is None:
            options = tuple(await step.options(case, draft.answers)) if step.options else ()
        return self._screens.of_question(
            await self._text(case, draft, step, steps),
            options,
            version=version,
            page=moved.page,
            columns=step.columns,
            quick=step.parse is not None,
        )

    async def _text(self, case: Case[Any], draft: Draft, step: Step, steps: Sequence[Step]) -> Text:
        values = await step.values(case, draft.answers) if step.values else {}
        counted = [one for one in steps if one.counted and (one.name in draft.answers or one.when(draft.answers))]
        number = counted.index(step) + 1 if step in counted else 0
        place = {"number": number, "total": len(counted)}
        return self._texts.render(step.text or f"{draft.talk}.{step.name}", {**place, **values})

    async def _take(self, case: Case[Any], draft: Draft, step: Step, value: object) -> Moved:
        if isinstance(value, Refusal):
            return await self._refuse(case, draft, step, value)
        accepted: object = {**draft.answers, step.name: value}
        if step.accept is not None:
            accepted = await step.accept(case, draft.answers, value)
        match accepted:
            case Refusal():
                return await self._refuse(case, draft, step, accepted)
            case Aside(reply):
                return Moved(question=draft, before=several(reply))
            case Open():
                return Moved(outcome=accepted, forgotten=() if draft.kept else ((draft.talk, draft.subject),))
        # Answers given before that this one has changed are now the last ones: «Назад» goes to them first.
        changed = [name for name, given in draft.answers.items() if accepted.get(name) != given]  # type: ignore[attr-defined]
        last = (*(name for name in draft.trail if name in changed and name != step.name), step.name)
        trail = (*(name for name in draft.trail if name not in last), *last)
        return await self._next(case, replace(draft, answers=dict(accepted), trail=trail))  # type: ignore[call-overload]

    async def _next(self, case: Case[Any], draft: Draft) -> Moved:
        """The first step that applies and has no answer; without one the talk is at its end."""
        talk = self._talks[draft.talk]
        draft = replace(draft, trail=tuple(name for name in draft.trail if name in draft.answers))
        for step in await talk.steps(case, draft.subject):
            if step.name not in draft.answers and step.when(draft.answers):
                return Moved(question=replace(draft, step=step.name))
        outcome = await talk.finish(case, draft.subject, draft.answers)
        if isinstance(outcome, Again):
            again = await self._next(case, replace(draft, answers=without(draft.answers, *outcome.without)))
            return replace(again, before=(outcome.reply, *again.before))
        return Moved(outcome=outcome, forgotten=((draft.talk, draft.subject),))

    async def _step(self, case: Case[Any], draft: Draft) -> Step | None:
        steps = await self._talks[draft.talk].steps(case, draft.subject)
        return next((step for step in steps if step.name == draft.step and step.when(draft.answers)), None)

    async def _search(self, case: Case[Any], draft: Draft, step: Step, text: str) -> Moved:
        """Words where a choice is asked: the options that contain them."""
        options: Sequence[Option] = await step.options(case, draft.answers) if step.options else ()
        wanted = fold(text)
        found = [option for option in options if wanted and wanted in fold(option.label)]
        if len(found) == 1:
            return await self._take(case, draft, step, found[0].value)
        if found:
            return Moved(question=draft, narrowed=tuple(found))
        return await self._refuse(case, draft, step, Refusal(NOT_IN_LIST))

    async def _unexpected(self, case: Case[Any], draft: Draft, step: Step, kind: str) -> Moved:
        key = f"unexpected.{kind}" if kind in UNEXPECTED else "unexpected.other"
        return await self._refuse(case, draft, step, Refusal(key))

    async def _refuse(self, case: Case[Any], draft: Draft, step: Step, refusal: Refusal) -> Moved:
        """Say why not and what is expected; the question stays, its buttons too."""
        text = self._texts.render(refusal.key, refusal.values)
        expects = f"{step.text or f'{draft.talk}.{step.name}'}_expects"
        said = refusal.key if refusal.key == NOT_IN_LIST else refusal.key.partition(".")[0]
        if said in (NOT_IN_LIST, "unexpected") and expects in self._texts:
            values = await step.values(case, draft.answers) if step.values else {}
            expected = self._texts.render(expects, values)
            text = expected if said == NOT_IN_LIST else after(text, expected)
        return Moved(refused=text, columns=step.columns)
