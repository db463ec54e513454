"""Pieces of a work by the rules of its event: which slot each fills, and how they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.contest.event import Submission, WorkKind
from bot.contest.event.works import FileRule, LinkRule
from bot.contest.refusal import Refusal
from bot.contest.work_links import read_link
from bot.contest.work_pieces import Counted, Held, Slot, lacking, room
from bot.contest.work_pieces import is_whole as _is_whole
from bot.talk.texts import Trusted
from handlers.kinds import Desk
from storage.works import WorkPiece

#: The messenger's word for an attachment, by the event's.
KINDS = {
    WorkKind.PHOTO: "photo",
    WorkKind.VIDEO: "video",
    WorkKind.AUDIO: "audio",
    WorkKind.DOCUMENT: "doc",
}
#: What an attachment's id begins with: «photo» in «photo-1_2».
KIND = re.compile(r"[a-z_]+(?=-?\d)")
_SLIDES = frozenset(("pptx", "ppt", "odp", "pdf"))


def is_joined(submission: Submission) -> bool:
    """Whether a work may consist of several pieces: what comes later joins the earlier ones then."""
    return submission.pieces.most > 1 and sum(slot.most for slot in slots(submission)) > 1


def slots(submission: Submission) -> list[Slot]:
    """One for each rule: links first, as in the event's file."""
    return [Slot(code, rule.count.least, rule.count.most) for code, rule in _rules(submission).items()]


def rule_of(kind: str, extension: str, submission: Submission) -> FileRule | None:
    """The rule for such a file, the one that takes its extension first; texts and sounds may come as documents too."""
    kinds = [one for one, word in KINDS.items() if word == kind]
    if kind == "doc":
        kinds += [WorkKind.TEXT, WorkKind.AUDIO]
    fitting = [rule for rule in submission.files if rule.kind in kinds]
    return next((rule for rule in fitting if extension in rule.extensions), fitting[0] if fitting else None)


def held(submission: Submission, pieces: Iterable[WorkPiece]) -> list[Held]:
    """The pieces of a work, each with the slot that it fills."""
    return [
        link_held(submission, one.url) if one.url else file_held(submission, one.attachment or "", one.name)
        for one in pieces
    ]


def link_held(submission: Submission, url: str) -> Held:
    """A link as a piece: of the first rule whose sites it leads to."""
    codes = [
        code
        for code, rule in _rules(submission).items()
        if isinstance(rule, LinkRule) and not isinstance(read_link(url, rule.hosts), Refusal)
    ]
    return Held(url, codes[0] if codes else None)


def file_held(submission: Submission, attachment: str, name: str) -> Held:
    """A file as a piece; `attachment`: «doc1_2», as the messenger resends it."""
    rule = rule_of(_kind(attachment), name.rpartition(".")[2].lower(), submission)
    codes = [code for code, one in _rules(submission).items() if one is rule]
    return Held(attachment or name, codes[0] if codes else None)


def is_whole(submission: Submission, pieces: Sequence[WorkPiece]) -> bool:
    """Whether all that must be handed in is there; a work of one piece always is."""
    if not is_joined(submission):
        return True
    return _is_whole(held(submission, pieces), slots(submission), submission.pieces.least)


def has_room(submission: Submission, pieces: Sequence[WorkPiece]) -> bool:
    """Whether something may join these pieces without replacing any."""
    return bool(pieces) and bool(room(held(submission, pieces), slots(submission), submission.pieces.most))


def state(desk: Desk, submission: Submission, pieces: Sequence[WorkPiece]) -> str:
    """«Есть: видео. Ещё нужно: фото. Можно добавить: документ (pdf, pptx)»."""
    here, all_slots = held(submission, pieces), slots(submission)
    counted = [Counted(slot, sum(one.slot == slot.code for one in here)) for slot in all_slots]
    have = [called(desk, submission, one) for one in counted if one.count]
    other = sum(one.slot is None for one in here)
    have += [desk.say("part_other", count=other)] if other else []
    lacks = lacking(here, all_slots)
    due = {one.slot.code: one.count for one in lacks}
    more = [
        Counted(one.slot, one.count - due.get(one.slot.code, 0))
        for one in room(here, all_slots, submission.pieces.most)
    ]
    parts = (("parts_have", have), ("parts_need", [_added(desk, submission, one) for one in lacks]))
    told = [desk.say(key, what=Trusted(", ".join(words))) for key, words in parts if words]
    missing = max(submission.pieces.least - len(here) - sum(one.count for one in lacks), 0)
    told += [desk.say("parts_more", count=missing)] if missing else []
    may = [_added(desk, submission, one) for one in more if one.count > 0]
    told += [desk.say("parts_may", what=Trusted(", ".join(may)))] if may else []
    return " ".join(told)


def called(desk: Desk, submission: Submission, counted: Counted) -> str:
    """«видео», «документ (2)»."""
    word = desk.say(f"part.{_word(_rules(submission)[counted.slot.code])}")
    return word if counted.count == 1 else desk.say("sent_several", what=word, count=counted.count)


def named(desk: Desk, submission: Submission, found: Sequence[Held]) -> str:
    """The kinds of these pieces: «видео, фото (2)»."""
    counts = [Counted(slot, sum(one.slot == slot.code for one in found)) for slot in slots(submission)]
    return ", ".join(called(desk, submission, one) for one in counts if one.count)


def _added(desk: Desk, submission: Submission, counted: Counted) -> str:
    """«презентацию (pdf, pptx)», «фото (ещё 2)»: what is to be sent."""
    rule = _rules(submission)[counted.slot.code]
    word = desk.say(f"part_add.{_word(rule)}")
    extensions = ", ".join(rule.extensions) if isinstance(rule, FileRule) and rule.kind is WorkKind.DOCUMENT else ""
    limits = [extensions] if extensions else []
    limits += [desk.say("part_up_to", count=counted.count)] if counted.count > 1 else []
    return f"{word} ({'; '.join(limits)})" if limits else word


def _word(rule: LinkRule | FileRule) -> str:
    if isinstance(rule, FileRule) and rule.kind is WorkKind.DOCUMENT:
        named_slides = "pptx" in rule.extensions and _SLIDES.issuperset(rule.extensions)
        return "slides" if named_slides else "document"
    if isinstance(rule, FileRule) and rule.kind is WorkKind.VIDEO:
        return "video_file"
    return str(rule.kind.value)


def _rules(submission: Submission) -> dict[str, LinkRule | FileRule]:
    links = {f"link{number}": rule for number, rule in enumerate(submission.links)}
    files = {f"file{number}": rule for number, rule in enumerate(submission.files)}
    return {**links, **files}


def _kind(attachment: str) -> str:
    found = KIND.match(attachment)
    return found[0] if found else "doc"
