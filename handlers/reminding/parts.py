"""Reminders by rules: what is due by the clock, a juror's answer, and the organizers' pages (added to theirs)."""

from __future__ import annotations

from handlers.parts import Parts
from handlers.reminding import jury, moved, sending, silent

#: Of a moved deadline people hear before they would be reminded of it.
CHORES = (moved.tell_of_moved, sending.send_due, silent.tell_of_silent)
PARTS = Parts(routes={"jury_nod": jury.jury_nod}, chores=CHORES)
