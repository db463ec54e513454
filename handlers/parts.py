"""What a folder of talks adds to the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.talk.model import Route, Talk
from handlers.everyone.welcome import Catcher, Describe, Door, IsOpen
from handlers.kinds import Chore, Maker, Thinker


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Whatever a folder has of each; names are unique over all folders."""

    routes: Mapping[str, Route] = field(default_factory=dict)
    talks: Sequence[Talk] = ()
    #: What words of deep links open.
    doors: Sequence[Door] = ()
    #: What may be typed where no question is open.
    phrases: Sequence[Door] = ()
    #: What kept drafts are about, by talk.
    describe: Mapping[str, Describe] = field(default_factory=dict)
    #: Whether such a draft can still be finished, by talk; one that is not named here always can.
    is_open: Mapping[str, IsOpen] = field(default_factory=dict)
    #: What is due by the clock.
    chores: Sequence[Chore] = ()
    #: What takes words and things that answer no question.
    catchers: Sequence[Catcher] = ()
    #: The files that can be asked for.
    makers: Mapping[str, Maker] = field(default_factory=dict)
    #: Who gets a table that was read, by the name under which it was asked for.
    readers: Mapping[str, Route] = field(default_factory=dict)
    #: What takes too long to be worked out within a step; each has a route `thought.<name>` for what it comes to.
    thinkers: Mapping[str, Thinker] = field(default_factory=dict)
