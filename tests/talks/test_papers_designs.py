"""Looks of papers in the chat: tried before they are used; what is broken is refused with the reason."""

from __future__ import annotations

import io

from PIL import Image

from bot.contest.authorize import RoleKind
from handlers.organizer.papers.looks import resigned, signatures
from storage.designs import Look
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
        "[Фон] [Логотип] / [Картинка подписи] [Кто подписывает] / [Шапка] [Место] / [Свой шаблон] / [Документы]"
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


async def test_each_of_several_signs_with_their_own_picture(chat: Chat) -> None:
    there = await published(chat, pupils=1)
    olga, code = there.olga, there.made.event.code
    texts = {"signers": f"{SIGNERS}\nКоординатор — Лаптев Е. И.", "town": "Богашево"}
    async with there.made.storage() as storage:
        kept = await storage.designs.propose(code, Look(texts=texts), by=olga.id, at=chat.clock())
        await storage.designs.accept(kept.id, by=olga.id, at=chat.clock())
    await there.opens()
    await olga.presses("Оформление")
    assert "Место: Богашево" in olga.new[0].text
    await olga.presses("Картинка подписи")
    olga.sees("Чья это подпись?", "[Орлова Н. П.] / [Лаптев Е. И.] / [Назад] [Отмена]")
    await olga.presses("Лаптев Е. И.")
    out = io.BytesIO()
    Image.new("RGB", (300, 100), "white").save(out, "PNG")
    await olga.sends_file("signature.png", out.getvalue())
    await olga.presses("Использовать")
    async with there.made.storage() as storage:
        look = await storage.designs.for_event(code)
    assert (dict(look.texts), list(look.pictures)) == (texts, ["signature_2"])


def test_nobodys_signature_stays_beside_another_name() -> None:
    two = Look(
        texts={"signers": f"{SIGNERS}\nКоординатор — Лаптев Е. И."}, pictures={"logo": b"l", "signature_2": b"s"}
    )
    assert [one.picture for one in signatures(two)] == [None, b"s"]
    for written, pictures in (
        ("Завуч — Кедрова З. Л.\nКоординатор — Лаптев Е. И.", ["logo", "signature_2"]),
        (f"{SIGNERS}\nКоординатор — Кедрова З. Л.", ["logo"]),
        (SIGNERS, ["logo"]),
    ):
        assert list(resigned(two, written).pictures) == pictures
    alone = Look(pictures={"signature": b"s"})
    assert resigned(alone, SIGNERS).pictures == {"signature": b"s"}
