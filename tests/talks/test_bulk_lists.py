"""A list pasted into the chat, works for many in one message, and the desk of who has many."""

from __future__ import annotations

from tests.talks.bulk_scene import consents, in_autumn, rows_of
from tests.talks.chat import Chat, Person
from tests.talks.scenes import in_april

DUE = "30 апреля, 23:59 (томское время)"


async def entered(nina: Person) -> None:
    """Three children by a list, pasted where the first name is asked for."""
    await nina.starts("scratch")
    await nina.presses("Подать заявку")
    await nina.presses("Педагог")
    await consents(nina)
    await nina.writes("1. Соколова Вера, 3Б\n2) Белов Артём Олегович; 2а\nСоколова Анна\t4")
    nina.sees_in("1 из 3 · ")
    await nina.writes("гимназия 13 томск")
    await nina.presses("Да")
    nina.sees_in("2 из 3 · ")
    await nina.writes("Орлова Нина Петровна")
    nina.sees_in("3 из 3 · ")
    await nina.presses("Обучающая игра")


async def test_a_list_pasted_instead_of_a_name_becomes_applications(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await entered(nina)
    nina.sees(
        "«Создавай со Scratch», таблица прочитана.\n3 верно.\n3 новые.\nШколы: МАОУ гимназия № 13 г. Томска (3).",
        "[Подать 3 заявки] / [Отмена]",
    )
    await nina.presses("Подать 3 заявки")
    nina.sees(
        "Готово: 3 заявки поданы, СК-2026-0001 — СК-2026-0003. "
        "Осталось сдать работы до 30 апреля, 23:59 (томское время, UTC+7).",
        "[Работы сразу для всех] / [Стол педагога] / [В меню]",
    )
    await nina.presses("Стол педагога")
    nina.sees(
        f"Создавай со Scratch — 3: без работы 3. До {DUE}.\n"
        "• СК-2026-0001 Соколова Вера — нет работы\n"
        "• СК-2026-0002 Белов Артём — нет работы\n"
        "• СК-2026-0003 Соколова Анна — нет работы",
        "[Сдать работу: Соколова Вера] / [Работы сразу для всех] / [Все события] [В меню]",
    )

    await nina.presses("Работы сразу для всех")
    nina.sees_in(
        "Можно и одни ссылки, все 3, по порядку номеров: первая — СК-2026-0001, Соколова Вера, "
        "последняя — СК-2026-0003, Соколова Анна. Сначала покажу, что получилось."
    )
    await nina.writes("\n".join(f"https://scratch.mit.edu/projects/{number}" for number in (1234, 5678, 9012)))
    nina.sees_in("projects/9012\nСсылки без имён, поэтому по порядку номеров заявок: проверьте, пожалуйста.\nСдать?")
    await nina.presses("Прислать заново")
    await nina.writes("вот")
    nina.sees_in("Не вижу ни одной ссылки.")
    await nina.writes(
        "Соколова https://scratch.mit.edu/projects/612345671\n"
        "СК-2026-0002 https://scratch.mit.edu/projects/612345672\n"
        "Соколова Анна https://scratch.mit.edu/projects/612345673"
    )
    nina.sees(
        "3 из 3:\n"
        "• СК-2026-0001 · Соколова Вера — https://scratch.mit.edu/projects/612345671\n"
        "• СК-2026-0002 · Белов Артём — https://scratch.mit.edu/projects/612345672\n"
        "• СК-2026-0003 · Соколова Анна — https://scratch.mit.edu/projects/612345673\n"
        "Сдать?",
        "[Сдать 3 работы] / [Прислать заново] / [Назад] [Отмена]",
    )
    await nina.presses("Сдать 3 работы")
    assert "Сдано: 3 работы. Ссылки проверяю, о каждой напишу." in [one.text for one in nina.new]
    assert [one.text.startswith("Принято: работа к заявке СК-2026-000") for one in nina.new].count(True) >= 3

    await nina.writes("меню")
    await nina.presses("Мои заявки")
    await nina.presses("СК-2026-0003 · Соколова Анна")
    nina.sees_in("612345673")


async def test_an_unclear_link_is_asked_about_and_one_with_a_name_needs_no_question(chat: Chat) -> None:
    await in_april(chat)
    nina = await chat.person("Нина", "Орлова")
    await entered(nina)
    await nina.presses("Подать 3 заявки")
    await nina.writes("Белов Артём https://scratch.mit.edu/projects/612345672")
    assert nina.new[0].text.startswith("Принято: работа к заявке СК-2026-0002")
    await nina.writes("меню")
    await nina.writes("https://scratch.mit.edu/projects/612345671\nСоколова https://scratch.mit.edu/projects/612345673")
    nina.sees(
        "Строка 1: https://scratch.mit.edu/projects/612345671\nЧья это работа?",
        "[СК-2026-0001 · Соколова Вера] / [СК-2026-0003 · Соколова Анна] / [Пропустить эту ссылку] / [Назад] [Отмена]",
    )
    await nina.presses("СК-2026-0003 · Соколова Анна")
    nina.sees_in("Строка 2")
    await nina.presses("СК-2026-0001 · Соколова Вера")
    nina.sees_in("2 из 2:", "Соколова Вера — https://scratch.mit.edu/projects/612345673")
    await nina.presses("Сдать 2 работы")
    await nina.writes("меню")
    await nina.presses("Мои заявки")
    await nina.presses("СК-2026-0001 · Соколова Вера")
    nina.sees_in("612345673")


async def test_where_each_child_has_more_to_tell_the_list_comes_back_as_a_table(chat: Chat) -> None:
    await in_autumn(chat)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts("my-mother")
    await nina.presses("Подать заявку")
    await nina.presses("Педагог")
    await consents(nina)
    await nina.writes("Соколова Вера, 3Б\nИ. Котова, 1")
    await nina.writes("гимназия 13 томск")
    await nina.presses("Да")
    await nina.presses("Без руководителя")
    nina.sees_in(
        "0 верно, 2 с ошибками.",
        "• строка 2, «Автор и название стихотворения». Здесь пусто",
        "• строка 3, «Фамилия, имя, отчество». Нужны полные имя и фамилия",
        "В файле ошибки отмечены красным",
    )
    assert [row[:2] for row in rows_of(await nina.file())[1:]] == [["Соколова Вера", "3Б"], ["И. Котова", "1"]]
