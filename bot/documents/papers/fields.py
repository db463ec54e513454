"""The fields that a template may use; docs/paper-templates.md lists them as they stand here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import segno

from bot.contest.papers.content import PaperContent, PaperKind
from bot.documents.papers.designs import Design
from bot.documents.papers.pictures import name_of, shape_of

#: What each field of `paper` is, with an example. A template must show the first three.
FIELDS: Mapping[str, tuple[str, str]] = {
    "name": ("кому: имя, название команды или обращение", "Соколова Вера Ильинична"),
    "number": ("номер документа", "ОЧК-2026-У5-0147"),
    "qr": ("QR-код для проверки; ставится командой qr(25mm)", ""),
    "kind": ("вид: diploma, honour, certificate, team_diploma, thanks, juror, speaker, listener", "diploma"),
    "heading": ("шапка: название программы или ваш текст", "Программа «Образование через коммуникацию»"),
    "event": ("событие", "Открытый межрегиональный конкурс чтецов «Мамочка моя!»"),
    "title": ("название документа", "Диплом"),
    "award": ("награда", "I степени"),
    "lead": ("слова перед именем", "награждается"),
    "who": ("класс, группа; в письме — имя педагога", "обучающаяся 3Б класса"),
    "school": ("организация и муниципалитет", "МБОУ «Богашевская СОШ им. А.И. Фёдорова», Томский район"),
    "text": ("слова после имени", "приняла участие в финале"),
    "nomination": ("номинация", "номинация «Поэзия»"),
    "topic": ("тема проекта", "проект «Умный дом»"),
    "result": ("итог команды в сертификате её участника", "результат: Диплом I степени"),
    "supervisors": ("руководители, список", "руководитель: Петрова Анна Ивановна"),
    "people": ("состав команды, список имён", "Соколова Вера Ильинична"),
    "groups": ("в письме: список из heading (исход) и people (имена)", "Победители: Соколова Вера, 3Б класс"),
    "organiser": ("кто проводит", "МБОУ «Богашевская СОШ им. А.И. Фёдорова»"),
    "basis": ("основание", "Протокол жюри № 3 от 12.05.2026"),
    "place": ("место и год", "Томск, 2026"),
    "mark": ("отметка об исправлении", "Выдан взамен документа от 12.05.2026, исправлен 20.05.2026"),
    "check": ("ссылка, которая зашита в QR-код", "https://vk.me/club1?ref=paper_x"),
    "signatures": ("подписи, список из post (должность), name (имя), picture", "Директор — Орлова Н. П."),
    "logo": ("есть ли логотип; ставится командой logo(20mm)", ""),
    "background": ("есть ли фон; ставится командой background()", ""),
    "frame": ("рамка этого вида документов; ставится командой frame()", ""),
    "landscape": ("альбомный лист: true или false", "false"),
}
#: A template that shows none of these is of no use.
REQUIRED = ("name", "number", "qr")
_AWARDS = (PaperKind.DIPLOMA, PaperKind.TEAM_DIPLOMA, PaperKind.HONOUR)
#: Any mask can be read; looking for the best one takes longer than setting the words.
_MASK = 3
#: Words that are read with the next one.
_SHORT = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,2}|им\.|[гсп]\.|№) ")
_DARK = re.compile(b"\x01+")
#: These look better across the sheet.
_ACROSS = (PaperKind.CERTIFICATE, PaperKind.JUROR, PaperKind.SPEAKER, PaperKind.LISTENER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A paper that is to be drawn."""

    content: PaperContent
    number: str
    #: Where the QR code leads.
    check_url: str
    #: Of a corrected paper; see `bot.contest.papers.wording.reissue_mark`.
    mark: str = ""


def as_json(sheet: Sheet, design: Design) -> str:
    """What a template gets: every field of `FIELDS`, empty where there is nothing."""
    content = sheet.content
    across = is_landscape(design, content.kind)
    lead = design.lead if design.lead is not None and content.kind in _AWARDS else content.lead
    values = {
        "name": content.name,
        "number": sheet.number,
        "qr": qr_svg(sheet.check_url),
        "kind": content.kind.value,
        "heading": _whole(content.programme if design.heading is None else design.heading),
        "event": _whole(content.event),
        "title": content.title,
        "award": content.award,
        "lead": lead,
        "who": content.who,
        "school": _whole(content.school),
        "text": _whole(content.text),
        "nomination": _whole(content.nomination),
        "topic": _whole(content.topic),
        "result": f"результат: {content.result}" if content.result else "",
        "supervisors": list(content.supervisors),
        "people": list(content.people),
        "groups": [{"heading": one.heading, "people": list(one.people)} for one in content.groups],
        "organiser": _whole(content.organiser),
        "basis": _whole(content.basis),
        "place": _place(design, content),
        "mark": sheet.mark,
        "check": sheet.check_url,
        "signatures": _signatures(design),
        "logo": name_of("logo", design.logo),
        "background": name_of("background", design.background),
        "frame": f"frame-{content.kind}-{'across' if across else 'upright'}.pdf",
        "landscape": across,
    }
    return json.dumps(values, ensure_ascii=False)


def is_landscape(design: Design, kind: PaperKind) -> bool:
    """Which way the sheet lies: as the organizer has said, as the background is, or as suits the kind."""
    if design.landscape is not None:
        return design.landscape
    if design.background is not None:
        width, height = shape_of(design.background)
        return width > height
    return kind in _ACROSS


def qr_svg(url: str) -> str:
    """The code as a drawing, a stroke for each run of dark squares; a lost tenth of it still reads."""
    code = segno.make(url, error="m", micro=False, mask=_MASK)
    strokes = (
        f"M{run.start()} {row}h{len(run[0])}v1h-{len(run[0])}z"
        for row, squares in enumerate(code.matrix)
        for run in _DARK.finditer(bytes(squares))
    )
    side = len(code.matrix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}">'
        f'<path d="{"".join(strokes)}"/></svg>'
    )


def _whole(words: str) -> str:
    """With what keeps lines from ending with «с», «на», «№», «г.»."""
    return _SHORT.sub("\\1\u00a0", words)


def _place(design: Design, content: PaperContent) -> str:
    """«Богашево, 2026»: the year is the paper's own."""
    return content.place if design.town is None else f"{design.town}, {content.place.rpartition(', ')[2]}"


def _signatures(design: Design) -> list[dict[str, str]]:
    """Who signs; without anybody, a line for the head of the committee."""
    if not design.signatures:
        return [{"post": "Председатель оргкомитета", "name": "", "picture": ""}]
    return [
        {"post": _whole(one.post), "name": one.name, "picture": name_of(f"signature-{place}", one.picture)}
        for place, one in enumerate(design.signatures, 1)
    ]
