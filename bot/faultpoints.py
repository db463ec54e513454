"""Named points at which a test makes the process die, as a power cut would.

`FAULT=name#n` in the environment ends the process (exit code 137, nothing flushed, no handlers run) at the n-th
hit of the point `name`. Without it a point costs one comparison.
"""

from __future__ import annotations

import os
from collections import Counter

#: Every point, in the order in which an update meets them.
POINTS = (
    "inbox.before_commit",
    "inbox.after_commit",
    "step.before_commit",
    "step.after_commit",
    "outbox.before_send",
    "outbox.after_send",
    "outbox.before_mark",
    "outbox.after_mark",
    "job.before_run",
    "job.after_run",
    "job.after_commit",
    "migration.before_commit",
)

_armed, _, _at = os.environ.get("FAULT", "").partition("#")
_hits: Counter[str] = Counter()


def fault_point(name: str) -> None:
    """Die here if a test asked for it."""
    if name != _armed:
        return
    _hits[name] += 1
    if _hits[name] == int(_at or "1"):
        os._exit(137)
