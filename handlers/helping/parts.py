"""What this folder adds to the book; the routes of organizers stand among theirs."""

from __future__ import annotations

from handlers.helping import acting, answering, calling, chores, passing, queue, ready, ready_keeping, ready_writing
from handlers.parts import Parts

#: Routes of the organizer's side.
ROUTES = {
    "questions": queue.questions,
    "question": queue.question,
    "help_answer": answering.answer,
    "help_take": acting.take,
    "help_pass": passing.pass_on,
    "help_pass_to": passing.pass_to,
    "help_close": acting.close,
    "release_person": acting.release_person,
    "help_ready": ready.choose,
    "help_ready_one": ready.preview,
    "help_ready_send": ready.send,
    "help_ready_edit": ready.alter,
    "ready": ready_keeping.ready,
    "ready_one": ready_keeping.ready_one,
    "ready_add": ready_writing.ready_add,
    "ready_change": ready_writing.ready_change,
    "ready_drop": ready_keeping.ready_drop,
    "ready_drop_sure": ready_keeping.ready_drop_sure,
}
PARTS = Parts(
    routes={"release": calling.release, "help_thanks": calling.thanks},
    talks=(answering.ANSWER, *ready_writing.TALKS),
    phrases=(queue.typed, ready_keeping.typed),
    chores=(chores.pass_words_on, chores.end_silence, chores.remind_of_waiting),
)
