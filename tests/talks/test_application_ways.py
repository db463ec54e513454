"""Ways through an application: back, out and in again; typed instead of pressed; old, doubled, forged buttons."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

from tests.talks.chat import Chat, Person, chat_with_sandbox
from tests.talks.scenes import apply_as_teacher, in_april, open_application, send
from tests.talks.test_application_refusals import WAY, at_question

NAME = "1 из 6 · Фамилия, имя и отчество участника, как в дипломе. Отчества нет — напишите только фамилию и имя."
GRADE = "2 из 6 · Класс? Например: 3Б"
OFFER = "У вас не закончено: заявка на «Создавай со Scratch»: Соколова Вера, осталось 4 вопроса."


async def test_back_goes_to_the_question_before_and_forgets_its_answer(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 5)
    nina.sees(GRADE)
    await nina.writes("назад")
    nina.sees(NAME)
    await nina.presses("Назад")
    nina.sees_in("Что решили родители?")
    await nina.presses("Назад")
    await nina.presses("Назад")
    nina.sees_in("Кто подаёт заявку?")
    await nina.presses("Назад")
    assert len(nina.new) == 1
    nina.sees_in("Создавай со Scratch · II открытый конкурс")


async def test_cancel_forgets_the_application_and_help_does_not(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 5)
    await nina.writes("помощь")
    nina.sees_in("«Мероприятия» — что идёт сейчас")
    await nina.writes("3Б")
    nina.sees_in("3 из 6 · Школа")
    await nina.writes("Отмена")
    assert nina.new[0].text == "Отменено, заявку не отправил и ответы удалил."
    nina.sees_in("Создавай со Scratch · II открытый конкурс")
    await nina.writes("привет")
    nina.sees_in("Не понял вас.")


async def test_a_draft_waits_in_the_menu_and_may_be_resumed_restarted_or_dropped(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 7)
    await nina.writes("меню")
    nina.sees("Что сделаем?")
    await nina.writes("привет")
    nina.sees(OFFER, "[Продолжить] / [Начать заново] [Удалить]")
    await nina.writes("продолжить")
    nina.sees_in("3 из 6 · Школа")
    await nina.starts("scratch")
    await nina.presses("Подать заявку")
    nina.sees(OFFER)
    await nina.presses("Начать заново")
    nina.sees_in("Кто подаёт заявку?")
    await nina.presses("Педагог")
    await nina.presses("Меню")
    await nina.writes("?")
    nina.sees_in("У вас не закончено: заявка на «Создавай со Scratch», осталось 6 вопросов.")
    await nina.presses("Удалить")
    nina.sees("Удалено. Можно начать сначала в любой момент.")
    await nina.writes("?")
    nina.sees_in("Не понял вас.")


async def test_a_draft_outlives_two_restarts_of_the_bot(tmp_path: Path) -> None:
    async with chat_with_sandbox() as chat:
        async with chat.runs(tmp_path / "bot.db"):
            await in_april(chat)
            nina = await at_question(chat, 7)
        async with chat.runs(tmp_path / "bot.db"):
            pass
        chat.moves_on(timedelta(days=3))
        async with chat.runs(tmp_path / "bot.db"):
            await nina.writes("г13")
            nina.sees_in("МАОУ гимназия № 13 г. Томска?")
            await nina.presses("Меню")
            await nina.writes("привет")
            nina.sees_in("осталось 3 вопроса")
            await nina.presses("Продолжить")
            for answer in WAY[8:]:
                await nina.writes(answer)
            assert await send(nina) == "СК-2026-0001"


async def test_typing_a_label_or_a_number_does_what_pressing_does(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts("scratch")
    await nina.writes("1")
    await nina.writes("ПЕДАГОГ")
    await nina.writes("2")
    await nina.writes("2")
    await nina.writes("соколова вера ильинична")
    nina.sees_in("Соколова Вера Ильинична. Верно?")
    await nina.writes("да")
    await nina.writes("3б")
    await nina.writes("г13")
    await nina.writes("1")
    await nina.writes("без руководителя")
    await nina.writes("пропустить")
    await nina.writes("3")
    nina.sees_in("номинация «Оригинальная игра»")
    await nina.writes("отправить")
    nina.sees_in("СК-2026-0001")


async def test_a_word_finds_the_choices_that_contain_it(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 11)
    await nina.writes("шахматы")
    nina.sees_in("Нажмите, пожалуйста, кнопку с номинацией.")
    await nina.writes("игра")
    assert nina.last.keyboard == (
        "[Обучающая игра] / [Игра по существующему сюжету] / [Оригинальная игра] / [Назад] [Отмена]"
    )
    await nina.writes("сюжет")
    nina.sees_in("номинация «Игра по существующему сюжету»")


async def test_a_correction_asks_one_question_and_keeps_the_rest(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, len(WAY))
    await nina.presses("Исправить")
    nina.sees(
        "Что исправить?",
        "[Имя] [Класс] / [Школа] [Руководитель] / [Контакт] [Номинация] / [Назад] [Отмена]",
    )
    await nina.presses("Школа")
    nina.sees("Школа, сад или кружок? Можно коротко: «г13», «факел», «богашево».")
    await nina.presses("Назад")
    nina.sees("Что исправить?")
    await nina.presses("Назад")
    nina.sees_in("Проверьте, так будет в дипломе:")
    await nina.presses("Исправить")
    await nina.presses("Класс")
    await nina.writes("12")
    nina.sees_in("12 класса нет")
    await nina.writes("8Г")
    nina.sees_in("Соколова Вера, 8Г класс", "номинация «Обучающая игра»")
    await nina.presses("Исправить")
    await nina.presses("Школа")
    await nina.writes("асино")
    await nina.presses("СОШ № 4 г. Асино")
    nina.sees_in("Соколова Вера, 8Г класс\nСОШ № 4 г. Асино\n")
    await send(nina)


async def test_b19_a_button_of_an_earlier_question_is_old_and_the_current_one_is_shown(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 3)
    roles = next(message for message in nina.all if message.text == "Кто подаёт заявку?")
    await nina.writes("Соколова Вера Ильинична")
    await nina._act("press", {"cmid": roles.cmid, "row": 1, "column": 0})
    assert [message.text for message in nina.new] == ["Эта кнопка устарела. Вот что актуально сейчас.", GRADE]
    await nina.writes("3Б")
    nina.sees_in("3 из 6 · Школа")


async def test_b20_a_double_tap_sends_one_application(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, len(WAY))
    review = nina.last
    chat.hasty = True
    press = {"cmid": review.cmid, "row": 0, "column": 0}
    await asyncio.gather(*(chat.control(f"people/{nina.id}/press", press) for _ in range(4)))
    await chat.settled()
    await nina.looks()
    assert [message.text[:19] for message in nina.all if message.cmid > review.cmid] == ["Заявка СК-2026-0001"]
    chat.hasty = False
    await nina.presses("Мои заявки")
    nina.sees_in("Ваши заявки (1):")


async def test_b17_a_forged_payload_does_nothing_and_many_are_not_answered(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 5)
    for payload in (
        {"cmd": "approve", "id": 7},
        {"g": "application:1", "k": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"g": "withdraw_sure:1"},
        {"v": 10_000, "n": 0},
        [1, 2],
    ):
        await nina.writes("кнопка", payload=payload)
        nina.sees("Это действие вам недоступно.")
    for ignored in ({"v": 1, "n": -1}, "menu"):
        await nina.writes("кнопка", payload=ignored)
        assert nina.new == []
    await nina.writes("3Б")
    nina.sees_in("3 из 6 · Школа")


async def test_b38_words_in_a_group_chat_move_nobody_and_tell_nothing(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 5)
    before = len(nina.all)
    for word in ("3Б", "Мои заявки", "/help"):
        await chat.control(f"people/{nina.id}/write", {"text": word, "peer_id": 2_000_000_001})
        await chat.settled()
    await nina.looks()
    assert len(nina.all) == before
    await nina.writes("3Б")
    nina.sees_in("3 из 6 · Школа")


async def test_b18_a_button_of_another_person_does_nothing(chat: Chat) -> None:
    await in_april(chat)
    nina, mallory = await chat.person("Нина", "Орлова"), await chat.person("Мэл", "Громов")
    number = await apply_as_teacher(nina)
    await open_application(nina, number)
    await nina.presses("Отозвать")
    stolen = _payload(nina, "Да, отозвать")
    await mallory.starts()
    await mallory.writes("Да, отозвать", payload=stolen)
    mallory.sees("Это действие вам недоступно.")
    await nina.presses("Да, отозвать")
    nina.sees("Заявка СК-2026-0001 отозвана.")


async def test_f38_an_application_is_judged_by_the_date_of_its_last_word(chat: Chat) -> None:
    event = await in_april(chat)
    for late_s, name, answer in (
        (-1, "Осипова Мила Игоревна", "Заявка СК-2026-0001 отправлена."),
        (0, "Белов Артём Олегович", "Заявка СК-2026-0002 отправлена."),
        (1, "Громов Лев Олегович", "Приём заявок на «Создавай со Scratch» закончился"),
    ):
        nina = await at_question(chat, 3)
        for word in (name, *WAY[5:]):
            await nina.writes(word)
        await nina.writes("Отправить", date=int(event.closes_at.timestamp()) + late_s)
        nina.sees_in(answer)
    nina.sees_in("30 апреля, 23:59 (томское время, UTC+7)")
    await nina.presses("Мероприятия")
    nina.sees_in("Создавай со Scratch")


async def test_after_the_deadline_nobody_begins(chat: Chat) -> None:
    event = await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts("scratch")
    chat.moves_on(event.closes_at - chat.clock() + timedelta(seconds=2))
    await nina.presses("Подать заявку")
    nina.sees(
        "Приём заявок на «Создавай со Scratch» закончился 30 апреля, 23:59 (томское время, UTC+7). "
        "Другие события — в меню «Мероприятия».",
        "[Мероприятия] / [В меню]",
    )


def _payload(person: Person, label: str) -> object:
    """What a button of the person's newest message carries."""
    message = person._dialog["messages"][-1]
    for row in message["keyboard"]["buttons"]:
        for key in row:
            if key["action"]["label"] == label:
                return json.loads(key["action"]["payload"])
    raise AssertionError(label)
