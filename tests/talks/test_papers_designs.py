"""Looks of papers in the chat: tried before they are used; what is broken is refused with the reason."""

from __future__ import annotations

import io

from PIL import Image

from tests.talks.chat import Chat
from tests.talks.papers_scene import published


def picture(width: int, height: int) -> bytes:
    """A plain one."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


async def test_b32_(chat: Chat) -> None:
    there = await published(chat)
    await there.opens()
    olga = there.olga
    await olga.presses("Оформление")
    for m in olga.new:
        print(m.text, m.keyboard, m.attachments and m.attachments[0]["type"])
    await olga.presses("Фон")
    print(olga.last.text, olga.under_input)
    await olga.sends_file("bg.png", b"not a picture")
    for m in olga.new:
        print(m.text, m.keyboard)
    await olga.presses("Попробовать ещё раз")
    await olga.sends_file("bg.png", picture(1240, 1754))
    for m in olga.new:
        print(m.text, m.keyboard, m.attachments and m.attachments[0]["type"])
    await olga.presses("Использовать")
    for m in olga.new:
        print(m.text, m.keyboard)
    await olga.presses("Оформление")
    await olga.presses("Свой шаблон")
    await olga.sends_file("a.typ", "#import \"paper.typ\": *\n#paper.nome".encode())
    for m in olga.new:
        print(m.text, m.keyboard)
    assert 0
