"""Reminders by rules: what is due by the clock, a juror's answer, and the organizers' pages (added to theirs)."""

from __future__ import annotations

from handlers.parts import Parts
from handlers.reminding import jury, sending, silent

PARTS = Parts(routes={"jury_nod": jury.jury_nod}, chores=(sending.send_due, silent.tell_of_silent))
