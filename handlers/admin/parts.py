"""The administrator's side of the running bot."""

from __future__ import annotations

from handlers.admin import alarms, restored
from handlers.parts import Parts

PARTS = Parts(
    routes={
        "restored": restored.restored,
        "restored_list": restored.restored_list,
        "restored_confirm": restored.restored_confirm,
    },
    chores=(restored.tell_of_copy, restored.forget_old, alarms.tell_of_alarms),
)
