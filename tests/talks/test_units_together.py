"""Pairs, projects and collectives: what is asked of them, how they are shown, and what is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.contest.event import Event
from bot.contest.event.units import Headcount
from tests.talks.chat import Chat
from tests.talks.jury_scene import judging, opens
from tests.talks.organizer_scene import scene
from tests.talks.scenes import load_event, open_application, send
from tests.talks.test_units_team import kept
from tests.talks.unit_scenes import begin, labels, says

SPRING = ("г13", "[Да]", "Орлова Нина Петровна", "Белов Олег Игоревич", "[Никого нет]", "[Пропустить]")
NUMBER = ("[Вокал]", "[Эстрадный]", "Крылатов. «Прекрасное далёко»", "3:20")


async def test_a_pair_is_two_people_of_different_roles_with_what_each_has_to_say(chat: Chat) -> None:
    await load_event(chat, "school-cases.yaml", opened_days_ago=3)
    nina = await begin(chat, "school-cases")
    nina.sees("1 из 10 · Наставник: фамилия, имя и отчество, как в дипломе.", "[Назад] [Отмена]")
    await nina.writes("Орлова Нина Петровна")
    nina.sees("2 из 10 · Орлова Нина Петровна: должность? Например: учитель информатики")
    await says(nina, "учитель химии", "химия")
    nina.sees("4 из 10 · Молодой учитель: фамилия, имя и отчество, как в дипломе.")
    await says(nina, "Белов Олег Игоревич", "учитель физики", "физика", "г13", "[Да]", "[Пропустить]")
    nina.sees("9 из 10 · Орлова Нина Петровна. Сколько полных лет педагогического стажа? Например: 3")
    await says(nina, "20", "12")
    nina.sees(
        "Белов Олег Игоревич: стаж 12 лет, а здесь ждут не больше 5. Всё верно?", "[Да] [Исправить] / [Назад] [Отмена]"
    )
    await nina.presses("Да")
    nina.sees_in(
        "Орлова Нина Петровна, наставник, учитель химии, химия, стаж: 20\n"
        "Белов Олег Игоревич, молодой учитель, учитель физики, физика, стаж: 12\n"
    )
    await says(nina, "[Исправить]", "[Ещё ›]", "[Молодой учитель: стаж]", "3")
    nina.sees_in("физика, стаж: 3\n")
    number = await send(nina)
    (pair,) = await kept(chat, nina.id)
    assert [one.role for one in pair.participants] == ["mentor", "young"]
    young = {"_position": "учитель физики", "_subject": "физика", "experience": 3}
    assert dict(pair.participants[1].answers) == young
    await open_application(nina, number)
    assert f"{number} · Орлова Нина и Белов Олег" in [label for one in nina.all for label in _flat(one)]
    await says(nina, "[Изменить]", "[Наставник: должность]", "директор")
    nina.sees_in("Орлова Нина Петровна, наставник, директор, химия, стаж: 20\n")
    await says(nina, "[Исправить]", "[Молодой учитель: имя]", "Котова Дарья Ильинична", "педагог", "химия", "2")
    nina.sees_in("Котова Дарья Ильинична, молодой учитель, педагог, химия, стаж: 2\n")
    await nina.presses("Сохранить")
    nina.sees(f"Изменения в заявке {number} сохранены.")


async def test_a_projects_topic_is_asked_once_and_its_authors_are_named(chat: Chat) -> None:
    await load_event(chat, "teacher-projects.yaml", opened_days_ago=3)
    nina = await begin(chat, "teacher-projects")
    nina.sees("1 из 7 · Тема проекта? Она будет в дипломе.")
    await says(nina, "«Урок за 15 минут»", "Орлова Нина Петровна", "учитель химии", "[Пропустить]")
    nina.sees("Автор 2: фамилия, имя и отчество, как в дипломе.", "[Больше авторов нет] / [Назад] [Отмена]")
    await says(nina, "[Больше авторов нет]", "г13", "[Да]", "[Пропустить]", "[Урок и предмет]")
    nina.sees_in("Орлова Нина Петровна, учитель химии\nтема «Урок за 15 минут»\n")
    await says(nina, "[Исправить]")
    assert labels(nina)[0] == "Тема"
    await says(nina, "[Ещё ›]" if "Ещё ›" in labels(nina) else "[Исправить]")
    await says(nina, "[Добавить автора]", "Белов Олег Игоревич", "учитель физики", "физика", "[Больше авторов нет]")
    nina.sees_in("Белов Олег Игоревич, учитель физики, физика\n")
    number = await send(nina)
    (project,) = await kept(chat, nina.id)
    assert (project.title, len(project.participants)) == ("Урок за 15 минут", 2)
    await open_application(nina, number)
    await nina.presses("Сдать работу")
    await nina.attaches("doc", title="project.pdf", size=20_000)
    assert "Как называется" not in nina.last.text


async def test_a_child_is_not_asked_what_teachers_are_and_long_nominations_are_told_whole(chat: Chat) -> None:
    await load_event(chat, "exhibition.yaml", opened_days_ago=3)
    nina = await begin(chat, "exhibition")
    await says(nina, "Белов Артём Олегович", "5А")
    nina.sees_in("3 из 6 · Школа, сад или кружок?")
    await says(nina, "г13", "[Да]", "[Без руководителя]", "[Пропустить]")
    nina.sees_in("• Робототехнические и интеллектуальные системы\n")
    assert labels(nina)[0] == "Робототехнические и интеллектуальные…"
    await says(nina, "[Цифровая живопись]")
    await send(nina)
    await nina.presses("Сдать работу")
    nina.sees_in("Пришлите фото до 10 МБ (до 3).")
    await nina.attaches("photo")
    assert nina.new[0].text.endswith("\nПолучено: фото")


async def test_who_is_too_young_or_too_old_is_refused_by_name(chat: Chat) -> None:
    await load_event(chat, "smart-home-projects.yaml", opened_days_ago=3)
    nina = await begin(chat, "smart-home-projects")
    await says(nina, "Умная теплица", "Соколова Вера Ильинична", "1А", "5")
    nina.sees("Соколова Вера Ильинична: возраст 5 лет, а событие для тех, кому 7–18 лет.")
    await nina.writes("7")
    nina.sees_in("Автор 2:")
    await says(nina, "соколова вера")
    nina.sees_in("Соколова Вера Ильинична уже есть в этой заявке.")


async def test_an_ensemble_has_a_form_a_roster_and_helpers_and_may_become_a_duet(chat: Chat) -> None:
    await load_event(chat, "spring.yaml", opened_days_ago=3)
    nina = await begin(chat, "spring")
    nina.sees("1 из 9 · Кто выступает?", "[Соло] [Дуэт] / [Ансамбль] [Хор] / [Коллектив] / [Назад] [Отмена]")
    await nina.presses("Ансамбль")
    nina.sees("2 из 9 · Как называется коллектив? Например: ансамбль «Росинка»", "[Пропустить] / [Назад] [Отмена]")
    await nina.writes("ансамбль «Росинка»")
    await nina.presses("Мои заявки")
    nina.sees_in("«Весенний переполох»: ансамбль «Росинка», осталось")
    await says(nina, "[Продолжить]", "[Назад]", "«Росинка»")
    await says(nina, "Соколова Вера, 3А\nБелов Артём, 3Б\nКим Ян, 5А", "[Готово]", *SPRING, *NUMBER)
    review = (
        "«Росинка», {count}\n{form}\n1. Соколова Вера, 3А класс\n2. Белов Артём, 3Б класс\n{third}"
        "МАОУ гимназия № 13 г. Томска\nноминация «Вокал: Эстрадный»\nруководитель Орлова Нина Петровна\n"
        "концертмейстер Белов Олег Игоревич\n"
    )
    nina.sees_in(review.format(count="3 человека", form="Ансамбль", third="3. Ким Ян, 5А класс\n"))
    await says(nina, "[Исправить]", "[Форма]", "[Дуэт]")
    nina.sees_in("Состав, 3 из 2:", "Лишних: 1. Нажмите «Убрать».")
    await says(nina, "готово")
    nina.sees_in("Можно не больше 2 человек.")
    await says(nina, "[Убрать]", "3")
    nina.sees_in(review.format(count="2 человека", form="Дуэт", third=""))
    number = await send(nina)
    assert "Добавить ещё номер" in labels(nina)
    (duet,) = await kept(chat, nina.id)
    assert (duet.title, duet.people, duet.age_group) == ("Росинка", 2, "grades-1-4")
    assert duet.answers["_helpers"] == {"accompanist": ["Белов Олег Игоревич"]}
    await open_application(nina, number)
    nina.sees_in("«Росинка», 2 человека\nДуэт\n", "концертмейстер Белов Олег Игоревич")


async def test_a_parent_enters_one_child_as_a_soloist(chat: Chat) -> None:
    await load_event(chat, "spring.yaml", opened_days_ago=3)
    oleg = await begin(chat, "spring", "Родитель")
    oleg.sees("1 из 9 · Кто выступает?", "[Соло] / [Назад] [Отмена]")
    await says(oleg, "[Соло]", "Белов Артём Олегович", "3А", *SPRING, *NUMBER)
    oleg.sees_in("Белов Артём Олегович, 3А класс\nСоло\n")
    await send(oleg)
    (solo,) = await kept(chat, oleg.id)
    assert (solo.title, solo.people) == (None, 1)


async def test_a_choir_is_counted_and_its_names_are_a_courtesy(chat: Chat) -> None:
    def by_number(event: Event) -> Event:
        return event.model_copy(update={"unit": event.unit.model_copy(update={"headcount": Headcount.NUMBER})})

    made = await scene(chat, days=3, file="spring.yaml", changed=by_number)
    nina = await begin(chat, "spring")
    await nina.presses("Хор")
    nina.sees("2 из 11 · Сколько человек участвует? Можно от 8 до 60.")
    await nina.writes("5")
    nina.sees("Нужно целое число от 8 до 60, например: 8.")
    await nina.writes("30 человек")
    nina.sees_in("В каком классе самый старший?")
    await nina.writes("11")
    nina.sees_in("событие для других")
    await nina.writes("5А")
    nina.sees("4 из 11 · Как называется коллектив? Например: ансамбль «Росинка»", "[Назад] [Отмена]")
    await nina.writes("Весна")
    nina.sees_in("5 из 11 · Имена участников, если нужны (не больше 30).\n")
    await says(nina, "[Без списка имён]", *SPRING, *NUMBER)
    nina.sees_in("«Весна», 30 человек\nХор\nМАОУ гимназия № 13 г. Томска\n")
    number = await send(nina)
    (choir,) = await kept(chat, nina.id)
    assert (choir.title, choir.people, choir.participants, choir.age_group) == ("Весна", 30, (), "grades-5-9")
    await made.opens("Заявки")
    await made.organizer.writes("весна")
    made.organizer.sees_in("«Весна» (30 чел.)\nХор\nконцертмейстер Белов Олег Игоревич\n")

    await open_application(nina, number)
    await says(nina, "[Изменить]", "[Форма]", "[Соло]", "Соколова Вера Ильинична", "3А")
    nina.sees_in("Соколова Вера Ильинична, 3А класс\nСоло\n")
    await nina.presses("Сохранить")
    (solo,) = await kept(chat, nina.id)
    assert (solo.title, solo.people, solo.age_group, solo.headcount) == (None, 1, "grades-1-4", 1)


async def test_two_leagues_take_a_team_by_its_eldest(chat: Chat) -> None:
    await load_event(chat, "umka.yaml", opened_days_ago=3)
    nina = await begin(chat, "umka")
    await nina.writes("Знайки")
    nina.sees_in("фамилия, имя, отчество, класс или группа.")
    await nina.writes(
        "Соколова Вера, старшая группа\nКим Ян, 2А\nБелов Артём подготовительная\nМаев Олег 1А\nКим Яна, 1А"
    )
    nina.sees_in("строка 2: Ким Ян: 2А класс, а событие для других: воспитанники детских садов, 1 класс.")
    await says(nina, "[Готово]", "г13", "[Да]", "Орлова Нина Петровна", "+79131234567", "[Пропустить]", "[Пропустить]")
    nina.sees_in("учитель или воспитатель Орлова Нина Петровна")
    await send(nina)
    (team,) = await kept(chat, nina.id)
    assert (team.age_group, team.category) == ("first-graders", "pupil")


async def test_the_jury_sees_a_team_by_its_title_unless_it_is_blind(chat: Chat) -> None:
    found = await judging(chat, works=1)
    (one,) = found.applications
    async with found.storage() as storage:
        team = replace(one, title="Ракета", answers={**one.answers, "_unit": "team"})
        await storage.applications.change(one.id, team, revision=one.revision, at=chat.clock())
    egor = await opens(found)
    egor.sees_in("\n«Ракета»\n", "Соколова Вера Ильинична, 3Б класс")


async def test_a_blind_jury_is_not_told_the_title(chat: Chat) -> None:
    def blind(event: Event) -> Event:
        assert event.jury is not None
        return event.model_copy(update={"jury": event.jury.model_copy(update={"blind": True})})

    found = await judging(chat, works=1, changed=blind)
    (one,) = found.applications
    async with found.storage() as storage:
        team = replace(one, title="Ракета", answers={**one.answers, "_unit": "team"})
        await storage.applications.change(one.id, team, revision=one.revision, at=chat.clock())
    egor = await opens(found)
    egor.sees_in("«Таблица умножения»")
    assert "Ракета" not in egor.last.text


def _flat(message: object) -> list[str]:
    return [label for row in getattr(message, "buttons", ()) for label in row]
