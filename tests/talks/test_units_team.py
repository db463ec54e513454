"""A team enters: its roster by lines, its captain, corrections, one more team; the organizer sees all of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.contest.event import Event
from bot.contest.event.fields import ChoiceField, CommonFields, Need, TextField
from storage.application_rows import Application
from storage.storage import Storage
from tests.talks.chat import Chat, chat_with_sandbox
from tests.talks.organizer_scene import scene
from tests.talks.scenes import load_event, open_application, send
from tests.talks.unit_scenes import SIX, begin, labels, says

SPORTS = "sports-mosaic.yaml"
ROSTER = (
    "1. Соколова Вера Ильинична, 6А класс\n2. Белов Артём Олегович, 6Б класс\n3. Кедров Лев, 6Б класс\n"
    "4. Кедрова Анна, 6Б класс\n5. Лаптев Пётр, 6А класс\n6. Ким Яна, 6А класс"
)
REST = ("г13", "[Да]", "Орлов Пётр Ильич", "+7 913 123-45-67", "[Пропустить]", "[Да]")


async def kept(chat: Chat, person_id: int) -> list[Application]:
    """What somebody has sent."""
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        return await Storage(connection).applications.of_person(person_id)


async def test_a_child_or_a_parent_is_asked_kindly_to_come_with_a_teacher(chat: Chat) -> None:
    await load_event(chat, SPORTS, opened_days_ago=3)
    lev = await chat.person("Лев", "Кедров")
    await lev.starts("sports-mosaic")
    await lev.presses("Подать заявку")
    await lev.presses("Участник, мне 14 или больше")
    lev.sees(
        "Здесь участвуют вместе, поэтому заявку подаёт взрослый от школы. "
        "Попросите, пожалуйста, учителя написать этому боту."
    )
    await lev.presses("Родитель")
    lev.sees_in("учителя написать этому боту")
    await lev.presses("Педагог")
    lev.sees_in("Согласие на обработку")


async def test_a_roster_is_written_by_lines_and_what_is_wrong_is_said_by_line(chat: Chat) -> None:
    await load_event(chat, SPORTS, opened_days_ago=3)
    nina = await begin(chat, "sports-mosaic")
    nina.sees("1 из 9 · Как называется команда? Например: Ракета", "[Назад] [Отмена]")
    await nina.writes("«Ракета»")
    nina.sees(
        "2 из 9 · Состав, от 6 до 8 человек.\n"
        "Напишите каждого с новой строки: фамилия, имя, отчество, класс. Можно всех сразу или по одному. Например:\n"
        "Соколова Вера Ильинична, 6А\nБелов Артём Олегович, 6А",
        "[Назад] [Отмена]",
    )
    await nina.writes("готово")
    nina.sees("Нужно не меньше 6 человек, а пока 0. Напишите остальных.")
    await nina.writes("Соколова Вера Ильинична, 6А\n\n2) белов артём 6б\nОрлова\nКим Ян, 7А")
    nina.sees(
        "2 из 9 · Состав, 2 из 8:\n"
        "1. Соколова Вера Ильинична, 6А класс\n2. Белов Артём, 6Б класс\n\n"
        "Эти строки не взял, исправьте и пришлите их ещё раз:\n"
        "строка 3, «Орлова»: Вижу только «Орлова». Нужны и фамилия, и имя, через пробел. "
        "Например: Соколова Вера Ильинична.\n"
        "строка 4: Ким Ян: 7А класс, а событие для других: 6 класс.\n\n"
        "Нужно ещё 4 человека. Напишите остальных.",
        "[Исправить] / [Убрать] / [Назад] [Отмена]",
    )
    await nina.writes("Соколова Вера, 6А")
    nina.sees("Соколова Вера Ильинична уже есть в списке. Если это однофамилец, напишите отчество у обоих.")
    await says(nina, "[Исправить]", "2")
    nina.sees("Белов Артём, 6Б класс\nНапишите эту строку заново: фамилия, имя, отчество, класс.")
    await nina.writes("Белов Артём, 8Б")
    nina.sees("Белов Артём: 8Б класс, а событие для других: 6 класс.")
    await nina.writes("Белов Артём Олегович, 6Б")
    nina.sees_in("2. Белов Артём Олегович, 6Б класс\n\nНужно ещё 4 человека.")
    more = "Кедров Лев 6Б\nКедрова Анна 6Б\nЛаптев Пётр 6А\nКим Яна 6А\nМаев Олег 6А\nМаев Илья 6А\nЗимин Лев 6А"
    await nina.writes(more)
    nina.sees_in(
        "8. Маев Илья, 6А класс",
        "Можно не больше 8 человек, лишних не взял: Зимин Лев.",
        "Больше добавить нельзя. Если всё верно, нажмите «Готово».",
    )
    await nina.writes("Зимин Лев, 6А")
    nina.sees_in("Можно не больше 8 человек. Чтобы заменить кого-то, нажмите «Убрать».")
    await says(nina, "[Убрать]", "[Назад]", "[Убрать]", "маев")
    nina.sees_in("Напишите номер из списка, от 1 до 8.")
    await nina.writes("маев илья")
    nina.sees_in("Состав, 7 из 8:", "Если это все, нажмите «Готово» или допишите остальных.")
    await says(nina, "[Готово]")
    nina.sees_in("3 из 9 · Кто капитан?")


async def test_a_team_is_reviewed_sent_corrected_and_followed_by_another(chat: Chat) -> None:
    await load_event(chat, SPORTS, opened_days_ago=3)
    nina = await begin(chat, "sports-mosaic")
    await says(nina, "Ракета", SIX, "[Готово]", "кедров лев", *REST, "Орлов Пётр Ильич, учитель")
    nina.sees_in(
        "Проверьте, так будет в дипломе:\n\n«Ракета», 6 человек\n"
        + ROSTER.replace("Лев, 6Б класс", "Лев, 6Б класс, капитан")
        + "\nМАОУ гимназия № 13 г. Томска\nучитель физкультуры Орлов Пётр Ильич\n"
    )
    number = await send(nina)
    assert "Добавить ещё команду" in labels(nina)
    nina.sees_in("Работу нужно будет сдать с ")
    (team,) = await kept(chat, nina.id)
    assert (team.title, team.people, team.answers["_unit"]) == ("Ракета", 6, "team")
    assert [one.role for one in team.participants] == [None, None, "captain", None, None, None]

    await nina.presses("Мои заявки")
    nina.sees_in("«Ракета» (6 чел.), «Спортивная мозаика»")
    await nina.writes("белов")
    nina.sees_in(number, "«Ракета», 6 человек")
    await says(nina, "[Изменить]", "[Состав]", "[Убрать]", "1", "Маев Олег, 6А", "[Готово]")
    nina.sees_in("1. Белов Артём Олегович, 6Б класс\n2. Кедров Лев, 6Б класс, капитан\n", "6. Маев Олег, 6А класс")
    await nina.presses("Сохранить")
    (after,) = await kept(chat, nina.id)
    known = {one.name.key: one.id for one in team.participants}
    assert [one.id for one in after.participants[:5]] == [known[one.name.key] for one in after.participants[:5]]

    await open_application(nina, number)
    await nina.presses("Добавить ещё команду")
    assert nina.new[0].text == (
        "Ещё одна команда. Оставил как было: МАОУ гимназия № 13 г. Томска; руководитель Орлов Пётр Ильич. "
        "Изменить можно перед отправкой."
    )
    await says(nina, "[Подтверждаю, хранится в школе]", "[Родители разрешили публиковать]", "ракета", SIX, "[Готово]")
    await says(nina, "1", "[Да]", "Судья есть", "[Отправить]")
    nina.sees_in(f"Заявка на этого участника у вас уже есть: {number}, отправлена.\nОтправить ещё одну?")
    await says(nina, "[Не отправлять]")
    assert len(await kept(chat, nina.id)) == 1


async def test_a_roster_outlives_a_restart_of_the_bot(tmp_path: Path) -> None:
    async with chat_with_sandbox() as chat:
        async with chat.runs(tmp_path / "bot.db"):
            await load_event(chat, SPORTS, opened_days_ago=3)
            nina = await begin(chat, "sports-mosaic")
            await says(nina, "Ракета", SIX, "[Исправить]")
        async with chat.runs(tmp_path / "bot.db"):
            await nina.writes("3")
            nina.sees_in("Кедров Лев, 6Б класс\nНапишите эту строку заново")
            await nina.writes("Кедров Лев Ильич, 6А")
            nina.sees_in("3. Кедров Лев Ильич, 6А класс")


async def test_an_answer_may_wait_until_its_day_and_stands_after_another(chat: Chat) -> None:
    await load_event(chat, SPORTS, opened_days_ago=3)
    nina = await begin(chat, "sports-mosaic")
    await says(nina, "Ракета", SIX, "[Готово]", "1", *REST)
    nina.sees_in("9 из 9 · Кто будет судить", "\nМожно ответить позже, до ")
    await nina.presses("Ответить позже")
    number = await send(nina)
    oleg = await begin(chat, "sports-mosaic", person=await chat.person("Олег", "Белов"))
    await says(oleg, "Комета", SIX, "[Готово]", "1", *REST, "[Ответить позже]")

    await chat.passes(timedelta(days=9))
    await oleg.looks()
    await oleg.presses("Отправить")
    assert oleg.new[0].text == "Без этого заявку уже не отправить: «Судья школы». Ответьте, пожалуйста."
    assert labels(oleg) == ["Назад", "Отмена"]
    await oleg.writes("Орлов Пётр Ильич")
    await send(oleg)
    await says(oleg, "[Добавить ещё команду]", "[Подтверждаю, хранится в школе]", "[Родители разрешили публиковать]")
    await says(oleg, "Вега", SIX, "[Готово]", "1", "[Да]", "Орлов Пётр Ильич", "[Отправить]")
    assert oleg.new[0].text == (
        "Заявок от школы не больше 2, и столько уже подано. Исправьте, если что-то не так, "
        "или нажмите «Помощь»: ответит организатор."
    )
    await says(oleg, "[Исправить]", "[Школа]", "лицей 7", "[Да]")
    await send(oleg)
    await open_application(nina, number)
    nina.sees_in("Не заполнено: «Судья школы». Нажмите «Изменить» и ответьте.")
    await says(nina, "[Изменить]", "[Ещё ›]", "[Судья школы]", "Орлов Пётр Ильич", "[Сохранить]", "[Открыть заявку]")
    nina.sees_in("Судья школы: Орлов Пётр Ильич")
    assert "Не заполнено" not in nina.last.text


async def test_what_stands_is_not_offered_to_be_corrected_unless_an_organizer_asks(chat: Chat) -> None:
    def sooner(event: Event) -> Event:
        judge = event.fields[1].model_copy(update={"required_from": None, "frozen_after": event.opens_at})
        return event.model_copy(update={"fields": (event.fields[0], judge)})

    made = await scene(chat, days=3, file=SPORTS, changed=sooner)
    nina = await begin(chat, "sports-mosaic")
    await says(nina, "Ракета", SIX, "[Готово]", "1", *REST, "Орлов Пётр Ильич")
    number = await send(nina)
    await open_application(nina, number)
    await nina.presses("Изменить")
    nina.sees_in("Что исправить?\n«Судья школы» уже не изменить: срок был ")
    await nina.presses("Ещё ›")
    assert "Судья школы" not in labels(nina)

    await made.opens("Заявки")
    await made.organizer.writes("ракета")
    made.organizer.sees_in(
        "«Ракета» (6 чел.)\n1. Соколова Вера Ильинична, 6А класс, капитан\n", "6. Ким Яна, 6А класс\n"
    )
    await says(made.organizer, "[Нужны исправления]", "Назовите другого судью")
    await says(made.organizer, *(["[Да]"] if "Да" in labels(made.organizer) else []))
    await open_application(nina, number)
    await says(nina, "[Изменить]")
    nina.sees("Что исправить?")
    await says(nina, "[Ещё ›]", "[Судья школы]", "Белов Олег Игоревич", "[Сохранить]")
    (team,) = await kept(chat, nina.id)
    assert team.answers["judge"] == "Белов Олег Игоревич"


async def test_what_is_asked_of_each_member_may_stand_in_the_line_or_is_asked_after(chat: Chat) -> None:
    def with_members(event: Event) -> Event:
        sizes = ({"code": "s", "title": "S"}, {"code": "m", "title": "M"})
        fields = (
            ChoiceField.model_validate(
                {"type": "choice", "code": "size", "title": "Размер", "options": sizes, "asked_of": "member"},
                strict=False,
            ),
            TextField.model_validate(
                {
                    "type": "text",
                    "code": "note",
                    "title": "Надпись",
                    "asked_of": "member",
                    "shown_if": {"field": "size", "equals": ("m",)},
                },
                strict=False,
            ),
        )
        common = CommonFields(birth_date=Need.REQUIRED, gender=Need.OPTIONAL)
        return event.model_copy(update={"fields": fields, "common_fields": common})

    await load_event(chat, SPORTS, opened_days_ago=3, changed=with_members)
    nina = await begin(chat, "sports-mosaic")
    await nina.writes("Ракета")
    nina.sees_in("фамилия, имя, отчество, класс, дата рождения, пол, размер.")
    await nina.writes(
        "Соколова Вера, 6А, 12.05.2014, ж, S\nБелов Артём, 6Б\nКедров Лев, 6Б, 12.05.1850\n"
        "Кедрова Анна 6Б 12.05.2014 ж M\nЛаптев Пётр, 6А, м, XL"
    )
    nina.sees_in("Состав, 2 из 8", "строка 3: ", "строка 4", "строка 5: «Размер»: можно так: S, M.")
    await nina.writes("\n".join(f"{name}, 6А, 12.05.2014, м, S" for name in ("Ким Ян", "Маев Олег", "Зимин Лев")))
    await nina.writes("Кедрова Анна, 6Б, 12.05.2014, ж, M")
    await says(nina, "[Готово]", "1")
    nina.sees_in("Белов Артём: дата рождения?")
    await says(nina, "01.02.2014", "г13", "[Да]", "Орлов Пётр", "[Пропустить]")
    nina.sees_in("Белов Артём. Размер?")
    await nina.presses("S")
    nina.sees_in("Кедрова Анна. Надпись?")
    await nina.writes("Вперёд")
    nina.sees_in("6. Кедрова Анна, 6Б класс, 12.05.2014, женский, размер: M, надпись: Вперёд")
    await send(nina)
    (team,) = await kept(chat, nina.id)
    assert dict(team.participants[0].answers) == {"_birth_date": "2014-05-12", "_gender": "female", "size": "s"}
