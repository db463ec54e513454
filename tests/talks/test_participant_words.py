"""What people type in an application: «нет», two things in one line, schools, authors; works of an odd kind or hour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.participant.labels import label
from storage.storage import Storage
from tests.talks.chat import Chat
from tests.talks.scenes import WEBINAR, apply_as_teacher, hand_in_file, in_april, load_event, register_for_webinar
from tests.talks.test_application_refusals import at_question
from tests.talks.test_handing_in import LINK


async def test_no_in_words_and_two_things_in_one_line_are_understood(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 6)
    nina.sees_in("Буква нужна?")
    await nina.writes("нет")
    nina.sees_in("3 из 6 · Школа")
    await nina.writes("г13")
    await nina.presses("Да")
    await nina.writes("Нет.")
    nina.sees_in("5 из 6 · Телефон")
    await nina.presses("Назад")
    await nina.writes("Орлова Нина Петровна и Белов Пётр Ильич")
    await nina.writes("8 913 123-45-67, nina@mail.ry")
    await nina.presses("nina@mail.ru")
    await nina.presses("Обучающая игра")
    nina.sees_in(
        "руководители Орлова Нина Петровна, Белов Пётр Ильич\n\n",
        "Для связи (в диплом не попадёт): +79131234567 · nina@mail.ru",
    )


async def test_a_school_is_looked_up_each_time_and_a_kind_alone_is_no_name(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 7)
    for typed in ("школа", "гимназия", "11 Б"):
        await nina.writes(typed)
        nina.sees_in(f"«{typed}» — какая именно?")
    await nina.writes("лесная школа искусств")
    nina.sees_in("В справочнике такой организации нет")
    await nina.writes("гимназия")
    nina.sees_in("«гимназия» — какая именно?")
    await nina.writes("гимназия 13 томск")
    nina.sees("МАОУ гимназия № 13 г. Томска?", "[Да] / [Другая] / [Нет в списке] / [Назад] [Отмена]")
    await nina.presses("Да")
    nina.sees_in("4 из 6 · Руководитель")


async def test_a_school_that_only_resembles_one_is_kept_as_it_was_written(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 7)
    await nina.writes("лесная школа искусств")
    await nina.writes("Гимназия № 13 г. Асино")
    await nina.presses("Нет в списке")
    nina.sees_in("4 из 6 · Руководитель")
    for answer in ("Без руководителя", "Пропустить", "Обучающая игра"):
        await nina.writes(answer)
    nina.sees_in("Гимназия № 13 г. Асино", "(школы нет в справочнике, организатор проверит название)")


async def test_each_author_can_be_corrected_and_nobody_is_named_twice(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 3)
    await nina.presses("Авторов несколько (до 3)")
    for answer in ("Соколова Вера Ильинична", "5А"):
        await nina.writes(answer)
    await nina.writes("соколова вера")
    nina.sees_in("Соколова Вера Ильинична уже есть в этой заявке.")
    for answer in ("Белов Артём Олегович", "6А", "Больше авторов нет", "г13", "Да", "Без руководителя", "Пропустить",
                   "Обучающая игра", "Исправить"):  # fmt: skip
        await nina.writes(answer)
    assert nina.last.keyboard.startswith(
        "[Автор 1: имя] [Автор 1: класс] / [Автор 2: имя] [Автор 2: класс] / [Школа] [Руководитель]"
    )
    await nina.presses("Автор 2: имя")
    await nina.writes("белов артем")
    await nina.presses("Исправить")
    nina.sees_in("Автор 2: фамилия, имя и отчество")
    await nina.writes("Белов Артур Олегович")
    nina.sees_in("Соколова Вера Ильинична, 5А класс\nБелов Артур Олегович, 6А класс")


async def test_a_late_work_is_answered_with_the_deadline_even_if_one_is_in(chat: Chat) -> None:
    event = await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await hand_in_file(nina, number)
    chat.moves_on(event.closes_at - chat.clock() + timedelta(minutes=1))
    await nina.presses("Меню")
    await nina.writes(LINK)
    nina.sees_in("Приём работ закончился 30 апреля, 23:59 (томское время, UTC+7), эта пришла позже.")


async def test_a_picture_where_none_is_taken_is_told_what_is(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await hand_in_file(nina, number)
    await nina.presses("Меню")
    await nina.attaches("photo")
    nina.sees_in("Здесь нужно не это (фото). Пришлите, пожалуйста: ссылку на scratch.mit.edu или файл .sb3")
    await nina.attaches("doc", title="big.sb3", size=62_914_560)
    nina.sees_in("60 МБ, а можно до 50 МБ. Уменьшите его и пришлите ещё раз; принимаю ссылку на scratch.mit.edu")
    await nina.attaches("doc", title="better.sb3", size=20_000)
    nina.sees_in("Какую заменить?")
    await nina.presses("Отмена")
    assert nina.new[0].text == "Хорошо, работу пока не сдаю."


async def test_the_second_link_of_a_message_is_named_as_left_out(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    await nina.presses("Сдать работу")
    await nina.writes(f"{LINK} и ещё https://scratch.mit.edu/projects/700000001/editor")
    assert nina.new[0].text.startswith("Принято")
    assert any(message.text.startswith("В сообщении было несколько ссылок.") for message in nina.new)
    await nina.presses("Отмена")
    nina.sees_in("scratch.mit.edu/projects/612345678")


async def test_the_very_first_message_may_be_a_work(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await nina.writes(LINK)
    greeting, answer = nina.new
    assert greeting.text.startswith("Здравствуйте")
    assert answer.text.startswith("Похоже на работу, но заявки, к которой её отнести, у вас нет.")


async def test_a_webinar_asks_only_what_it_needs(chat: Chat) -> None:
    await load_event(chat, WEBINAR)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts("webinar-scratch")
    nina.sees_in("Темы:\n• Первые шаги в Scratch (МАОУ гимназия № 13 г. Томска)\n• Scratch на уроках")
    await nina.presses("Зарегистрироваться")
    await nina.presses("Согласен(на)")
    nina.sees_in("Публиковать ваше имя в списке участников?")
    await nina.presses("Публиковать можно")
    await nina.writes("Орлова Нина Петровна")
    await nina.writes("12")
    nina.sees_in("Напишите, пожалуйста, словами.")
    await nina.writes("учитель информатики")
    await nina.writes("нет")
    nina.sees_in("Школа, сад или кружок?")


async def test_a_participant_of_a_webinar_has_no_work_to_hand_in(chat: Chat) -> None:
    await load_event(chat, WEBINAR)
    nina = await chat.person("Нина", "Орлова")
    await register_for_webinar(nina)
    await nina.presses("Сдать работу")
    nina.sees("На «Scratch на уроке и после» работу сдавать не нужно: вы записаны, и этого достаточно.")


async def test_a_remix_names_its_source_by_a_link(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    await nina.presses("Сдать работу")
    await nina.attaches("doc", title="game.sb3", size=20_000)
    for answer in ("Таблица", "Пропустить", "Да", "не знаю"):
        await nina.writes(answer)
    nina.sees_in("Здесь нужна ссылка. Например: https://scratch.mit.edu/projects/10128407")
    await nina.writes("scratch.mit.edu/projects/10128407, новые уровни")
    nina.sees_in("Спасибо, записал: «Таблица».")


async def test_the_title_on_the_page_of_a_work_is_offered(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    await nina.presses("Сдать работу")
    await nina.writes(LINK)
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        await Storage(connection).works.set_check(1, "open", title="Таблица умножения", at=chat.clock())
    await nina.presses("Отмена")
    await nina.presses("Название и описание")
    nina.sees_in("Как называется работа?")
    await nina.presses("Таблица умножения")
    nina.sees_in("2 из 3")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("МАОУ гимназия № 13 г. Томска", "МАОУ гимназия № 13 г. Томска"),
        ("МАОУ гимназия № 55 им. Е.Г. Вёрсткиной г. Томска", "гимназия № 55 г. Томска"),
        ("МАОУ «Кожевниковская СОШ № 2», дошкольная группа", "«Кожевниковская СОШ № 2», дошк. группа"),
        ("Детский сад «Сказка» п. Зональная станция", "Сад «Сказка» п. Зональная станция"),
        ("Районный дом творчества Верхнекетского района", "Районный дом творчества Верхнекетского…"),
    ],
)
def test_a_long_name_is_shortened_where_nobody_misses_it(name: str, shown: str) -> None:
    assert label(name) == shown
