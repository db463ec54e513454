"""What a host school adds to the book."""

from __future__ import annotations

from handlers.host import desk, invitation, picking, reminding, sheet, trials, trials_sheet, writing
from handlers.parts import Parts

PARTS = Parts(
    routes={
        "host": desk.host,
        "hosted": desk.hosted,
        "host_pick": picking.pick,
        "host_tick": picking.toggle,
        "host_people": picking.people,
        "host_person": picking.person,
        "host_override": picking.let_through,
        "host_write": writing.write,
        "host_confirm": writing.ask_confirm,
        "host_confirm_yes": writing.confirm_yes,
        "host_file": sheet.file,
        "host_upload": sheet.upload,
        "trials": trials.trials,
        "trial": trials.trial,
        "trial_enter": trials.enter,
        "trial_fix": trials.fix,
        "trial_table": trials.table,
        "trial_file": trials_sheet.file,
        "trial_upload": trials_sheet.upload,
    },
    talks=(picking.TALK, writing.PROTOCOL, *sheet.TALKS, *trials.TALKS, *trials_sheet.TALKS),
    doors=(invitation.door,),
    phrases=(invitation.typed_code,),
    chores=(reminding.remind_hosts,),
    makers={sheet.MAKER: sheet.make, trials_sheet.MAKER: trials_sheet.make},
    readers={sheet.READER: sheet.read, trials_sheet.READER: trials_sheet.read},
)
