"""Tables that are not as they should be, and what protects the bot and its people from them."""

from __future__ import annotations

from tests.documents.made import repacked, xlsx
from tests.talks.bulk_scene import blank_of, child, consents, filled, in_autumn, rows_of
from tests.talks.chat import Chat

VERA = child("Соколова Вера", "3Б")


async def test_files_that_are_no_tables_are_refused_kindly_and_six_in_an_hour_are_too_many(chat: Chat) -> None:
    await in_autumn(chat)
    nina = await chat.person("Нина", "Орлова")
    blank = await blank_of(nina)
    await nina.sends_file("макросы.xlsx", repacked(blank, more={"xl/vbaProject.bin": b"1"}))
    nina.sees(
        "В файле есть макросы, такие я не открываю. Сохраните его как «Книга Excel (.xlsx)» — без макросов — "
        "и пришлите ещё раз.",
        "[Бланки для списков] / [В меню]",
    )
    await nina.sends_file("смета.xlsx", xlsx([["Товар", "Цена"], ["Мел", 3]]))
    nina.sees_in("не понял, для какого он события")
    await nina.presses("Бланки для списков")
    nina.sees("Для какого события нужен бланк?", "[Мамочка моя!] / [В меню]")
    await nina.sends_file("пусто.xlsx", blank)
    nina.sees_in("В таблице для «Мамочка моя!» нет ни одной заполненной строки.")
    await nina.sends_file("старый.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    nina.sees_in("Это старый формат Excel (.xls).")
    await nina.sends_file("текст.csv", "ФИО;Класс;Мама\nСоколова Вера;3Б;Анна".encode("cp1251"))
    nina.sees_in("0 верно, 1 с ошибками.", "Столбцы, которые я не беру: «Мама».")
    await nina.sends_file("ещё.xlsx", blank)
    nina.sees("За час я читаю 5 файлов от одного человека. Пришлите следующий, пожалуйста, чуть позже.", "[В меню]")


async def test_a_child_whom_somebody_else_has_entered_is_left_out_if_the_teacher_likes(chat: Chat) -> None:
    await in_autumn(chat)
    olga, nina = await chat.person("Ольга", "Ежова"), await chat.person("Нина", "Орлова")
    blank = await blank_of(olga)
    await olga.sends_file("список.xlsx", filled(blank, [VERA]))
    await olga.presses("Подать 1 заявку")
    await consents(olga)
    await nina.sends_file("список.xlsx", filled(blank, [VERA, child("Белов Артём", "2")]))
    nina.sees_in("⚠ Похоже, 1 участник уже записан (в скобках номер строки): Соколова Вера (2).")
    assert nina.last.keyboard == "[Подать 2 заявки] / [Без повторов (1)] / [Отмена]"
    await nina.presses("Без повторов (1)")
    await consents(nina)
    nina.sees_in("Готово: 1 заявка подана, ММ-2026-0002.")


async def test_twice_in_the_file_and_buttons_that_came_too_late(chat: Chat) -> None:
    await in_autumn(chat)
    nina, olga = await chat.person("Нина", "Орлова"), await chat.person("Ольга", "Ежова")
    blank = await blank_of(nina)
    await nina.sends_file("список.xlsx", filled(blank, [VERA, VERA]))
    nina.sees_in(
        "1 верно, 1 с ошибками.",
        "строка 3, «Фамилия, имя, отчество». Похоже, этот же участник уже в строке 2. "
        "Удалите одну из строк, а тёзкам допишите отчества.",
    )
    namesakes = [child("Соколова Вера Ильинична", "3Б"), child("Соколова Вера Олеговна", "3Б")]
    await nina.sends_file("тёзки.xlsx", filled(blank, namesakes))
    nina.sees_in("2 верно.")
    await nina.presses("Отмена")
    nina.sees("Хорошо, ничего не отправил.", "[В меню]")
    await nina.presses("Подать 2 заявки")
    nina.sees_in("Эта таблица уже отправлена, отменена или вместо неё прислана другая.")
    await nina.sends_file("список.xlsx", filled(blank, [VERA]))
    await olga.writes("меню")
    await olga.writes("привет", payload={"go": "bulk_send:3"})
    assert "Подать" not in olga.last.keyboard
    await nina.presses("Подать 1 заявку")
    await nina.presses("Согласия пока нет")
    nina.sees_in("Без согласий родителей на обработку данных подать заявки нельзя.")
    await nina.presses("Вернуться к таблице")
    await consents(nina)
    nina.sees_in("Готово: 1 заявка подана")


async def test_collectives_of_several_rows_and_soloists_in_one_table(chat: Chat) -> None:
    await in_autumn(chat, "spring.yaml")
    nina = await chat.person("Нина", "Орлова")
    blank = await blank_of(nina, "spring")
    shared = {"Школа, сад или кружок": "гимназия 13 томск", "Руководитель": "Орлова Нина Петровна"}
    song = {"Номинация": "Эстрадный", "Что исполняете": "«Песня»", "Хронометраж": "3:20"}
    duet = {"Коллектив": "Солнышко", "Форма": "Дуэт"}
    rows = [
        {**duet, **song, **shared, "Фамилия, имя, отчество": "Котова Мила", "Класс": "4"},
        {"Форма": "Соло", **song, **shared, "Фамилия, имя, отчество": "Соколова Вера", "Класс": "3Б"},
        {"Коллектив": "солнышко", "Фамилия, имя, отчество": "Котов Пётр", "Класс": "1"},
    ]
    await nina.sends_file("номера.xlsx", filled(blank, [*rows, {**rows[2], "Фамилия, имя, отчество": "Третий Лев"}]))
    nina.sees_in("1 верно, 1 с ошибками.", "Слишком много человек: можно до 2.")
    await nina.sends_file("номера.xlsx", filled(blank, rows))
    nina.sees_in("2 верно.\n2 новые.")
    await nina.presses("Подать 2 заявки")
    await consents(nina)
    known = await blank_of(nina, "spring")
    assert [row[:3] for row in rows_of(known)[1:4]] == [
        ["Солнышко", "Дуэт", "Котова Мила"],
        ["Солнышко", "Дуэт", "Котов Пётр"],
        [None, "Соло", "Соколова Вера"],
    ]
    changed = [rows[0], {**rows[2], "Фамилия, имя, отчество": "Лев Анна", "Класс": "2"}, rows[1]]
    await nina.sends_file("номера.xlsx", filled(known, changed))
    nina.sees_in(
        "2 верно.\n1 изменится, 1 без изменений.\n• Солнышко, состав: Котов Пётр → Лев Анна\n"
        "⚠ В строке теперь другой ребёнок: Лев Анна. Согласие родителя за него нужно заново."
    )
