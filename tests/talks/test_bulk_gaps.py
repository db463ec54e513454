"""A teacher goes from gap to gap: past what others are to answer, and to an end."""

from __future__ import annotations

from bot.contest.event import Event
from tests.talks.chat import Chat, Person
from tests.talks.scenes import in_april

LIST = "Соколова Вера, 3Б\nБелов Артём, 2\nКотова Мила, 4"


def untitled(event: Event) -> Event:
    """Nothing has to be said about a work."""
    assert event.submission is not None
    return event.model_copy(update={"submission": event.submission.model_copy(update={"title_required": False})})


async def enters(nina: Person) -> None:
    """Three children in one message, where no question is open; their parents are to be asked by link."""
    await nina.starts()
    await nina.writes(LIST)
    nina.sees("Похоже, это список: 3 участника. Подать его на «Создавай со Scratch»?", "[Прислать список] / [В меню]")
    await nina.presses("Прислать список")
    for answer in ("гимназия 13 томск", "Да", "Орлова Нина Петровна"):
        await nina.writes(answer)
    await nina.presses("Обучающая игра")
    await nina.presses("Подать 3 заявки")
    await nina.presses("Попросить родителя по ссылке")


async def test_a_list_out_of_the_blue_and_the_way_through_its_gaps(chat: Chat) -> None:
    await in_april(chat, changed=untitled)
    nina = await chat.person("Нина", "Орлова")
    await enters(nina)
    nina.sees(
        "Готово: 3 заявки поданы, СК-2026-0001 — СК-2026-0003. "
        "Осталось получить согласия родителей и сдать работы до 30 апреля, 23:59 (томское время, UTC+7).",
        "[Согласия родителей] / [Работы сразу для всех] / [Стол педагога] / [В меню]",
    )
    await nina.presses("Стол педагога")
    nina.sees_in("Создавай со Scratch — 3: попросить согласие 3, без работы 3.")
    assert nina.last.keyboard.startswith("[Согласие: Соколова Вера] / [Работы сразу для всех] / [Согласия родителей]")

    await nina.presses("Согласие: Соколова Вера")
    await nina.presses("Ссылка для родителя")
    assert nina.last.keyboard == "[Согласия] [Все согласия] / [Следующий пробел]"
    await nina.presses("Следующий пробел")
    nina.sees_in("Согласия к заявке СК-2026-0002")
    await nina.presses("Следующий пробел")
    nina.sees_in("Согласия к заявке СК-2026-0003")
    await nina.presses("Следующий пробел")
    assert nina.new[0].text == "Сдать работу: Соколова Вера. Можно и отложить:"
    nina.sees_in("СК-2026-0001")
    await nina.presses("Следующий пробел")
    nina.sees_in("Работа к заявке СК-2026-0002, Белов Артём.")
    await nina.presses("Следующий пробел")
    await nina.presses("Следующий пробел")
    nina.sees("Это был последний пробел. Не заполнено пока: 5.", "[Ещё раз с начала] / [Стол педагога] [В меню]")
    await nina.presses("Ещё раз с начала")
    nina.sees_in("Согласия к заявке СК-2026-0002")
    await nina.presses("Оригинал в школе")
    await nina.presses("Всё разрешили")
    await nina.presses("Записать")
    assert nina.last.keyboard.endswith("[Открыть заявку] [Следующий пробел]")
    await nina.presses("Следующий пробел")
    nina.sees_in("Согласия к заявке СК-2026-0003")
    await nina.presses("Ссылка для родителя")

    await nina.writes("\n".join(f"https://scratch.mit.edu/projects/6123456{number}" for number in (71, 72, 73)))
    await nina.presses("Сдать 3 работы")
    await nina.presses("Стол педагога")
    nina.sees(
        "Ваши заявки: 3.\nСоздавай со Scratch — 3: ждём родителей 2",
        "[Согласия родителей] / [Создавай со Scratch (3)] / [Все заявки] [Мой год] [В меню]",
    )
    await nina.presses("Создавай со Scratch (3)")
    nina.sees_in("Создавай со Scratch — 3: ждём родителей 2.", "СК-2026-0003 Котова Мила — ждём родителя")
    assert nina.last.keyboard.startswith("[Согласия родителей] / ")
    await nina.presses("Согласия родителей")
    nina.sees_in("1 из 3 согласий получено.")
    await nina.presses("Напомнить")
    await nina.presses("Следующий пробел")
    nina.sees(
        "Всё, что зависит от вас, сделано: ждём ответов родителей (2).",
        "[Согласия родителей] / [Стол педагога] [В меню]",
    )
