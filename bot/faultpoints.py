"""Named points at which a test makes the process die, as a power cut would.

`FAULT=name#n` in the environment ends the process (exit code 137, nothing flushed, no handlers run) at the n-th
hit of the point `name`. Without it a point costs one comparison.
"""

from __future__ import annotations

import os

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
    "mailing.before_commit",
    "mailing.after_commit",
    "papers.after_issue",
    "papers.after_draw",
    "papers.after_upload",
    "papers.after_mark",
    "restoring.before_commit",
    "restoring.after_commit",
    "migration.statement",
    "migration.before_commit",
)
#: What a shell reports of a process that was killed with SIGKILL.
DIED = 137

_armed = ""
_left = 0


def arm(fault: str) -> None:
    """Die at `name#n`; an empty text disarms."""
    global _armed, _left  # noqa: PLW0603 - one fault a process, and a point must cost next to nothing
    _armed, _, nth = fault.partition("#")
    _left = int(nth or "1")


def fault_point(name: str) -> None:
    """Die here if a test asked for it."""
    if name != _armed:
        return
    global _left  # noqa: PLW0603 - as above
    _left -= 1
    if _left == 0:
        os._exit(DIED)


arm(os.environ.get("FAULT", ""))
