"""Results by schemes other than three places, from the ranking to the protocol and the letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.contest.awards import OutcomeKind
from bot.contest.event import Event, UnitKind
from bot.contest.event.awards import Award, JuryNominations, OwnNominations, Threshold, Thresholds
from bot.contest.event.awards import Outcome as Kind
from bot.contest.event.base import Count, Per
from bot.contest.event.scoring import Criterion, Jury, Measure, Ranking, Scoring, Tie
from bot.contest.event.stages import Stage, StageKind, TaskAnswer, TimedTask
from bot.contest.event.units import Team
from bot.contest.stages import Going
from storage.application_rows import Application
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import JUDGING, Scene, scene

WON = Award(title="Победитель", outcome=Kind.WINNER)
PRIZE = Award(title="Призёр", outcome=Kind.PRIZE)


async def entered(
    chat: Chat, totals: Mapping[str, int], **changes: Any
) -> tuple[Scene, Person, Person, list[Application]]:
    """A teacher's pupils with a work each, scored by one juror; the event with these parts in place of its own."""
    made = await scene(chat, days=JUDGING, changed=lambda event: event.model_copy(update=changes))
    nina = await made.person("Нина", "Орлова")
    works = [await made.applies(nina, name) for name in totals]
    await made.hands_in(*works)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.scores(egor, {one.id: points for one, points in zip(works, totals.values(), strict=True) if points})
    return made, nina, egor, works


async def takes(made: Scene) -> None:
    """The organizer takes all proposals."""
    await made.opens("Рейтинг")
    await made.organizer.presses("Принять предложенные")


async def test_d_the_jury_names_nominations_after_scoring_beside_the_awards(chat: Chat) -> None:
    rules = JuryNominations(
        scheme="jury_nominations",
        per=(Per.NOMINATION,),
        winner=WON,
        prize=PRIZE,
        prizes_most=1,
        special=("За доброту",),
    )
    made, nina, _, works = await entered(
        chat, {"Соколова Вера": 38, "Ветрова Анна": 31, "Белов Артём": 20}, awards=rules
    )
    olga = made.organizer
    await made.opens("Рейтинг")
    await olga.presses("Номинации жюри")
    olga.sees(
        "Номинации жюри: «Создавай со Scratch»\nПока никому не назначены.",
        "[Назвать номинацию] / [Рейтинг] [К мероприятию]",
    )
    await olga.presses("Назвать номинацию")
    await olga.writes("Белов")
    olga.sees(
        f"{works[2].number}, Белов Артём\nКакая номинация? Напишите название или нажмите кнопку.",
        "[За доброту] / [Назад] [Отмена]",
    )
    await olga.writes("«Самый смелый сюжет»")
    olga.sees(
        f"Номинации жюри: «Создавай со Scratch»\n{works[2].number} Белов Артём: «Самый смелый сюжет»",
        f"[Назвать номинацию] / [Убрать {works[2].number}: Самый смелый сюжет] / [Рейтинг] [К мероприятию]",
    )
    for name, title in (("Белов", "За доброту"), ("Соколова", "За доброту")):
        await olga.presses("Назвать номинацию")
        await olga.writes(name)
        await olga.presses(title)
    await olga.presses(next(label for row in olga.last.buttons for label in row if "Самый" in label))
    olga.sees_in(f"{works[0].number} Соколова Вера: «За доброту»\n{works[2].number} Белов Артём: «За доброту»")

    await takes(made)
    await olga.presses("Рейтинг")
    olga.sees_in("38 из 40, листов 1 · Победитель, «За доброту»", "Призёр", "Участник, «За доброту»")
    await olga.presses("Протокол")
    olga.sees_in("Победителей 1, призёров 1, участников 1 — всего 3", "Документы: 1 сертификат, 4 диплома")
    await olga.presses("Утвердить")
    await olga.presses("Публикация итогов")
    await olga.presses("Опубликовать")
    olga.sees_in("Соколова Вера, 3 класс, МАОУ гимназия № 13 г. Томска, «Обучающая игра», «За доброту»")
    await nina.looks()
    assert any("Белов Артём, 3 класс: Участник, «За доброту»" in message.text for message in nina.all)
    async with made.storage() as storage:
        named = [one.detail["titles"] for one in await storage.audit.tail(50) if one.action == "name_special"]
    assert named == [["За доброту"], ["За доброту"], ["Самый смелый сюжет", "За доброту"], ["Самый смелый сюжет"]]
    await made.opens("Рейтинг")
    assert "Номинации жюри" not in olga.last.keyboard


async def test_e_everybody_gets_a_nomination_of_their_own_and_the_protocol_waits_for_the_last_one(chat: Chat) -> None:
    rules = OwnNominations(
        scheme="own_nominations",
        per=(Per.GROUP,),
        award=Award(title="Диплом", outcome=Kind.PRIZE),
        titles=("Дружные", "Умные"),
    )
    made, _, _, works = await entered(chat, {"Соколова Вера": 38, "Ветрова Анна": 38, "Белов Артём": 5}, awards=rules)
    olga = made.organizer
    await takes(made)
    await olga.presses("Протокол")
    olga.sees_in(f"• 3 работы без своей номинации: {works[0].number}, {works[1].number}, {works[2].number}")
    await olga.presses("Номинации участников")
    olga.sees_in("Пока никому не назначены.", "Ещё без номинации 3: Соколова Вера; Ветрова Анна; Белов Артём")
    await olga.presses("Назвать номинацию")
    olga.sees(
        f"{works[0].number}, Соколова Вера\nКакая номинация? Напишите название или нажмите кнопку.",
        "[Дружные] / [Умные] / [Назад] [Отмена]",
    )
    await olga.presses("Дружные")
    assert olga.new[0].text.startswith(f"{works[0].number}, Соколова Вера: «Дружные».")
    assert olga.last.text.endswith(
        f"{works[1].number}, Ветрова Анна\nКакая номинация? Напишите название или нажмите кнопку."
    )
    assert olga.last.keyboard == "[Умные] / [Назад] [Отмена]"
    await olga.presses("Отмена")
    olga.sees_in("Соколова Вера: «Дружные»", "Ещё без номинации 2: Ветрова Анна; Белов Артём")
    await olga.presses("Назвать номинацию")
    await olga.writes("Самые быстрые")
    await olga.presses("Умные")
    assert "Ещё без номинации" not in olga.last.text
    await olga.presses("Рейтинг")
    olga.sees_in("Диплом, «Дружные»", "Диплом, «Самые быстрые»", "Диплом, «Умные»")
    await olga.presses("Протокол")
    olga.sees_in("призёров 3 — всего 3, столько же".capitalize(), "Документы: 3 диплома")
    await olga.presses("Утвердить")
    olga.sees_in("утверждён")


async def test_c_points_become_titles_and_of_the_best_of_all_nominations_one_gets_the_grand_prix(chat: Chat) -> None:
    rules = Thresholds(
        scheme="thresholds",
        per=(Per.NOMINATION,),
        thresholds=(
            Threshold(title="Лауреат I степени", outcome=Kind.WINNER, points=Decimal(36)),
            Threshold(title="Дипломант", outcome=Kind.PRIZE, points=Decimal(24)),
        ),
        grand_prix=Award(title="Гран-при", outcome=Kind.GRAND_PRIX),
    )
    totals = {"Соколова Вера": 39, "Ветрова Анна": 38, "Белов Артём": 30, "Лапина Ева": 30, "Зимина Яна": 9}
    made, nina, egor, works = await entered(chat, totals, awards=rules, scoring=Scoring(tie=Tie.VOTE))
    other = await made.applies(nina, "Осипова Ева", nomination="eco-project")
    await made.hands_in(other)
    await made.scores(egor, {other.id: 39})
    olga = made.organizer
    await made.opens("Рейтинг")
    assert olga.last.text.count("предлагается: Лауреат I степени") == 3
    assert olga.last.text.count("предлагается: Дипломант") == 2
    olga.sees_in(
        "При равенстве голосует жюри.\n"
        "Награда «Гран-при» одна, поэтому пока не предложена никому. Запишите решение кнопкой «Решить равенство»."
    )
    await olga.presses("Протокол")
    olga.sees_in("Награда «Гран-при» одна, а набрали поровну: Соколова Вера (", f", Осипова Ева ({other.number}).")
    await olga.presses("Решить равенство")
    olga.sees_in("При равенстве голосует жюри.", "Поровну, по 39:", "Кому «Гран-при»?")
    assert olga.last.keyboard == (
        f"[{works[0].number} Соколова Вера] / [{other.number} Осипова Ева] / [Никому не присуждать] / [Назад] [Отмена]"
    )
    await olga.presses(f"{other.number} Осипова Ева")
    await olga.writes("голосование жюри: 3 из 5")
    olga.sees_in(f"Решение записано:\nГран-при: {other.number} Осипова Ева")
    await olga.presses("Принять предложенные")
    await olga.presses("Рейтинг")
    olga.sees_in(f"Решено между равными: {other.number}, {works[0].number}. голосование жюри: 3 из 5")
    await olga.presses("Протокол")
    olga.sees_in("Гран-при 1, победителей 2, призёров 2, участников 1 — всего 6")


def sports(event: Event) -> Event:
    """Teams: two trials that the organizer enters, one result that the jury measures, a test in theory."""
    course = Stage(
        code="course",
        title="Полоса препятствий",
        kind=StageKind.TASKS,
        opens_at=event.opens_at,
        closes_at=event.closes_at,
        tasks=(
            TimedTask(code="run", title="Бег", measure=Measure.TIME_S),
            TimedTask(code="rope", title="Скакалка", measure=Measure.COUNT),
        ),
    )
    theory = Stage(
        code="theory",
        title="Теория",
        kind=StageKind.TEST,
        opens_at=event.opens_at,
        closes_at=event.closes_at,
        tasks=(TimedTask(code="q", title="Вопрос", question="Где возникли Игры?", answer=TaskAnswer.TEXT, points=10),),
    )
    criteria = (
        Criterion(code="faults", title="Ошибки", measure=Measure.PENALTY),
        Criterion(code="theory-points", title="Теория", max=Decimal(10), stages=("theory",)),
    )
    return event.model_copy(
        update={
            "unit": Team(kind=UnitKind.TEAM, roster=Count(least=1, most=9)),
            "other_units": (),
            "nominations": (),
            "age_groups": (),
            "stages": (course, theory),
            "criteria": criteria,
            "jury": Jury(per_work=1),
            "scoring": Scoring(ranking=Ranking.SUM_OF_PLACES, tie=Tie.CRITERIA, tie_criteria=("theory-points",)),
            "awards": event.awards.model_copy(update={"per": (), "special_free": False}),
        }
    )


async def test_a_raw_results_become_places_and_the_least_sum_of_places_wins(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING, changed=sports)
    nina = await made.person("Нина", "Орлова")
    teams = [
        await made.applies(nina, f"Соколова {name}", grade=6, team=team, headcount=7)
        for name, team in (("Вера", "Олимп"), ("Анна", "Ветер"), ("Ева", "Стрела"))
    ]
    await made.hands_in(*teams)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    results = [("65.3", "40", "1", "7"), ("70", "52", "0", "9"), ("80.5", "", "3", "2")]
    async with made.storage() as storage:
        now = chat.clock()
        await storage.jury.assign([(one.id, egor.id) for one in teams], at=now)
        cards = {
            card.assignment.application_id: card.assignment.id
            for card in await storage.jury.cards(made.event.code, egor.id)
        }
        for team, (run, rope, faults, theory) in zip(teams, results, strict=True):
            for trial, value in (("run", run), ("rope", rope)):
                if value:
                    await storage.trials.put(team.id, "course", trial, Decimal(value), by=made.organizer.id, at=now)
            await storage.jury.score(cards[team.id], "faults", Decimal(faults), at=now)
            await storage.jury.save(cards[team.id], at=now)
            one = await storage.attempts.start(
                team.id, "theory", ["q"], participant_id=None, by=nina.id, at=now, ends_at=now + timedelta(minutes=9)
            )
            await storage.attempts.mark(one, made.event.stages[1], "q", Decimal(theory))
    await made.opens("Рейтинг")
    made.organizer.sees_in(
        f"1. {teams[1].number}",
        "сумма мест 4 (Бег: 1:10, 2-е место; Скакалка: 52, 1-е место; Ошибки: 0, 1-е место), листов 1",
        f"2. {teams[0].number}",
        "сумма мест 5 (Бег: 1:05,3, 1-е место; Скакалка: 40, 2-е место; Ошибки: 1, 2-е место)",
        f"3. {teams[2].number}",
        "сумма мест 9 (Бег: 1:20,5, 3-е место; Скакалка: нет результата, 3-е место; Ошибки: 3",
        "предлагается: Диплом I степени",
        "предлагается: Диплом III степени",
    )

    async with made.storage() as storage:
        await storage.trials.put(teams[1].id, "course", "rope", Decimal(40), by=made.organizer.id, at=chat.clock())
        await storage.trials.put(teams[1].id, "course", "run", Decimal(66), by=made.organizer.id, at=chat.clock())
        await storage.jury.score(cards[teams[0].id], "faults", Decimal(0), at=chat.clock())
        await storage.trials.put(teams[1].id, "course", "run", Decimal("65.3"), by=made.organizer.id, at=chat.clock())
    await made.opens("Рейтинг")
    made.organizer.sees_in(
        f"1. {teams[1].number}",
        f"2. {teams[0].number}",
        f"{teams[1].number} выше {teams[0].number} при равной сумме: Теория, 9 и 7",
    )
    await made.organizer.presses("Принять предложенные")
    await made.organizer.presses("Протокол")
    made.organizer.sees_in("Победителей 1, призёров 2 — всего 3", "3 команды, 21 человек", "Документы: 21 диплом")
    await made.organizer.presses("Утвердить")
    made.organizer.sees_in("утверждён")


async def test_points_of_a_test_enter_the_total_and_less_time_settles_a_tie(chat: Chat) -> None:
    def with_test(event: Event) -> Event:
        quiz = Stage(
            code="quiz",
            title="Викторина",
            kind=StageKind.TEST,
            opens_at=event.opens_at,
            closes_at=event.closes_at,
            tasks=(TimedTask(code="q", title="Вопрос", question="Кто?", answer=TaskAnswer.TEXT, points=10),),
        )
        quiz_points = Criterion(code="quiz-points", title="Викторина", max=Decimal(10), stages=("quiz",))
        changes = {"stages": (quiz,), "criteria": (*event.criteria, quiz_points), "scoring": Scoring(tie=Tie.LESS_TIME)}
        return event.model_copy(update=changes)

    made = await scene(chat, days=JUDGING, changed=with_test)
    nina = await made.person("Нина", "Орлова")
    works = [await made.applies(nina, name) for name in ("Соколова Вера", "Ветрова Анна", "Белов Артём")]
    await made.hands_in(*works)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.scores(egor, {works[0].id: 30, works[1].id: 28, works[2].id: 30})
    now = chat.clock()
    async with made.storage() as storage:
        for work, points, minutes in ((works[0], 6, 5), (works[1], 8, 3)):
            one = await storage.attempts.start(
                work.id, "quiz", ["q"], participant_id=None, by=nina.id, at=now, ends_at=now + timedelta(minutes=9)
            )
            one = await storage.attempts.mark(one, made.event.stages[0], "q", Decimal(points))
            await storage.attempts.finish(one, made.event.stages[0], at=now + timedelta(minutes=minutes))
    await made.opens("Рейтинг")
    made.organizer.sees_in(
        f"1. {works[1].number} · Ветрова Анна, 3 класс · 36 из 50",
        f"2. {works[0].number} · Соколова Вера, 3 класс · 36 из 50",
        f"3. {works[2].number} · Белов Артём, 3 класс · 30 из 50",
        f"{works[1].number} выше {works[0].number} при равной сумме: время в секундах, 180 и 300",
        "При равенстве выше тот, кто затратил меньше времени.",
    )
    assert "Решить равенство" not in made.organizer.last.keyboard


async def test_whoever_a_selection_left_behind_is_not_compared_and_has_one_outcome(chat: Chat) -> None:
    def with_selection(event: Event) -> Event:
        stage = Stage(
            code="selection",
            title="Отбор",
            kind=StageKind.SELECTION,
            opens_at=event.opens_at,
            closes_at=event.closes_at,
        )
        return event.model_copy(update={"stages": (stage,)})

    made = await scene(chat, days=JUDGING, changed=with_selection)
    nina = await made.person("Нина", "Орлова")
    works = [await made.applies(nina, name) for name in ("Соколова Вера", "Ветрова Анна", "Белов Артём")]
    await made.hands_in(*works)
    async with made.storage() as storage:
        for work, going in ((works[0], Going.PASSED), (works[1], Going.NOT_PASSED)):
            await storage.stages.put(work.id, "selection", going, host="", by=made.organizer.id, at=chat.clock())
    await made.opens("Протокол")
    made.organizer.sees_in(f"• отбор не закончен: 1 заявка ждёт решения ({works[2].number})")
    async with made.storage() as storage:
        await storage.stages.put(
            works[2].id, "selection", Going.NOT_PASSED, host="", by=made.organizer.id, at=chat.clock()
        )
    await made.opens("Распределить")
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.scores(egor, {works[0].id: 30})
    await takes(made)
    await made.organizer.presses("Рейтинг")
    made.organizer.sees_in(
        f"1. {works[0].number}",
        "Вне сравнения",
        f"{works[1].number} · Ветрова Анна, 3 класс · Участник отборочного этапа",
    )
    await made.organizer.presses("Протокол")
    made.organizer.sees_in("Победителей 1, участников 2 — всего 3", "Участник отборочного этапа: 2")
    async with made.storage() as storage:
        counts = await storage.outcomes.counts(made.event.code)
    assert counts == {OutcomeKind.WINNER: 1, OutcomeKind.PARTICIPANT: 2}


async def test_two_sheets_far_apart_call_for_one_more_member_of_the_jury(chat: Chat) -> None:
    jury = Jury(per_work=2, extra_juror_gap=Decimal(10))
    made, _, egor, (work,) = await entered(chat, {"Соколова Вера": 38}, jury=jury)
    inna = await made.juror("Инна", "Жукова", "Жукова Инна Львовна")
    await made.scores(inna, {work.id: 20})
    yana = await made.juror("Яна", "Седых", "Седых Яна Олеговна")
    await takes(made)
    await made.organizer.presses("Протокол")
    made.organizer.sees_in(f"• у 1 работы оценки сильно расходятся, нужен ещё один член жюри: {work.number}.")
    await made.organizer.presses("Распределить")
    made.organizer.sees_in("Новых назначений 1", "Седых Яна Олеговна: 1 (новых 1)")
    await made.organizer.presses("Назначить")
    await made.opens("Протокол")
    made.organizer.sees_in("• Седых Яна Олеговна: не закончено листов 1")
    await made.scores(yana, {work.id: 35})
    await takes(made)
    await made.organizer.presses("Протокол")
    made.organizer.sees_in("столько же принято заявок ✓")
    assert egor.id != yana.id
