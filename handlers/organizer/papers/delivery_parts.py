"""What issuing, delivery and looks of papers add to the book."""

from __future__ import annotations

from handlers.organizer.papers import considering, delivering, designing, issuing, overview, previewing
from handlers.parts import Parts

PARTS = Parts(
    routes={
        "papers": overview.papers,
        f"thought.{considering.SCREEN}": overview.thought,
        "papers_issue": issuing.issue,
        "papers_issue_yes": issuing.issue_yes,
        "papers_go_on": issuing.go_on,
        "papers_samples": previewing.show_samples,
        "papers_print": previewing.print_papers,
        "looks": designing.looks,
        "look": designing.change,
        "look_use": designing.use,
        "look_keep": designing.keep,
        "look_reset": designing.reset,
        f"job.{designing.TRY}": designing.tried,
        f"job.{issuing.ISSUE}": delivering.issued,
        f"job.{issuing.DELIVER}": delivering.delivered,
    },
    talks=(designing.LOOK,),
    chores=(delivering.follow,),
    thinkers={considering.SCREEN: considering.consider},
    makers={previewing.SAMPLE: previewing.make_sample, previewing.PRINT: previewing.make_print},
)
