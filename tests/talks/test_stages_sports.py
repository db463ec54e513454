"""«Спортивная мозаика» as in 2020: a test in theory, nine trials at home, the least sum of places, one protest."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from bot.contest.attempts import Given
from bot.contest.authorize import Action, RoleKind
from bot.contest.event.scoring import Measure
from bot.contest.event.stages import Stage, TimedTask
from storage.application_rows import Application
from tests.documents.made import xlsx
from tests.talks.bulk_scene import rows_of
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import GYMNASIUM, Scene, scene
from tests.talks.test_organizer_rights import NOT_AVAILABLE, presses_sealed

GYMNASIUM_55 = ("gymnasium-55-tomsk", "МАОУ гимназия № 55 г. Томска")
#: The teams of 2020 by the degree they won.
SCHOOLS = (
    GYMNASIUM_55,
    ("beliy-yar-1", "МБОУ «Белоярская СОШ № 1»"),
    ("kolpashevo-2", "МАОУ СОШ № 2 г. Колпашево"),
    ("bogashevo", "МБОУ «Богашевская СОШ»"),
    GYMNASIUM,
    ("kozhevnikovo-2", "МБОУ «Кожевниковская СОШ № 2»"),
)
TEAMS = ("Олимп", "Ветер", "Стрела", "Кедр", "Факел", "Вихрь")
#: By team its place in each of the nine trials: the first two have equal sums, theory tells them apart.
PLACES = ((1, 1, 1, 1, 2, 2, 2, 2, 1), (2, 2, 2, 2, 1, 1, 1, 1, 1), *((place,) * 9 for place in (3, 4, 5, 6)))
THEORY = (10, 8, 9, 7, 7, 3)


def result(task: TimedTask, place: int) -> str:
    """What a team gets in a trial to come in at this place."""
    if task.measure is Measure.TIME_S:
        return f"{55 + place * 4},5" if place == 1 else f"1:0{place},5"
    return str(place if task.measure is Measure.PENALTY else 40 - place)


def answer(task: TimedTask) -> str:
    """The right one."""
    return task.right[0] if task.right else next(option.title for option in task.options if option.right)


def stage(made: Scene, code: str) -> Stage:
    return next(one for one in made.event.stages if one.code == code)


async def teams(made: Scene, teacher: Person) -> list[Application]:
    """The six of them, seven people each."""
    names = ("Вера", "Анна", "Ева", "Яна", "Инна", "Алла")
    return [
        await made.applies(teacher, f"Соколова {name}", grade=6, team=team, headcount=7, organisation=school)
        for name, team, school in zip(names, TEAMS, SCHOOLS, strict=True)
    ]


async def answers_theory(made: Scene, nina: Person, entered: list[Application]) -> None:
    """The first team in the chat, the others by the same rules."""
    chat, theory = made.chat, stage(made, "theory")
    chat.moves_on(theory.opens_at - chat.clock() + timedelta(minutes=5))
    await nina.writes("меню")
    await nina.writes(entered[0].number)
    await nina.presses("Задания: Теория")
    nina.sees_in("Теория · «Олимп» (7 чел.)\n10 вопросов, 15 минут, 1 попытка.")
    await nina.presses("Начать задания")
    for _ in theory.questions:
        await nina.writes(answer(next(task for task in theory.questions if str(task.question) in nina.last.text)))
    await nina.presses("Закончить")
    nina.sees_in("«Теория»: готово! Ответов 10 из 10")
    codes, now = [task.code for task in theory.questions], chat.clock()
    async with made.storage() as storage:
        for one, points in zip(entered[1:], THEORY[1:], strict=True):
            attempt = await storage.attempts.start(
                one.id, "theory", codes, participant_id=None, by=nina.id, at=now, ends_at=now + timedelta(minutes=15)
            )
            for task in theory.questions[:points]:
                right = next((at for at, option in enumerate(task.options) if option.right), None)
                attempt = await storage.attempts.answer(attempt, theory, task.code, Given(answer(task), right))
            await storage.attempts.finish(attempt, theory, at=now + timedelta(minutes=9))


async def writes_down_trials(made: Scene, nina: Person, entered: list[Application]) -> None:
    """The first team by its own teacher, the others by the organizer's table; one cell of it can't be read."""
    course, olga = stage(made, "course"), made.organizer
    made.chat.moves_on(course.opens_at - made.chat.clock() + timedelta(hours=2))
    await nina.writes("меню")
    await nina.writes(entered[0].number)
    await nina.presses("Результаты испытаний")
    await nina.presses("Вписать результаты")
    await nina.writes("много")
    nina.sees_in("«Челночный бег 3×10 м»: не понял результат. Напишите число, например: 12,4 или 1:05,3.")
    told = [f"{task.title}: {result(task, place)}" for task, place in zip(course.tasks, PLACES[0], strict=True)]
    await nina.writes("\n".join(told))
    nina.sees_in("• Челночный бег 3×10 м: 59,5\n", "• Ошибки на полосе, штрафные очки: 1")

    await made.opens("Ещё")
    for button in ("Этапы", "Полоса препятствий", "Результаты испытаний"):
        await olga.presses(button)
    olga.sees_in(f"{entered[0].number} · Олимп: вписано 9 из 9", f"{entered[1].number} · Ветер: вписано 0 из 9")
    await olga.presses("Скачать таблицу")
    await olga.looks()
    head = next(row for row in rows_of(await olga.file()) if row and row[0] == "№ заявки")
    back: list[list[str | None]] = [head]
    for one, at in zip(entered[1:], PLACES[1:], strict=True):
        values = [result(task, place) for task, place in zip(course.tasks, at, strict=True)]
        back.append([one.number, "", "", *values])
    back[1][3] = "медленно"
    await olga.presses("К списку команд")
    await olga.presses("Прислать таблицу")
    await olga.sends_file("Результаты.xlsx", xlsx(back))
    olga.sees_in("Прочитал: команд 5, результатов 44.", f"{entered[1].number}, Челночный бег 3×10 м: ", "не понял")
    await olga.presses("Перенести результаты")
    assert olga.new[0].text == "Из файла перенесено: 44 результата."


async def puts_right(made: Scene, team: str) -> None:
    """After a protest; the log keeps what was there before."""
    olga = made.organizer
    await olga.presses(team)
    await olga.presses("Вписать результаты")
    await olga.writes("1:20")
    olga.sees_in("• Челночный бег 3×10 м: 1:20\n")
    await olga.presses("Исправить результат")
    await olga.presses("Челночный бег 3×10 м: 1:20")
    await olga.writes("1:02,5")
    await olga.writes("пересмотр по протесту")
    assert olga.new[0].text == "Результат исправлен, прежний остался в журнале."
    async with made.storage() as storage:
        entry = next(one for one in await storage.audit.tail(5) if one.action == Action.ENTER_RESULTS)
    assert entry.detail["before"] == {"shuttle-run": "80"}
    assert (entry.detail["results"], entry.detail["reasoned"]) == ({"shuttle-run": "62.5"}, True)


async def test_theory_nine_trials_and_a_tie_make_the_awards_of_that_year(chat: Chat) -> None:
    made = await scene(chat, file="sports-mosaic.yaml", days=1)
    nina, olga = await made.person("Нина", "Орлова"), made.organizer
    entered = await teams(made, nina)
    await answers_theory(made, nina, entered)
    await writes_down_trials(made, nina, entered)
    await puts_right(made, f"{entered[1].number} · Ветер")
    await olga.presses("К списку команд")
    await olga.presses("Места")
    olga.sees_in("1. Олимп: сумма мест 13, теория 10", "2. Ветер: сумма мест 13, теория 8", "6. Вихрь: сумма мест 54")

    chat.moves_on(timedelta(days=6))
    await made.opens("Рейтинг")
    olga.sees_in(
        f"1. {entered[0].number} · «Олимп»",
        f"{entered[0].number} выше {entered[1].number} при равной сумме: Теория, 10 и 8",
    )
    awards = ("Абсолютный победитель", "Диплом I степени", *["Диплом II степени"] * 3, "Диплом III степени")
    proposed = [line.rpartition("предлагается: ")[2] for line in olga.last.text.splitlines() if "предлаг" in line]
    assert tuple(proposed) == awards
    await olga.presses("Принять предложенные")
    await olga.presses("Протокол")
    olga.sees_in("Абсолютный победитель 1, победителей 1, призёров 4 — всего 6, столько же", "6 команд, 42 человека")
    await olga.presses("Утвердить")
    olga.sees_in("утверждён")
    await presses_sealed(made, olga, f"trial_fix:{entered[0].id}/2")
    olga.sees("Итоги события утверждены, изменить ничего нельзя.", "[К результатам]")


async def test_a_school_writes_down_the_results_of_its_own_teams_and_sees_no_others(chat: Chat) -> None:
    made = await scene(chat, file="sports-mosaic.yaml", days=1)
    nina, zoya = await made.person("Нина", "Орлова"), await made.person("Зоя", "Седых")
    entered = await teams(made, nina)
    second = await made.applies(nina, "Громова Яна", grade=6, team="Гром", headcount=7, organisation=GYMNASIUM_55)
    course = stage(made, "course")
    chat.moves_on(course.opens_at - chat.clock() + timedelta(hours=1))
    await made.opens("Ещё")
    for button in ("Этапы", "Полоса препятствий", "Опорные школы", "Пригласить"):
        await made.organizer.presses(button)
    await made.organizer.writes("гимназия 55")
    word = made.organizer.last.text.partition("код: ")[2].split()[0]
    await zoya.writes(word)
    zoya.sees(
        "Полоса препятствий · «Спортивная мозаика»\nРезультаты испытаний:\n"
        f"{entered[0].number} · Олимп: вписано 0 из 9\n{second.number} · Гром: вписано 0 из 9",
        f"[{entered[0].number} · Олимп] / [{second.number} · Гром] / [Места] / "
        "[Скачать таблицу] [Прислать таблицу] [В меню]",
    )
    await zoya.presses(f"{entered[0].number} · Олимп")
    await zoya.presses("Вписать результаты")
    await zoya.writes("12,4")
    await zoya.presses("Отмена")
    zoya.sees_in("• Челночный бег 3×10 м: 12,4\n• Бег змейкой с мячом: нет")
    await zoya.presses("К списку команд")
    zoya.sees_in("Олимп: вписано 1 из 9")
    await zoya.presses("Скачать таблицу")
    await zoya.looks()
    rows = rows_of(await zoya.file())
    head = next(at for at, row in enumerate(rows) if row and row[0] == "№ заявки")
    assert [row[1] for row in rows[head + 1 :]] == ["Олимп", "Гром"]
    await zoya.writes("меню")
    await zoya.presses("Опорная школа")
    await zoya.presses("Прислать таблицу")
    back: list[list[str | None]] = [rows[head], [second.number, "", "", "11,9"], [entered[1].number, "", "", "9,9"]]
    await zoya.sends_file("Результаты.xlsx", xlsx(back))
    zoya.sees_in("Прочитал: команд 1, результатов 1.", f"Этих команд здесь нет, пропущу: {entered[1].number}.")
    await zoya.presses("Перенести результаты")
    await zoya.presses("Места")
    zoya.sees_in("места среди ваших команд", "1. Гром: сумма мест 9", "2. Олимп: сумма мест 10")
    assert "Ветер" not in zoya.last.text
    async with made.storage() as storage:
        assert await storage.trials.results(made.event.code, course.code) == {
            entered[0].id: {"shuttle-run": Decimal("12.4")},
            second.id: {"shuttle-run": Decimal("11.9")},
        }
    number = made.event.stages.index(course)
    code, mine = made.event.code, f"trial:{second.id}/{number}"
    foreign = [f"trials:{code}/{number}/{GYMNASIUM[0]}", f"trial_table:{code}/{number}"]
    foreign.append(f"trial:{entered[1].id}/{number}")
    await refused(made, zoya, *foreign)
    async with made.storage() as storage:
        await storage.roles.revoke(zoya.id, RoleKind.HOST, code, GYMNASIUM_55[0])
    await refused(made, zoya, f"trials:{code}/{number}/{GYMNASIUM_55[0]}", mine)


async def refused(made: Scene, person: Person, *going: str) -> None:
    """None of these is there for them."""
    for go in going:
        await presses_sealed(made, person, go)
        person.sees(NOT_AVAILABLE)
