"""A teacher with many children: the blank, the filled table, the preview, and what becomes of it."""

from __future__ import annotations

from bot.documents.tables.child import read
from tests.documents.made import xlsx
from tests.talks.bulk_scene import blank_of, child, consents, filled, in_autumn, rows_of
from tests.talks.chat import Chat

TWELVE = [
    *(child(f"Соколова {name}", "3Б") for name in ("Вера", "Анна", "Мила", "Нина", "Ольга", "Елена", "Зоя", "Инна")),
    child("Белов Артём Олегович", "подготовительная группа"),
]


async def test_children_by_file_with_mistakes_at_first(chat: Chat) -> None:
    await in_autumn(chat)
    nina = await chat.person("Нина", "Орлова")
    blank = await blank_of(nina)
    bad = [child("И. И. Котова", "2А"), child("Котова Мила", "7"), child("Котов Пётр", "2", "")]
    await nina.sends_file("список.xlsx", filled(blank, [*TWELVE, *bad]))
    assert nina.new[0].text == "Читаю файл «список.xlsx»…"
    nina.sees(
        "«Мамочка моя!», таблица прочитана.\n"
        "9 верно, 3 с ошибками.\n"
        "9 новых.\n"
        "Школы: МАОУ гимназия № 13 г. Томска (9).\n"
        "Ошибки:\n"
        "• строка 11, «Фамилия, имя, отчество». Нужны полные имя и фамилия, без сокращений и точек: в дипломе так и "
        "напечатаем. Например: Соколова Вера Ильинична.\n"
        "• строка 12, «Класс». Участник: 7 класс, а событие для других: воспитанники детских садов, 1–4 классы. "
        "Посмотрите другие события в меню «Мероприятия».\n"
        "• строка 13, «Автор и название стихотворения». Здесь пусто, а без этого нельзя. Заполните, пожалуйста.\n"
        "В файле ошибки отмечены красным, причина — в примечании к ячейке. Исправьте и пришлите файл снова.\n"
        "Перед отправкой спрошу о согласиях родителей.",
        "[Подать 9 заявок] / [Отмена]",
    )
    marked = await nina.file()
    assert rows_of(marked)[11][:2] == ["Котова Мила", "7"]
    assert [one.name for one in read(marked)] == ["Участники", "Как заполнить", "_бланк", "_списки"]
    await nina.presses("Подать 9 заявок")
    await consents(nina)
    nina.sees_in("Готово: 9 заявок подано, ММ-2026-0001 — ММ-2026-0009.", "Осталось сдать работы до")

    mended = [child("Котова Ирина", "2А"), child("Котова Мила", "4"), child("Котов Пётр", "2")]
    await nina.sends_file("список.xlsx", filled(marked, [*TWELVE, *mended]))
    nina.sees_in("12 верно.\n3 новые, 9 без изменений.\n")
    await nina.presses("Подать 3 заявки")
    await consents(nina)
    nina.sees_in("Готово: 3 заявки поданы, ММ-2026-0010 — ММ-2026-0012.")

    known = await blank_of(nina)
    await nina.sends_file("ещё раз.xlsx", known)
    nina.sees("«Мамочка моя!», таблица прочитана.\n12 верно.\n12 без изменений.", "[Стол педагога] / [В меню]")

    rows = rows_of(known)
    rows[1][0], rows[2][1] = "Соколова Вероника", "4А"
    await nina.sends_file("правки.xlsx", xlsx([*rows[:3], []], hidden={"_бланк": read(known)[2].rows}))
    nina.sees_in(
        "2 верно.\n2 изменятся.\n"
        "• Соколова Вероника, фамилия, имя, отчество: Соколова Вера → Соколова Вероника\n"
        "• Соколова Анна, класс: 3Б → 4А"
    )
    await nina.presses("Сохранить 2 изменения")
    nina.sees_in("Изменено: 2 заявки.")
