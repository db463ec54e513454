"""A test in a time window: one attempt, the clock in the database, answers kept at once, points by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from bot.contest.event import Event
from bot.contest.event.stages import Stage, StageKind, TaskAnswer, TaskOption, TimedTask, WorkAfter
from bot.works import Works
from storage.application_rows import Application
from tests.talks.chat import Chat, Person, chat_with_sandbox
from tests.talks.doctors import Offline
from tests.talks.organizer_scene import Scene, scene
from tests.talks.scenes import open_application

QUIZ = (
    TimedTask(
        code="rings",
        title="Кольца",
        question="Сколько колец на олимпийском флаге?",
        answer=TaskAnswer.NUMBER,
        right=("5", "пять"),
        points=2,
    ),
    TimedTask(
        code="athens",
        title="Город",
        question="Где прошли первые игры?",
        answer=TaskAnswer.CHOICE,
        options=(TaskOption(title="В Афинах", right=True), TaskOption(title="В Париже")),
        points=3,
    ),
    TimedTask(code="why", title="Спорт", question="Зачем нужен спорт?", answer=TaskAnswer.TEXT, points=5),
)


def with_quiz(event: Event) -> Event:
    """The contest with a quiz of ten minutes, open for two hours a day after the intake."""
    opens_at = event.closes_at + timedelta(hours=10, seconds=1)
    quiz = Stage(
        code="quiz",
        title="Викторина",
        kind=StageKind.TEST,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(hours=2),
        work=WorkAfter.NONE,
        tasks=QUIZ,
        minutes=10,
    )
    return event.model_copy(update={"stages": (quiz,)})


async def quiz_scene(chat: Chat) -> tuple[Scene, Person, str]:
    """The quiz is open, Nina has one pupil in it."""
    made = await scene(chat, changed=with_quiz)
    nina = await made.person("Нина", "Орлова")
    one = await made.applies(nina, "Соколова Вера")
    chat.moves_on(made.event.stages[0].opens_at - chat.clock() + timedelta(minutes=5))
    return made, nina, one.number


async def test_one_attempt_is_explained_taken_and_counted(chat: Chat) -> None:
    made, nina, number = await quiz_scene(chat)
    await chat.passes(timedelta(seconds=10))
    await nina.looks()
    nina.sees_in("«Создавай со Scratch»: открыт этап «Викторина», до ")
    await nina.presses("К заданиям")
    nina.sees_in("Викторина · Соколова Вера\n3 вопроса, 10 минут, 1 попытка.")
    await nina.presses("Начать задания")
    nina.sees(
        "Вопрос 1 из 3 · осталось 10 минут\nСколько колец на олимпийском флаге?\nНапишите число.",
        "[Пропустить] / [Назад] [Отмена]",
    )
    await nina.writes("не знаю")
    nina.sees_in("Нужно число. Например: 12 или 3,5.")
    await nina.writes("5")
    nina.sees_in("Вопрос 2 из 3", "Где прошли первые игры?")
    await nina.presses("Отмена")
    nina.sees_in("«Викторина»: ответы сохранены, а время идёт до ")
    await nina.presses("Продолжить")
    nina.sees_in("Где прошли первые игры?")
    await nina.presses("В Афинах")
    await nina.presses("Пропустить")
    nina.sees_in("Ответов 2 из 3", "Закончить?")
    await nina.presses("К пропущенным")
    await nina.writes("Чтобы дружить")
    await nina.presses("Закончить")
    nina.sees_in("«Викторина»: готово! Ответов 3 из 3, они сохранены.")
    async with made.storage() as storage:
        assert list((await storage.attempts.points(made.event.code)).values()) == [Decimal(5)]
    await open_application(nina, number)
    await nina.presses("Задания: Викторина")
    nina.sees_in("Больше попыток нет: по правилам 1 попытка.")

    olga = made.organizer
    await made.opens("Ещё")
    for button in ("Этапы", "Викторина", "Оценить ответы"):
        await olga.presses(button)
    olga.sees_in("Зачем нужен спорт?", "Ответ: Чтобы дружить", "Сколько баллов, от 0 до 5?")
    await olga.presses("4")
    olga.sees_in("«Викторина»: все ответы оценены, баллы сохранены.")
    async with made.storage() as storage:
        assert list((await storage.attempts.points(made.event.code)).values()) == [Decimal(9)]


async def test_time_runs_out_and_what_came_in_time_stays(chat: Chat) -> None:
    made, nina, number = await quiz_scene(chat)
    await open_application(nina, number)
    await nina.presses("Задания: Викторина")
    await nina.presses("Начать задания")
    await nina.writes("5")
    await chat.passes(timedelta(minutes=11))
    await nina.looks()
    nina.sees_in("«Викторина»: время вышло ", "сохранены: 1 из 3.")
    await nina.writes("В Афинах")
    nina.sees_in("время вышло")
    async with made.storage() as storage:
        (one,) = await storage.attempts.of_event(made.event.code)
        points = await storage.attempts.points(made.event.code)
    assert (one.answers["athens"].late, one.answers["athens"].option) == (True, 0)
    assert list(points.values()) == [Decimal(2)]
    await open_application(nina, number)
    await nina.presses("Задания: Викторина")
    nina.sees_in("Больше попыток нет")


async def test_before_and_after_the_window_nothing_starts_and_nobody_else_may(chat: Chat) -> None:
    made, nina, number = await quiz_scene(chat)
    await open_application(nina, number)
    await nina.presses("Задания: Викторина")
    assert "[Начать задания]" in nina.last.keyboard
    chat.moves_on(timedelta(hours=3))
    await nina.presses("Начать задания")
    nina.sees_in("Время вышло: задания были открыты до ")
    await open_application(nina, number)
    assert "Задания" not in nina.last.keyboard
    petr = await made.person("Пётр", "Чужаков")
    async with made.storage() as storage:
        (one,) = await storage.applications.of_event(made.event.code)
        assert await storage.attempts.of_application(one.id, "quiz") == []
    await petr.writes("меню")


async def test_task_cards_of_the_little_ones_take_words_numbers_and_a_photo_and_survive_a_restart(
    tmp_path: Path,
) -> None:
    works = Works(Offline())
    async with chat_with_sandbox() as chat:
        async with chat.runs(tmp_path / "bot.db", works=works):
            made = await scene(chat, file="umka.yaml", days=1)
            nina = await made.person("Нина", "Орлова")
            await made.applies(nina, "Соколова Вера", grade=1, team="Ёжики", headcount=6)
            others = [
                await made.applies(nina, "Белов Артём", grade=1, team="Совята", headcount=8),
                await made.applies(nina, "Лапина Ева", grade=None, preschool=True, team="Умки", headcount=7),
                await made.applies(nina, "Громов Илья", grade=None, preschool=True, team="Чижи", headcount=5),
            ]
            day = next(stage for stage in made.event.stages if stage.questions)
            chat.moves_on(day.opens_at - chat.clock() + timedelta(minutes=1))
            await nina.presses("Мои заявки")
            await nina.presses("УМ-2026-0001 · «Ёжики» (6 чел.)")
            await nina.presses(f"Задания: {day.title}")
            await nina.presses("Начать задания")
            await nina.writes("5")
        async with chat.runs(tmp_path / "bot.db", works=Works(Offline())):
            for answer in ("5", "Круг", "берёза", "3", "Жил медвежонок.", "Ёж", "лето"):
                await nina.writes(answer)
            nina.sees_in("Нарисуйте герб своей команды", "Пришлите фото.")
            await nina.writes("не умеем")
            nina.sees_in("Ответьте, пожалуйста, на вопрос или нажмите «Пропустить».")
            await nina.attaches("photo")
            await nina.presses("Закончить")
            nina.sees_in("готово! Ответов 9 из 9")
            async with made.storage() as storage:
                now = chat.clock()
                for one, points, minutes in zip(others, (12, 9, 9), (40, 30, 20), strict=True):
                    attempt = await storage.attempts.start(
                        one.id, day.code, [], participant_id=None, by=nina.id, at=now, ends_at=now + timedelta(hours=1)
                    )
                    attempt = await storage.attempts.mark(attempt, day, "maths-1", Decimal(points))
                    await storage.attempts.finish(attempt, day, at=now + timedelta(minutes=minutes))
                assert (await storage.attempts.points(made.event.code))[1] == Decimal(14)
            await ranked_apart(chat, made, others)


async def ranked_apart(chat: Chat, made: Scene, others: Sequence[Application]) -> None:
    """The organizer marks the tale and the drawing; each league has a ranking of its own."""
    olga = made.organizer
    chat.moves_on(timedelta(days=1))
    await made.opens("Ещё")
    for button in ("Этапы", "День игры", "Оценить ответы"):
        await olga.presses(button)
    olga.sees_in("ждут оценки: 2", "Ответ: Жил медвежонок.", "Сколько баллов, от 0 до 4?")
    await olga.presses("4")
    olga.sees_in("Ответ: 1 вложение ниже")
    await olga.presses("3")
    await made.opens("Рейтинг")
    olga.sees_in(
        "Лига первоклассников\n1. УМ-2026-0001 · «Ёжики» (6 чел.) · 21 из 22",
        f"\n2. {others[0].number} · «Совята» (8 чел.) · 12 из 22",
        f"Лига дошкольников\n1. {others[2].number} · «Чижи» (5 чел.) · 9 из 22",
        f"\n2. {others[1].number} · «Умки» (7 чел.) · 9 из 22",
        f"{others[2].number} выше {others[1].number} при равной сумме: время в секундах, 1200 и 1800",
    )


async def test_the_jury_marks_free_answers_but_not_those_of_its_own_school(chat: Chat) -> None:
    made, nina, number = await quiz_scene(chat)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    zoya = await made.juror("Зоя", "Седых", "Седых Зоя Олеговна", "gymnasium-13-tomsk")
    await open_application(nina, number)
    await nina.presses("Задания: Викторина")
    await nina.presses("Начать задания")
    await nina.writes("4")
    await nina.presses("В Париже")
    await nina.writes("Чтобы дружить")
    await nina.presses("Закончить")
    await chat.passes(timedelta(hours=3))
    for juror in (egor, zoya):
        await juror.looks()
        juror.sees_in("«Создавай со Scratch», Викторина: ждут оценки ответы на задания.")
        await juror.presses("Оценить ответы")
    zoya.sees_in("«Викторина»: ответов, которые ждут оценки, нет.")
    egor.sees_in("СК-2026-0001 · Спорт", "Ответ: Чтобы дружить")
    await egor.presses("3")
    async with made.storage() as storage:
        assert list((await storage.attempts.points(made.event.code)).values()) == [Decimal(3)]
        assert "mark_answers" in {entry.action for entry in await storage.audit.tail(3)}
