"""Tries a design on the hardest papers before anybody's diploma depends on it.

What a template must show is found by changing it: if the picture stays the same, it is not there, or cut off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from bot.contest.papers.content import PaperContent
from bot.documents.papers.designs import Design
from bot.documents.papers.extremes import LETTER, LONGEST, SAMPLES, USUAL, sheet
from bot.documents.papers.fields import REQUIRED, as_json, qr_svg
from bot.documents.papers.mistakes import in_russian
from bot.documents.papers.setting import SettingError, set_sheets

#: Of a template's text; the built-in one has 6,000.
SOURCE_MOST = 100_000
#: A letter goes over to further pages by rule, no other paper does.
_LETTER_PAGES_MOST = 3
#: Enough to see whether a letter has changed.
_PPI = 40
_WALL_S = 30.0
_TOLD_MOST = 5
_FORBIDDEN = (
    (re.compile(r"\b(?:import|include)\b(?!\s*\(?\s*\"/?(?:paper|frame)\.typ\")"),
     "подключить можно только paper.typ и frame.typ"),
    (re.compile(r"\b(?:read|plugin|csv|xml|yaml|toml|cbor)\s*\("), "читать файлы и подключать программы нельзя"),
    (re.compile(r"\bdatetime\s*\.\s*today\b"), "дату печати ставить нельзя: у документа есть paper.place"),
    (re.compile(r"\beval\s*\("), "выполнять текст как программу (eval) нельзя"),
)  # fmt: skip
_LONG = "long "
_COMMENT = re.compile(r"(?<!:)//.*$")
_MISSING = {
    "name": "Не показано имя: поставьте paper.name.",
    "number": "Не показан номер документа: поставьте paper.number.",
    "qr": "Не показан QR-код: поставьте qr(25mm).",
    "groups": "В благодарственном письме не показан список учеников: paper.groups.",
    f"{_LONG}name": "Самое длинное имя видно не целиком: используйте fit(paper.name, …) или уменьшите буквы.",
    f"{_LONG}school": "Самое длинное название школы видно не целиком: уменьшите буквы или дайте ему перенестись.",
}


def problems(design: Design) -> list[str]:
    """What is wrong with it, each with the line and the reason; empty: it may be used.

    Takes a second or two in a child process and blocks: call it from a thread.
    """
    if design.source is not None and (found := _forbidden(design.source)):
        return found
    try:
        return _tried(design)
    except SettingError as error:
        return in_russian(error.told)


def _forbidden(source: str) -> list[str]:
    """What no template needs; the child process has no access to it either."""
    if len(source) > SOURCE_MOST:
        return [f"Шаблон слишком длинный: {len(source)} знаков, можно до {SOURCE_MOST}."]
    found = []
    for number, line in enumerate(source.splitlines(), 1):
        bare = _COMMENT.sub("", line)
        found += [f"Строка {number}: {reason}." for pattern, reason in _FORBIDDEN if pattern.search(bare)]
    return found[:_TOLD_MOST]


def _tried(design: Design) -> list[str]:
    samples = [as_json(sheet(content), design) for _, content in SAMPLES]
    changes = list(_changes(design))
    sheets = [*samples, *(changed for _, _, changed in changes)]
    drawn = list(set_sheets(sheets, design, "png", ppi=_PPI, wall_s=_WALL_S))
    usual = {content: pages for (_, content), pages in zip(SAMPLES, drawn, strict=False)}
    problems = list(_too_long(usual))
    same = [what for (what, of, _), pages in zip(changes, drawn[len(samples) :], strict=True) if usual[of] == pages]
    # Of what is not shown at all it need not be said that its end is missing.
    same = [what for what in same if not what.startswith(_LONG) or what.removeprefix(_LONG) not in same]
    return problems[:_TOLD_MOST] or [_MISSING[what] for what in same]


def _too_long(drawn: Mapping[PaperContent, Sequence[bytes]]) -> Iterator[str]:
    for what, content in SAMPLES:
        pages, most = len(drawn[content]), _LETTER_PAGES_MOST if content is LETTER else 1
        if pages > most:
            pages_most = "одну страницу" if most == 1 else f"{most} страницы"
            yield f"Образец «{what}» занял {pages} стр., а должен помещаться на {pages_most}."


def _changes(design: Design) -> Iterator[tuple[str, PaperContent, str]]:
    """What is changed, in which sample, and that paper after it."""
    others = {"name": "Ли Анна", "number": "ОЧК-2031-П8-9999", "qr": qr_svg("https://vk.me/club1?ref=paper_other")}
    for field in REQUIRED:
        yield field, USUAL, _with(design, USUAL, field, others[field])
    yield "groups", LETTER, _with(design, LETTER, "groups", [])
    for field in ("name", "school"):
        value: str = getattr(LONGEST, field)
        yield f"{_LONG}{field}", LONGEST, _with(design, LONGEST, field, f"{value[:-1]}щ")


def _with(design: Design, content: PaperContent, field: str, value: object) -> str:
    return json.dumps(json.loads(as_json(sheet(content), design)) | {field: value}, ensure_ascii=False)
