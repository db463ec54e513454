"""A teacher with twelve children: the blank, the filled table, the preview, what becomes of it, and the works."""

from __future__ import annotations

from bot.documents.tables.child import read
from tests.documents.made import marked
from tests.talks.bulk_scene import blank_of, child, consents, corrected, filled, in_autumn, rows_of
from tests.talks.chat import Chat

NAMES = ("Анна", "Мила", "Нина", "Ольга", "Елена", "Зоя", "Инна")
TWELVE = [
    child("Сокалова Вера", "3Б"),
    *(child(f"Соколова {name}", "3Б") for name in NAMES),
    child("Белов Артём Олегович", "подготовительная группа"),
    child("Ирина", "младшая группа"),
    child("Котова Мила", "7"),
    child("Котов Пётр", "2", ""),
]


async def test_a_day_of_a_teacher_with_twelve_children(chat: Chat) -> None:
    await in_autumn(chat)
    nina = await chat.person("Нина", "Орлова")
    blank = await blank_of(nina)
    assert rows_of(blank)[1][3] == "МАОУ гимназия № 13 г. Томска"
    await nina.sends_file("список.xlsx", filled(blank, TWELVE))
    assert nina.new[0].text == "Читаю файл «список.xlsx»…"
    surname = "Вижу только «Ирина». Нужны и фамилия, и имя, через пробел. Например: Соколова Вера Ильинична."
    nina.sees(
        "«Мамочка моя!», таблица прочитана.\n"
        "9 верно, 3 с ошибками.\n"
        "9 новых.\n"
        "Школы: МАОУ гимназия № 13 г. Томска (9).\n"
        "Ошибки:\n"
        f"• строка 11, «Фамилия, имя, отчество». {surname}\n"
        "• строка 12, «Класс». Участник: 7 класс, а событие для других: воспитанники детских садов, 1–4 классы. "
        "Посмотрите другие события в меню «Мероприятия».\n"
        "• строка 13, «Автор и название стихотворения». Здесь пусто, а без этого нельзя. Заполните, пожалуйста.\n"
        "В файле ошибки отмечены красным, причина — в примечании к ячейке. Исправьте и пришлите файл снова.\n"
        "Перед отправкой спрошу о согласиях родителей.",
        "[Подать 9 заявок] / [Отмена]",
    )
    wrong = await nina.file()
    assert {place: said[:20] for place, said in marked(wrong).items()} == {
        "A11": surname[:20],
        "B12": "Участник: 7 класс, а",
        "C13": "Здесь пусто, а без э",
    }
    assert [one.name for one in read(wrong)] == ["Участники", "Как заполнить", "_бланк", "_списки"]

    right = corrected(wrong, {"A11": "Котова Ирина", "B12": "4", "C13": "А. Барто, «Мама»"})
    await nina.sends_file("список.xlsx", right)
    nina.sees_in("12 верно.\n12 новых.\n")
    await nina.presses("Подать 12 заявок")
    await consents(nina)
    nina.sees_in("Готово: 12 заявок подано, ММ-2026-0001 — ММ-2026-0012. Осталось сдать работы до ")
    await nina.sends_file("список.xlsx", right)
    nina.sees(
        "«Мамочка моя!», таблица прочитана.\n12 верно.\nНичего не изменилось: всё это уже подано.",
        "[Стол педагога] / [В меню]",
    )
    known = await blank_of(nina)
    assert rows_of(known)[1][:2] == ["Сокалова Вера", "3Б"]
    await nina.sends_file("правка.xlsx", corrected(known, {"A2": "Соколова Вера"}))
    nina.sees_in(
        "12 верно.\n1 изменится, 11 без изменений.\n"
        "• Соколова Вера, фамилия, имя, отчество: Сокалова Вера → Соколова Вера"
    )
    await nina.presses("Сохранить 1 изменение")
    nina.sees_in("Изменено: 1 заявка.")

    await nina.presses("Стол педагога")
    nina.sees_in("Мамочка моя! — 12: без работы 12. До ", "• ММ-2026-0001 Соколова Вера — нет работы")
    await nina.presses("Работы сразу для всех")
    links = [f"ММ-2026-{number:04d} https://vk.com/video-1_{number}" for number in range(1, 7)]
    names = (*NAMES[5:], "Белов Артём", "Котова Ирина", "Котова Мила", "Котов")
    whose = [name if name.startswith("Кот") or " " in name else f"Соколова {name}" for name in names]
    links += [f"{name} https://vk.com/video-1_{number}" for number, name in enumerate(whose, start=7)]
    await nina.writes("\n".join(links))
    nina.sees_in("12 из 12:", "• ММ-2026-0009 · Белов Артём — https://vk.com/video-1_9")
    await nina.presses("Сдать 12 работ")
    assert "Сдано: 12 работ. Ссылки проверяю, о каждой напишу." in [one.text for one in nina.new]
    await nina.presses("Стол педагога")
    nina.sees_in("Мамочка моя! — 12: всё на месте.\n• ММ-2026-0001 Соколова Вера — отправлена")
