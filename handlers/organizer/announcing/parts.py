"""What announcements add to the organizer's side."""

from __future__ import annotations

from handlers.organizer.announcing import (
    acting,
    composing,
    drafts,
    listing,
    narrowing,
    report_file,
    reporting,
    scheduling,
    sending,
    standing,
)

ROUTES = {
    "announce": composing.announce,
    "announcements": listing.announcements,
    "announcement": standing.announcement,
    "announcement_as_is": standing.as_is,
    "announcement_text": composing.change_text,
    "announcement_same": composing.to_the_same,
    "announcement_mine": acting.mine,
    "announcement_drop": acting.drop,
    "announcement_whom": narrowing.whom,
    "announcement_narrow": narrowing.narrow,
    "announcement_clear": narrowing.clear,
    "announcement_other": narrowing.other,
    "announcement_send": sending.send,
    "announcement_now": sending.begin_now,
    "announcement_when": scheduling.when,
    "announcement_cancel": sending.cancel,
    "announcement_pause": acting.pause,
    "announcement_resume": acting.resume,
    "announcement_stop": acting.stop,
    "announcement_stop_sure": acting.stop_sure,
    "announcement_recall": acting.recall,
    "announcement_recall_sure": acting.recall_sure,
    "announcement_report": acting.report,
    "announcement_xlsx": report_file.xlsx,
    f"thought.{standing.THINKER}": standing.thought,
    f"thought.{reporting.REPORTER}": reporting.thought_report,
}
TALKS = (composing.COMPOSE, composing.REWRITE, narrowing.NARROWING, narrowing.CHOOSING, scheduling.WHEN)
THINKERS = {standing.THINKER: standing.think, reporting.REPORTER: reporting.think_report}
MAKERS = {report_file.MAKER: report_file.make}
CHORES = (drafts.forget_drafts,)
