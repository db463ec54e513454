"""What is on: the list, the card of an event, its rules, links that lead straight to it."""

from __future__ import annotations

from datetime import timedelta

from storage.storage import Storage
from tests.talks.chat import Chat
from tests.talks.scenes import DEADLINE, WEBINAR, apply_as_teacher, in_april, load, load_event

CARD = (
    "Создавай со Scratch · II открытый конкурс\n"
    "Придумайте игру или историю на Scratch и покажите её жюри.\n\n"
    "Кому: школьники 1–11 классов и педагоги\n"
    "Что сдать: проект на Scratch — ссылку или файл .sb3\n"
    f"Когда: до {DEADLINE}, осталось 12 дней, итоги до 12 мая\n"
    "Номинации: Обучающая игра; Игра по существующему сюжету; Оригинальная игра; Проект эко-мышления\n"
    "6+"
)


async def test_a_link_to_an_event_greets_and_shows_its_card(chat: Chat) -> None:
    await in_april(chat)
    anna = await chat.person("Анна", "Смирнова")
    await anna.starts("scratch")
    greeting, card = anna.new
    assert greeting.text.startswith("Здравствуйте")
    assert card.text == CARD
    assert card.bold == ("Создавай со Scratch",)
    assert card.keyboard == "[Подать заявку] / [В календарь] [Напомнить] / [Положение] [Другие события]"

    await anna.starts("scratch-2026")
    assert [message.text for message in anna.new] == [CARD]


async def test_a_link_with_an_unknown_word_leads_to_the_menu(chat: Chat) -> None:
    anna = await chat.person("Анна", "Смирнова")
    await anna.starts("no-such-event")
    anna.sees("Что сделаем?")
    await anna.presses("Мероприятия")
    anna.sees(
        "Сейчас приёма заявок нет. О новом событии напишут в сообществе; ваши заявки — по кнопке ниже.",
        "[Мои заявки] / [В меню]",
    )


async def test_the_list_says_what_is_open_and_what_is_coming(chat: Chat) -> None:
    await in_april(chat)
    await load_event(
        chat, WEBINAR, opened_days_ago=-3, changed=lambda event: event.model_copy(update={"announced_at": None})
    )
    anna = await chat.person("Анна", "Смирнова")
    await anna.starts()
    await anna.presses("Мероприятия")
    anna.sees(
        "Сейчас можно принять участие:\n"
        "• Создавай со Scratch: приём до 30 апреля, осталось 12 дней\n\n"
        "Скоро:\n"
        "• Использование Scratch в урочной и внеурочной деятельности: приём с 21 апреля",
        "[Создавай со Scratch] / [Scratch на уроке и после] / [В меню]",
    )
    await anna.writes("2")
    anna.sees_in("Региональный вебинар для педагогов", "Приём: с 21 апреля, 00:00")
    assert anna.last.keyboard == "[В календарь] [Напомнить] / [Положение] [Другие события]"
    await anna.presses("Другие события")
    await anna.writes("создавай со scratch")
    anna.sees(CARD)


async def test_the_rules_name_what_is_handed_in_and_how_it_is_judged(chat: Chat) -> None:
    await in_april(chat)
    anna = await chat.person("Анна", "Смирнова")
    await anna.starts("scratch")
    await anna.presses("Положение")
    anna.sees_in(
        "Что сдать: ссылку на scratch.mit.edu или файл .sb3 до 50 МБ.",
        "От одного участника: не больше 1 работы.",
        "• Качество алгоритма: 10\n",
        "• Планирование: 4 (только для коллективных работ)\n",
        "\nПри равенстве решает председатель.",
        "пишите псевдоним",
    )
    assert anna.last.keyboard == "[Открыть положение] / [К мероприятию]"
    await anna.presses("К мероприятию")
    anna.sees(CARD)


async def test_many_events_are_shown_a_page_at_a_time(chat: Chat) -> None:
    event = await load_event(chat)
    for number in range(7):
        await load(chat, event.model_copy(update={"code": f"e{number}", "short_title": f"Конкурс {number}"}))
    anna = await chat.person("Анна", "Смирнова")
    await anna.starts()
    await anna.presses("Мероприятия")
    assert anna.last.keyboard.endswith("[Конкурс 4] / [Ещё ›] [Подобрать] [В меню]")
    await anna.presses("Ещё ›")
    assert anna.last.keyboard == "[Конкурс 5] / [Конкурс 6] / [Создавай со Scratch] / [‹] [Подобрать] [В меню]"
    await anna.presses("‹")
    assert anna.last.keyboard.startswith("[Конкурс 0]")


async def test_after_the_deadline_the_card_says_so_and_after_publication_too(chat: Chat) -> None:
    event = await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    await chat.passes(event.closes_at - chat.clock() + timedelta(hours=1))
    await nina.starts("scratch")
    nina.sees_in(f"Приём закончен {DEADLINE}, итоги до 12 мая", "От вас здесь: 1 заявка")
    assert nina.last.keyboard == "[Мои заявки] / [Положение] [Другие события]"

    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        events = Storage(connection).events
        await events.approve(event.code, by=nina.id, at=chat.clock())
        await events.publish(event.code, by=nina.id, at=chat.clock())
    await nina.starts("scratch")
    nina.sees_in("Итоги подведены.")
