"""Issuing and delivery: counted, confirmed once, each paper to whose it is, what reached nobody named."""

from __future__ import annotations

from tests.talks.chat import Chat
from tests.talks.papers_scene import published


async def test_papers_are_counted_issued_once_and_reach_everybody(chat: Chat) -> None:
    there = await published(chat)
    await there.opens()
    print(there.olga.last.text, there.olga.last.keyboard)
    await there.olga.presses("Выдать и отправить")
    print(there.olga.last.text, there.olga.last.keyboard)
    await there.olga.presses("Выдать и отправить")
    await there.delivered()
    for p in (there.olga, there.nina, there.oleg, there.egor):
        print("-----")
        for m in p.new[-3:]:
            print(m.text, m.keyboard, m.edited, [a["doc"]["title"] for a in m.attachments])
    assert 0
