"""Checking a paper: anybody may, by its number or its QR code, and learns whether it holds and nothing more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.talks.chat import Chat
from tests.talks.register_scene import TOOK_PART, WINNER, published


async def test_anybody_learns_whether_a_paper_holds_and_b22_nothing_more(chat: Chat) -> None:
    made = await published(chat, {"Соколова Вера Ильинична": WINNER, "Белов Артём": TOOK_PART})
    diploma, certificate, _ = await made.papers()
    unknown = (
        f"Такого документа в реестре нет. Проверьте номер: он внизу листа и выглядит так: ОЧК-{chat.clock():%Y}-У5-0147"
    )
    stranger = await chat.person("Пётр", "Чужой")
    await stranger.starts(f"paper_{diploma.code}")
    day = f"{chat.clock():%d.%m.%Y}"
    holds = (
        f"✅ {diploma.number} — документ действителен.\nЧто: диплом\nСобытие: Создавай со Scratch\nКому: С. В. И.\n"
        f"Выдан: {day}"
    )
    stranger.sees(holds, "[Проверить другой] / [В меню]".replace("] / [", "] ["))
    await stranger.writes("Проверить диплом?")
    stranger.sees(
        f"Напишите номер документа, он внизу листа. Например: ОЧК-{chat.clock():%Y}-У5-0147\n"
        "Можно и навести камеру на QR-код.",
        "[В меню]",
    )
    for wrong in ("147", f"ОЧК-{made.event.year}-У9-9999"):
        await stranger.writes(wrong)
        stranger.sees(unknown, "[Проверить другой] [В меню]")
        await stranger.presses("Проверить другой")
    await stranger.writes(diploma.number)
    stranger.sees(holds)
    for typed in (diploma.number.lower().replace("-", " "), f"проверить документ № {diploma.number}"):
        await stranger.writes(typed)
        stranger.sees(holds)
    for typed in ("ОЧК-2026", "проверить диплом 5", f"очк {made.event.year} у9 9999"):
        await stranger.writes(typed)
        stranger.sees(unknown)
    await stranger.starts(f"paper_{'A' * 22}")
    stranger.sees(unknown)
    await stranger.writes("спасибо")
    stranger.sees_in("Не понял вас.")

    async with made.storage() as storage:
        assert diploma.content is not None
        right = replace(diploma.content, name="Соколова Вероника Ильинична")
        again = chat.clock() + timedelta(days=2)
        await storage.papers.reissue(diploma.id, right, reason="исправлено: имя", by=made.organizer.id, at=again)
        await storage.papers.withdraw(certificate.id, reason="плагиат Белова", at=again, replaced_by=diploma.id)
    await stranger.writes(diploma.number)
    stranger.sees(f"{holds}\nПеревыпущен {again:%d.%m.%Y} с исправлением: действует версия 2, прежняя заменена.")
    await stranger.writes(certificate.number)
    stranger.sees(
        f"⛔ {certificate.number} — документ отозван {again:%d.%m.%Y}.\nЧто: сертификат участника\n"
        f"Событие: Создавай со Scratch\nКому: Б. А.\nБыл выдан: {day}\nВместо него действует документ {diploma.number}."
    )

    async with made.storage() as storage:
        assert diploma.application_id is not None
        await storage.forgetting.application(diploma.application_id, at=chat.clock())
        for _ in range(20):
            await storage.incidents.add(made.organizer.id, "paper_check", "", at=chat.clock())
    await stranger.writes(diploma.number)
    stranger.sees_in("документ действителен", "Событие: Создавай со Scratch\nВыдан")
    olga = made.organizer
    await olga.writes(certificate.number)
    olga.sees_in("Слишком много номеров подряд.")
    await olga.writes(f"ОЧК-{made.event.year}-У9-9999")
    olga.sees_in("Слишком много номеров подряд.")
    await olga.starts(f"paper_{certificate.code}")
    olga.sees_in("документ отозван")
    await chat.passes(timedelta(minutes=11))
    await olga.writes(certificate.number)
    olga.sees_in("документ отозван")
