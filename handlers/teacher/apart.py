"""Judging a long table in a process of its own, which gets all that it needs and gives back what it came to.

    python -m handlers.teacher.apart < asked > thought

What goes in and out are pickles of ours: nobody else's bytes come near them.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from bot.contest.facts import Facts as Settings
from bot.contest.people import Person
from bot.talk.incoming import Incoming
from bot.talk.texts import Texts
from handlers.events import Running
from handlers.kinds import Case, Thought
from handlers.teacher.judging import Gathered, judged
from storage.imports import Import
from storage.storage import Storage

#: A thousand rows take three seconds.
WALL_S = 60.0
#: On a busy machine those who wait for an answer come first.
_NICE = 10
_ROOT = Path(__file__).parents[2]
#: All that the process is told of our surroundings: no token of ours is its business.
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP")


@dataclass(frozen=True, slots=True)
class Asked:
    """A table with all that it is judged by."""

    now: datetime
    facts: Settings
    person: Person
    #: What was said, and when.
    incoming: Incoming
    running: Running
    gathered: Gathered
    kept: Import

    def judged(self, texts: Texts) -> Thought:
        """What it would do. There is no storage to ask."""
        case: Case = Case(
            now=self.now,
            storage=cast("Storage", None),
            texts=texts,
            facts=self.facts,
            person=self.person,
            incoming=self.incoming,
        )
        return judged(case, self.running, self.gathered, self.kept)


def apart(asked: Asked) -> Thought:
    """The same, in another process; waits for it. Raises CalledProcessError, TimeoutExpired."""
    done = subprocess.run(
        (sys.executable, "-m", "handlers.teacher.apart"),
        input=pickle.dumps(asked),
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        timeout=WALL_S,
        check=True,
    )
    thought: Thought = pickle.loads(done.stdout)  # noqa: S301 - from our own process
    return thought


def main() -> None:
    """Judge the table on the standard input."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    from handlers.book import texts

    asked: Asked = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own process
    sys.stdout.buffer.write(pickle.dumps(asked.judged(texts())))


if __name__ == "__main__":
    # Under its own name, so that what is pickled here is known by it there.
    from handlers.teacher.apart import main as run

    run()
