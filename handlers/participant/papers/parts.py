"""What this folder adds to the book."""

from __future__ import annotations

from handlers.everyone import paper_check
from handlers.participant.papers import archive, mistakes, own_papers, sheet
from handlers.parts import Parts

PARTS = Parts(
    routes={
        "check_paper": paper_check.check,
        "check_paper_typed": paper_check.check_typed,
        "my_papers": own_papers.my_papers,
        "papers_of": own_papers.papers_of,
        "papers_app": own_papers.papers_app,
        "my_paper": own_papers.my_paper,
        "papers_archive": archive.papers_archive,
        f"thought.{sheet.SHEET}": own_papers.made,
        "mistake": mistakes.mistake,
    },
    talks=(mistakes.MISTAKE,),
    doors=(paper_check.door,),
    phrases=(paper_check.typed, own_papers.typed),
    makers={archive.ARCHIVE: archive.make},
    thinkers={sheet.SHEET: sheet.make},
)
