"""The book: all the talks and screens of a product, as one value that the engine plays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.talk.model import Button, Route, Talk
from bot.talk.texts import Texts


@dataclass(frozen=True, slots=True)
class Book:
    """All the talks and screens of the product, as one value.

    Routes that must be there: `menu`, `help`, `cancelled`, `start` (argument: the deep link's word), `said` (words
    where no question is open), `heard` (words while a human talks to the person), `call_human`, `release`, `forged`,
    and `job.<kind>` for each kind of work on the network.
    """

    texts: Texts
    talks: Mapping[str, Talk]
    routes: Mapping[str, Route]
    #: The keyboard under the input when no question is open.
    menu: Sequence[Sequence[Button]]
    #: Words that people type for a command: «меню», «назад»…
    words: Mapping[str, str]
    #: Routes that a person may follow while a human talks to them: the bot stays silent otherwise.
    beside_human: Collection[str] = ()
    #: Routes that are answered by the way: whoever presses them in the middle of a question stays at it.
    by_the_way: Collection[str] = ()
