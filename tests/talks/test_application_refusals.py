"""What people mistype in an application: a sentence that says what is expected, the question stays, and it goes on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.contest.event import Event
from bot.contest.event.base import Coded
from bot.contest.event.fields import ChoiceField, DateField, DurationField, EventField, NumberField, YesNoField
from tests.talks.chat import Chat, Person
from tests.talks.scenes import apply_as_parent, in_april, send

EXAMPLE = "Например: Соколова Вера Ильинична."
#: Answers that lead from the first question to the review.
WAY = (
    "Педагог", "Подтверждаю, хранится в школе", "Не публиковать", "Соколова Вера", "Да", "3", "Без буквы", "г13", "Да",
    "Без руководителя", "Пропустить", "Обучающая игра",
)  # fmt: skip


async def at_question(chat: Chat, answers: int) -> Person:
    """Somebody who has given so many answers of the way."""
    nina = await chat.person("Нина", "Орлова")
    await nina.starts("scratch")
    await nina.presses("Подать заявку")
    for answer in WAY[:answers]:
        await nina.writes(answer)
    return nina


#: What is typed for a name, with the row of the bad-input list that it belongs to, and how it is answered.
BAD_NAMES = (
    ("B1", "   ", f"Напишите, пожалуйста, фамилию, имя и отчество буквами, как в дипломе. {EXAMPLE}"),
    ("B1", ".", f"Напишите, пожалуйста, фамилию, имя и отчество буквами, как в дипломе. {EXAMPLE}"),
    ("B1", "😀👨‍👩‍👧‍👦", f"Напишите, пожалуйста, фамилию, имя и отчество буквами, как в дипломе. {EXAMPLE}"),
    ("", "Вера", f"Вижу только «Вера». Нужны и фамилия, и имя, через пробел. {EXAMPLE}"),
    (
        "", "И. И. Соколова",
        f"Нужны полные имя и фамилия, без сокращений и точек: в дипломе так и напечатаем. {EXAMPLE}",
    ),
    ("B8", "Соколова https://evil.example", "Ссылка вместо имени не подойдёт. Напишите фамилию, имя и отчество, н"),
    ("B7", "[id1|Админ] @all", "Ссылка вместо имени не подойдёт."),
    ("B6", "Соколова {7*7} <b>", "В «{7*7}» есть цифра."),
    ("B9", "Cоколова Вера", "В слове «Cоколова» буква «C» — латинская"),
    ("B2", "а" * 4097, "Получилось слишком длинно: знаков 4097, а можно до 100."),
    ("", "Раз Два Три Четыре Пять", "Слов здесь 5, а нужно не больше трёх"),
)  # fmt: skip


async def test_b1_b2_b6_b7_b8_b9_a_name_that_cannot_be_printed_is_asked_again(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 3)
    for _, typed, answer in BAD_NAMES:
        await nina.writes(typed)
        nina.sees_in(answer)
    await nina.writes("Соколова Вера Ильинична")
    nina.sees("2 из 6 · Класс? Например: 3Б")


async def test_b3_b6_b7_what_a_person_typed_is_shown_as_typed_and_does_nothing(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 7)
    await nina.writes("Кружок «{0.__class__}» @all [id1|x] %s 👨‍👩‍👧‍👦")
    nina.sees_in("В справочнике такой организации нет: «Кружок «{0.__class__}» @all [id1|x] %s 👨‍👩‍👧‍👦».")
    await nina.presses("Записать как написано")
    for answer in WAY[9:]:
        await nina.writes(answer)
    nina.sees_in("Кружок «{0.__class__}» @all [id1|x] %s 👨‍👩‍👧‍👦", "организатор проверит название")
    raw = next(one for one in nina._dialog["messages"] if one["cmid"] == nina.last.cmid)["text"]
    assert "@all" not in raw
    assert "[id1|" not in raw
    await send(nina)


async def test_a_class_outside_of_the_event_is_refused_with_the_reason(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 5)
    for typed, answer in (
        ("12", "12 класса нет: бывают с 1 по 11."),
        ("подготовительная", "Участник: подготовительная группа, а событие для других: 1–11 классы."),
        ("не знаю", "Напишите класс или группу детского сада."),
        ("3Ъ", "«ъ» — не буква класса."),
    ):
        await nina.writes(typed)
        nina.sees_in(answer)
    await nina.writes("3")
    await nina.writes("7")
    nina.sees_in("«7» — не буква класса. Нужна одна русская буква, например: Б. Можно и без буквы.")
    assert nina.last.keyboard == "[Без буквы] / [Назад] [Отмена]"
    await nina.writes("б")
    nina.sees_in("3 из 6 · Школа")


async def test_a_school_is_found_among_several_or_written_by_hand(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 7)
    await nina.writes("???")
    nina.sees("Напишите, пожалуйста, название словами или номер, например: г13.")
    await nina.writes("асино")
    nina.sees(
        "Какая из них?",
        "[МАОУ-СОШ № 1 г. Асино] / [СОШ № 4 г. Асино] / [Гимназия № 2 г. Асино] / [Нет в списке] / [Назад] [Отмена]",
    )
    await nina.presses("Назад")
    nina.sees_in("3 из 6 · Школа")
    await nina.writes("факел")
    await nina.presses("Другая")
    nina.sees_in("3 из 6 · Школа")
    await nina.writes("факел")
    await nina.presses("Нет в списке")
    nina.sees_in("В справочнике такой организации нет: «факел».", "с городом или районом")
    await nina.writes("https://school.example")
    nina.sees_in("Напишите название словами, не ссылкой")
    await nina.presses("Искать ещё раз")
    await nina.writes("асино")
    await nina.writes("гимназия № 2")
    nina.sees_in("4 из 6 · Руководитель")


async def test_b14_what_looks_like_a_query_finds_nothing_and_breaks_nothing(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 7)
    await nina.writes("%")
    nina.sees("Напишите, пожалуйста, название словами или номер, например: г13.")
    await nina.writes("'; drop table person; --")
    nina.sees_in("В справочнике такой организации нет: «'; drop table person; --».")
    await nina.presses("Искать ещё раз")
    await nina.writes("г13")
    await nina.presses("Да")
    nina.sees_in("4 из 6 · Руководитель")


async def test_a_supervisor_and_a_contact_are_checked_and_a_slip_is_shown(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 9)
    await nina.writes("Н. П. Орлова")
    nina.sees_in("Нужны полные имя и фамилия")
    await nina.writes("Орлова Нина, Белов Пётр, Кедров Лев")
    nina.sees_in("Можно назвать не больше 2")
    await nina.writes("Орлова, Нина Петровна")
    nina.sees_in("5 из 6 · Телефон или почта")
    for typed, answer in (
        ("позвоните мне", "Это не похоже ни на телефон, ни на почту."),
        ("123", "Такого номера не бывает"),
        ("+49 30 1234567", "Нужен номер России или Казахстана"),
        ("вера@mail.ru", "В адресе до «@» есть русские буквы."),
        ("nina@", "Это не похоже на адрес почты."),
        ("nina@mail.ru\nBcc: all@mail.ru", "В адресе почты не бывает пробелов и новых строк."),
    ):
        await nina.writes(typed)
        nina.sees_in(answer)
    await nina.writes("nina@mail.ry")
    nina.sees(
        "nina@mail.ry — похоже на опечатку. Может быть, nina@mail.ru?",
        "[nina@mail.ru] / [Оставить как есть] / [Назад] [Отмена]",
    )
    await nina.presses("nina@mail.ru")
    await nina.writes("эко")
    nina.sees_in("Для связи (в диплом не попадёт): nina@mail.ru")
    nina.sees_in("руководитель Орлова Нина Петровна", "номинация «Проект эко-мышления»")


async def test_b36_a_sticker_a_voice_or_a_picture_is_answered_and_every_question_stays(chat: Chat) -> None:
    await in_april(chat)
    nina = await at_question(chat, 0)
    things = {
        "sticker": "Стикер красивый, но здесь нужны слова.",
        "audio_message": "Голосовые я не понимаю.",
        "photo": "Фотография здесь не подойдёт.",
        "geo": "Место на карте здесь не подойдёт.",
    }
    for answer in (*WAY, "Отправить"):
        question = nina.last
        for kind, said in things.items():
            await nina.attaches(kind)
            assert nina.last.text.startswith(f"{said}\n\n")
            assert nina.last.text.endswith(".")
            assert nina.last.buttons == question.buttons
        await nina.writes(answer)
    nina.sees_in("СК-2026-0001")


OWN: tuple[EventField, ...] = (
    DateField(type="date", code="made-on", title="Дата работы", latest=date(2026, 4, 18)),
    NumberField(type="number", code="scenes", title="Сколько сцен", least=Decimal(1), most=Decimal(20)),
    DurationField(type="duration", code="length", title="Длительность", most="5:00"),
    ChoiceField(
        type="choice", code="tools", title="Чем пользовались", several=True,
        options=(Coded(code="pc", title="Компьютер"), Coded(code="tablet", title="Планшет")),
    ),
    YesNoField(type="yes_no", code="rules", title="С положением ознакомлены", must_be_yes=True),
)  # fmt: skip


async def test_b11_own_fields_of_every_kind_refuse_with_an_example_and_go_on(chat: Chat) -> None:
    def with_fields(event: Event) -> Event:
        return event.model_copy(update={"fields": (*OWN, *event.fields)})

    await in_april(chat, changed=with_fields)
    nina = await at_question(chat, len(WAY))
    nina.sees("7 из 11 · Дата работы?")
    for typed in ("31.02.2026", "29.02.2023", "1.1.1", "завтра", "01.01.9999", "19.04.2026"):
        await nina.writes(typed)
        nina.sees_in("апример: 12.05.2014")
    await nina.writes("12 апреля 2026")
    for typed, answer in (
        ("много", "Нужно целое число"),
        ("2,5", "Нужно целое число"),
        ("1e999", "Нужно целое число"),
        ("21", "Можно от 1 до 20."),
    ):
        await nina.writes(typed)
        nina.sees_in(answer)
    await nina.writes("3")
    for typed, answer in (("пять минут", "в минутах и секундах"), ("6:00", "Можно не дольше 5:00")):
        await nina.writes(typed)
        nina.sees_in(answer)
    await nina.writes("4:30")
    await nina.presses("Компьютер")
    assert nina.last.keyboard == "[✓ Компьютер] / [Планшет] / [Готово] / [Назад] [Отмена]"
    await nina.presses("Планшет")
    await nina.presses("Готово")
    await nina.presses("Нет")
    nina.sees_in("Без этого заявку не принять.")
    await nina.presses("Да")
    nina.sees_in(
        "Дата работы: 12.04.2026", "Сколько сцен: 3", "Длительность: 4:30", "Чем пользовались: Компьютер, Планшет",
        "С положением ознакомлены: да",
    )  # fmt: skip
    await send(nina)


async def test_b43_a_page_without_a_name_applies_like_any_other(chat: Chat) -> None:
    await in_april(chat)
    nobody = await chat.person("DELETED", "")
    assert await apply_as_parent(nobody, school="г13") == "СК-2026-0001"
