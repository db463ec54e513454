"""Work in a process of its own: it takes no processor time and no memory from those who wait for an answer.

What the process is told of our surroundings is little: no token of ours is its business.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

#: The folder from which a child finds our packages.
ROOT = Path(__file__).parents[1]
#: On a busy machine those who wait for an answer come first.
NICE = 10
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP")
Asked = TypeVar("Asked")
Made = TypeVar("Made")


def surroundings() -> dict[str, str]:
    """The environment of a child."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def made_apart(work: Callable[[Asked], Made], asked: Asked, *, wall_s: float) -> Made:
    """`work(asked)`, done by another process; waits for it.

    `work` is a function of a module: it goes by its name. What goes in and comes out are pickles of ours, nobody
    else's bytes come near them. Raises CalledProcessError (it died or raised), TimeoutExpired.
    """
    done = subprocess.run(
        (sys.executable, "-m", "bot.apart"),
        input=pickle.dumps((work, asked)),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=surroundings(),
        timeout=wall_s,
        check=True,
    )
    made: Made = pickle.loads(done.stdout)  # noqa: S301 - from our own process
    return made


def main() -> None:
    """Do what the standard input asks for."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    gc.disable()  # while everything is imported
    work, asked = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own process
    gc.freeze()
    gc.enable()
    sys.stdout.buffer.write(pickle.dumps(work(asked)))


if __name__ == "__main__":
    main()
