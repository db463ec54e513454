"""«Позвать человека» and the organizers' queue: calling, answering, silence, and nobody answers twice."""

from __future__ import annotations

from datetime import timedelta

from tests.talks.chat import Chat, Person
from tests.talks.jury_scene import passes_until
from tests.talks.organizer_scene import Scene, scene
from tests.talks.scenes import WEBINAR, apply_as_teacher, load_event

PAUSE = timedelta(seconds=15)
ANSWERED = "[Спасибо, всё понятно] / [Ещё вопрос]"


async def calls(made: Scene, first: str = "Нина", last: str = "Орлова") -> Person:
    """Somebody of the event asks for a human."""
    person = await made.person(first, last)
    await made.applies(person, "Соколова Вера")
    await person.writes("помощь")
    await person.presses("Позвать человека")
    return person


async def passes(made: Scene, *people: Person) -> None:
    """A pause, after which words have gone on; these people look at their dialogs."""
    await made.chat.passes(PAUSE)
    for person in people:
        await person.looks()


async def test_a_call_its_words_and_the_answer(chat: Chat) -> None:
    made = await scene(chat)
    olga, other = made.organizer, await made.person("Инна", "Седых")
    await made.organizes(other, await load_event(chat, WEBINAR))
    nina = await calls(made)
    nina.sees_in(
        "Передал организаторам. Напишите здесь, что не получается; можно прислать снимок экрана или файл.",
        "Обычно отвечают по будням с 9 до 18 (томское время, UTC+7), ждите ответа ",
        "До ответа я молчу, но работу приму: пришлите ссылку или файл.",
    )
    assert nina.last.keyboard == "[Вернуться к боту]"
    await olga.looks()
    olga.sees_in(f"Просит помощи: Нина Орлова (vk.com/id{nina.id}).", "Где остановились: заявка СК-")
    await nina.writes("не открывается ссылка")
    await nina.writes("1")
    await nina.writes("помощь")
    await nina.attaches("photo", "вот экран")
    assert nina.new == []
    await passes(made, olga, other)
    olga.sees("Пишет Нина Орлова:\nне открывается ссылка\n1\nпомощь\nвот экран (фото)", "[Ответить] [Открыть вопрос]")
    assert olga.last.attachments[0]["type"] == "photo"
    assert "Пишет" not in other.last.text

    await olga.writes("меню")
    await olga.presses("Кабинет организатора")
    await olga.presses("Вопросы (1)")
    olga.sees_in("Вопросы без ответа: 1", "1. Нина Орлова, ждёт 0 мин · Создавай со Scratch", "не открывается ссылка")
    await olga.presses("1. Нина Орлова")
    olga.sees_in("Мероприятие: «", "Бот молчит", " Нина Орлова: вот экран (фото)")
    assert "[Ответить] [Готовый ответ] / [Взять себе] [Передать] / [Вернуть боту] [Закрыть]" in olga.last.keyboard
    await olga.presses("Ответить")
    await olga.attaches("sticker")
    olga.sees_in("Напишите ответ или пришлите фото или файл.")
    await olga.writes("Нажмите «Поделиться»: https://scratch.mit.edu")
    olga.sees_in("Ответ отправлен: Нина Орлова.")
    await nina.looks()
    nina.sees("Организатор: Нажмите «Поделиться»: https://scratch.mit.edu", ANSWERED)
    await nina.presses("Ещё вопрос")
    nina.sees_in("Пишите, передам организаторам.")
    await nina.writes("а до какого?")
    assert nina.new == []
    await passes(made, olga)
    olga.sees_in("Пишет Нина Орлова:\nа до какого?")
    await olga.presses("Ответить")
    await olga.writes("До тридцатого")
    await nina.looks()
    await nina.presses("Спасибо, всё понятно")
    nina.sees("Рад, что помогли. Я снова здесь.")
    await nina.writes("меню")
    nina.sees("Что сделаем?")
    await olga.presses("Вопросы")
    olga.sees("Вопросов без ответа нет.", "[Готовые ответы] / [Кабинет]")


async def test_nobody_answers_twice_and_a_question_is_taken_by_one(chat: Chat) -> None:
    made = await scene(chat)
    olga, inna = made.organizer, await made.person("Инна", "Седых")
    await made.organizes(inna)
    nina = await calls(made)
    await nina.writes("когда итоги?")
    await passes(made, olga, inna)
    for one in (olga, inna):
        await one.presses("Открыть вопрос")
    await olga.presses("Взять себе")
    olga.sees_in("Взят вами (Ольга Лугова, ")
    await inna.presses("Взять себе")
    assert inna.new[0].text.startswith("Вопрос уже взят: Ольга Лугова, ")
    await inna.presses("Ответить")
    inna.sees_in("Чтобы ответить, возьмите его себе.")
    await nina.writes("и дипломы?")
    await passes(made, olga, inna)
    olga.sees_in("Пишет Нина Орлова:\nи дипломы?")
    assert "и дипломы?" not in inna.last.text

    await inna.presses("Взять себе")
    inna.sees_in("Взят вами (Инна Седых, ")
    await olga.looks()
    olga.sees_in("Инна Седых берёт вопрос, который был у вас: Нина Орлова.")
    await inna.presses("Ответить")
    await olga.presses("Открыть вопрос")
    await olga.presses("Взять себе")
    await olga.presses("Ответить")
    await olga.writes("Двадцатого")
    olga.sees_in("Ответ отправлен")
    await inna.writes("Завтра")
    inna.sees_in("Пока вы писали, ответ уже дали: Ольга Лугова, ", "«Двадцатого»", "«Завтра»")
    await inna.presses("Не отправлять")
    inna.sees_in("Ответ дан", "Организатор (Ольга Лугова): Двадцатого")
    await nina.looks()
    assert [one.text for one in nina.all if one.text.startswith("Организатор:")] == ["Организатор: Двадцатого"]


async def test_a_ready_answer_is_looked_at_first_and_organizers_keep_their_own(chat: Chat) -> None:
    made = await scene(chat)
    olga = made.organizer
    nina = await calls(made)
    await olga.writes("готовые ответы")
    olga.sees_in("Готовые ответы: 5.")
    await olga.presses("Разбираюсь")
    assert olga.last.keyboard == "[Готовые ответы]"
    await olga.presses("Готовые ответы")
    await olga.presses("Добавить")
    await olga.presses("Создавай со Scratch")
    await olga.writes("Где итоги")
    await olga.writes("{имя}, итоги будут {когда}")
    olga.sees_in("Не знаю, что значит {когда}. Можно {имя}, {название} и {срок}.")
    await olga.writes("{имя}, «{название}»: итоги скоро")
    olga.sees("Готовый ответ «Где итоги» добавлен.", "[Готовые ответы] [Вопросы]")
    await olga.presses("Вопросы")
    await olga.presses("1. Нина Орлова")
    await olga.presses("Готовый ответ")
    await olga.presses("Где итоги")
    olga.sees(
        "Так увидит Нина Орлова:\n\nНина, «Создавай со Scratch»: итоги скоро",
        "[Отправить] [Изменить и отправить] / [Другой ответ] [Открыть вопрос]",
    )
    await olga.presses("Изменить и отправить")
    olga.sees_in("Готовый ответ, скопируйте и поправьте:\nНина, «Создавай со Scratch»: итоги скоро")
    await olga.writes("отмена")
    await olga.presses("Готовый ответ")
    await olga.presses("Где итоги")
    await olga.presses("Отправить")
    await nina.looks()
    nina.sees("Организатор: Нина, «Создавай со Scratch»: итоги скоро", ANSWERED)
    await olga.writes("готовые ответы")
    await olga.presses("Где итоги")
    await olga.presses("Изменить")
    await olga.presses("Где итоги")
    await olga.writes("Итоги завтра")
    await olga.presses("Готовые ответы")
    await olga.presses("Где итоги")
    olga.sees_in("Итоги завтра")
    await olga.presses("Удалить")
    await olga.presses("Да, удалить")
    olga.sees("Удалён готовый ответ «Где итоги».")


async def test_the_bot_comes_back_after_a_day_and_organizers_are_reminded_once(chat: Chat) -> None:
    made = await scene(chat)
    olga = made.organizer
    nina, anna = await calls(made), await calls(made, "Анна", "Ким")
    await anna.writes("меню")
    assert anna.new[0].text == "Я снова здесь. Ваш вопрос остался у организаторов, ответ придёт сюда же."
    await passes_until(chat, 13)
    await olga.looks()
    assert "без ответа" not in olga.last.text
    await passes_until(chat, 14, 5)
    await olga.looks()
    olga.sees("Больше 4 ч без ответа: 2 вопроса.", "[Вопросы]")
    await passes_until(chat, 9)
    await olga.looks()
    assert sum("без ответа: " in one.text for one in olga.all) == 1
    await nina.writes("кто-нибудь?")
    assert nina.new == []
    await chat.passes(timedelta(days=1))
    await nina.looks()
    nina.sees("День прошёл, я снова здесь. Организаторы ещё не ответили, вопрос у них, ответ придёт сюда же.")
    await nina.writes("меню")
    nina.sees("Что сделаем?")
    await olga.presses("Вопросы")
    olga.sees_in("Вопросы без ответа: 2")
    await olga.presses("1. Нина Орлова" if "1. Нина" in olga.last.text else "2. Нина Орлова")
    olga.sees_in("Бот отвечает", "кто-нибудь?")
    await olga.presses("Ответить")
    async with made.storage() as storage:
        await storage.people.unreachable(nina.id, 901, at=chat.clock())
    await olga.writes("Здесь")
    olga.sees_in("Ответ записан, но сейчас не дойдёт: Нина Орлова.", "запрещены сообщения")
    await nina.looks()
    nina.sees("Организатор: Здесь", ANSWERED)
    await nina.writes("меню")
    nina.sees("Что сделаем?")


async def test_a_question_is_passed_on_closed_and_the_person_given_back(chat: Chat) -> None:
    made = await scene(chat)
    olga, inna = made.organizer, await made.person("Инна", "Седых")
    webinar = await load_event(chat, WEBINAR)
    await made.organizes(inna, webinar)
    nina = await calls(made)
    await olga.looks()
    await olga.presses("Открыть вопрос")
    await olga.presses("Передать")
    await olga.presses(webinar.short_title)
    olga.sees(f"Передано: {webinar.title}.", "[Вопросы]")
    await inna.looks()
    inna.sees("Ольга Лугова передаёт вам вопрос: Нина Орлова.", "[Открыть вопрос]")
    await olga.presses("Открыть вопрос")
    olga.sees("Это действие вам недоступно.")
    await inna.presses("Открыть вопрос")
    await inna.presses("Вернуть боту")
    inna.sees("Бот снова отвечает этому человеку.", "[Вопросы]")
    await nina.looks()
    nina.sees("Я снова здесь. Ваш вопрос остался у организаторов, ответ придёт сюда же.")
    await inna.presses("Вопросы")
    await inna.presses("1. Нина Орлова")
    await inna.presses("Закрыть")
    inna.sees("Вопрос закрыт: Нина Орлова.")
    await nina.looks()
    nina.sees("Организатор закрыл ваш вопрос. Я снова здесь.", "[Ещё вопрос]")
    async with made.storage() as storage:
        acts = [one.detail for one in await storage.audit.tail(50) if one.action == "answer_person"]
    assert {"passed_to": webinar.code} in acts
    assert {"closed": True} in acts


async def test_an_open_question_and_a_work_wait_beside_a_human(chat: Chat) -> None:
    """What is typed is for the human; a work that fits is taken; a button pressed calls the bot back."""
    made = await scene(chat)
    nina = await chat.person("Нина", "Орлова")
    number = await apply_as_teacher(nina)
    await nina.presses("Добавить ещё участника")
    await nina.writes("помощь")
    await nina.presses("Позвать человека")
    await nina.writes("Соколова Вера Ильинична")
    assert nina.new == []
    await nina.attaches("doc", title="game.sb3", size=20_000)
    nina.sees_in(f"Принято: работа к заявке {number}, версия 1")
    assert len(nina.new) == 1
    await passes(made, made.organizer)
    made.organizer.sees_in("Соколова Вера Ильинична\n(файл)")
    await nina.presses("Отмена")
    assert nina.new[0].text == "Я снова здесь. Ваш вопрос остался у организаторов, ответ придёт сюда же."
    assert len(nina.new) > 1


async def test_b45_words_that_cannot_wait_reach_people_at_once(chat: Chat) -> None:
    made = await scene(chat)
    petya = await made.person("Пётр", "Чужаков")
    await petya.writes("я больше не хочу жить")
    petya.sees_in("детский телефон доверия 8-800-2000-122")
    await made.organizer.looks()
    made.organizer.sees_in("СРОЧНО. Пётр Чужаков", "«я больше не хочу жить»")
    await made.organizer.presses("Открыть вопрос")
    made.organizer.sees_in("Срочно: слова об угрозе или о беде.", "Бот отвечает")
    await petya.writes("меню")
    petya.sees("Что сделаем?")
