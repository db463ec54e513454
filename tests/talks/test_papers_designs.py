"""Looks of papers in the chat: tried before they are used; what is broken is refused with the reason."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from tests.talks.chat import Chat, Message
from tests.talks.papers_scene import published

REFUSED = "Так не получится, прежнее оформление осталось:\n• "
SIGNERS = "Директор гимназии — Орлова Н. П."


def picture_of(message: Message) -> str:
    """What kind of thing came with it."""
    return message.attachments[0]["type"] if message.attachments else ""


async def test_b32_b34_what_is_broken_is_refused_with_the_reason_and_the_look_in_use_stays(chat: Chat) -> None:
    there = await published(chat, pupils=1)
    olga = there.olga
    await there.opens()
    await olga.presses("Оформление")
    screen, sample = olga.new
    assert screen.text.startswith("Оформление: «Создавай со Scratch»\nСейчас стандартное оформление.")
    assert screen.keyboard == (
        "[Фон] [Логотип] / [Картинка подписи] [Кто подписывает] / [Шапка] [Свой шаблон] / [Документы]"
    )
    assert (sample.text, picture_of(sample)) == ("Так будут выглядеть документы", "photo")

    await olga.presses("Фон")
    await olga.writes("вот")
    olga.sees_in("Нужна картинка PNG или JPG")
    await olga.sends_file("background.png", b"no picture at all")
    assert olga.last.text == f"{REFUSED}Это не PNG и не JPG. Сохраните картинку в одном из этих форматов."
    await olga.presses("Попробовать ещё раз")
    await olga.attaches("doc", title="background.png", ext="png", size=200 * 1024 * 1024)
    assert olga.last.text == f"{REFUSED}Файл слишком большой: можно до 10 МБ."

    await olga.presses("Документы")
    await olga.presses("Оформление")
    await olga.presses("Свой шаблон")
    await olga.sends_file("mine.typ", b'#import "paper.typ": *\n#read("/etc/passwd")')
    assert olga.last.text.startswith(f"{REFUSED}Строка 2: ")
    async with there.made.storage() as storage:
        assert await storage.designs.used(there.made.event.code) is None


async def test_who_signs_is_seen_on_a_sample_and_taken_or_left(chat: Chat) -> None:
    there = await published(chat, pupils=1)
    olga = there.olga
    await there.opens()
    await olga.presses("Оформление")
    await olga.presses("Кто подписывает")
    await olga.writes("Орлова")
    olga.sees_in("Напишите должность и имя через тире")
    await olga.writes(SIGNERS)
    assert (olga.last.text, olga.last.keyboard) == (
        "Так будет выглядеть документ. Использовать?",
        "[Использовать] [Оставить прежнее]",
    )
    assert picture_of(olga.last) == "photo"
    await olga.presses("Использовать")
    olga.sees("Готово. Новые документы будут такими.", "[Оформление] [Документы]")
    await olga.presses("Оформление")
    assert f"Подписывают: {SIGNERS}" in olga.new[0].text
    assert "Для всей программы" not in olga.new[0].keyboard

    async with there.made.storage() as storage:
        await storage.roles.grant(olga.id, RoleKind.ADMIN, None, by=None, at=chat.clock())
    await there.opens()
    await olga.presses("Оформление")
    await olga.presses("Для всей программы")
    assert olga.new[0].text.startswith("Оформление всей программы: действует там, где у мероприятия нет своего\nСейчас")
    await there.opens()
    await olga.presses("Оформление")
    await olga.presses("Вернуть стандартное")
    olga.sees("Своего оформления больше нет, документы снова выглядят стандартно.", "[Оформление] [Документы]")
