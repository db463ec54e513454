"""Finals: who is judged and counted in the share of awards, and how the protocol and the list call teams and people."""

from __future__ import annotations

from decimal import Decimal

from bot.contest.event import Event
from bot.contest.event.awards import Award, WinnersPrizes
from bot.contest.event.awards import Outcome as Kind
from bot.contest.event.base import Per
from bot.contest.event.scoring import Measure
from bot.contest.event.stages import Stage, StageKind
from bot.contest.stages import Going
from storage.application_rows import Application
from tests.talks.chat import Chat
from tests.talks.organizer_scene import JUDGING, Scene, scene


def with_final(event: Event) -> Event:
    """Half of those who perform are awarded, rounded down."""
    final = Stage(code="final", title="Финал", kind=StageKind.FINAL, opens_at=event.opens_at, closes_at=event.closes_at)
    share = WinnersPrizes(
        scheme="winners_prizes",
        per=(Per.NOMINATION,),
        winner=Award(title="Победитель", outcome=Kind.WINNER),
        prize=Award(title="Призёр", outcome=Kind.PRIZE),
        share_percent=50,
    )
    return event.model_copy(update={"stages": (final,), "awards": share})


async def sets(made: Scene, application: Application, outcome: str) -> None:
    await made.opens("Рейтинг")
    await made.organizer.presses("Поставить место")
    await made.organizer.writes(application.number)
    await made.organizer.presses(outcome)


async def test_whoever_did_not_perform_is_noted_by_hand_and_counts_in_no_share(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING, changed=with_final)
    nina = await made.person("Нина", "Орлова")
    names = ("Соколова Вера", "Белов Артём", "Лапина Ева", "Ветрова Анна")
    first, second, third, away = [await made.applies(nina, name, answers={"_unit": "person"}) for name in names]
    await made.applies(nina, "Зимина Яна", answers={"_unit": "collective"}, team="Код", headcount=3)
    await made.hands_in(first, second, third, away)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    async with made.storage() as storage:
        await storage.jury.assign([(away.id, egor.id)], at=chat.clock())
    await made.scores(egor, {first.id: 30, second.id: 20, third.id: 10})
    olga = made.organizer
    await made.opens("Рейтинг")
    assert "Призёр" in olga.last.text
    await made.opens("Протокол")
    olga.sees_in("Лаптев Егор Ильич: не закончено листов 1")

    await sets(made, away, "Не присутствовал(а)")
    await olga.presses("Рейтинг")
    olga.sees_in(f"{away.number} · Ветрова Анна, 3 класс · не присутствовал(а) (вручную)")
    await olga.presses("Принять предложенные")
    await olga.presses("Протокол")
    olga.sees_in(
        "Победителей 1, участников 2, не сдали работу 1, не пришли 1 — всего 5",
        "1 работа, 3 автора · лично 4 участника",
    )
    await sets(made, away, "Как предлагает рейтинг")
    olga.sees_in("результата нет")


async def test_nothing_is_given_to_the_jury_before_the_selection_is_over(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING, file="reciters.yaml")
    nina = await made.person("Нина", "Орлова")
    names = ("Соколова Вера", "Белов Артём", "Лапина Ева", "Зимина Яна")
    works = [await made.applies(nina, name, grade=9, nomination="poetry") for name in names]
    await made.hands_in(*works, url="https://vk.com/video1_2")
    await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    olga = made.organizer
    await made.opens("Распределить")
    olga.sees(
        "Распределять пока нечего: отбор не закончен, и кто в финале, ещё не известно.", "[Этапы] / [К мероприятию]"
    )
    async with made.storage() as storage:
        for one in works:
            await storage.stages.put(one.id, "selection", Going.PASSED, host="", by=olga.id, at=chat.clock())
    await made.opens("Распределить")
    numbers = ", ".join(one.number for one in works[:3])
    olga.sees_in("Не хватает жюри для 4 работ:", f"• {numbers} и ещё 1: не хватает 2; всего в жюри 1")


async def test_many_trials_are_said_shortly_and_an_unnamed_team_is_a_team(chat: Chat) -> None:
    made = await scene(chat, days=200, file="sports-mosaic.yaml")
    nina = await made.person("Нина", "Орлова")
    teams = [
        await made.applies(nina, "Соколова Вера", grade=6, nomination=None, team=team, headcount=7, publish=publish)
        for team, publish in (("Олимп", True), ("Клуб «Ветер»", True), ("Стрела", False))
    ]
    await made.hands_in(*teams)
    course = next(stage for stage in made.event.stages if stage.code == "course")
    olga = made.organizer
    async with made.storage() as storage:
        for nth, team in enumerate(teams):
            for task in course.tasks:
                result = Decimal(20 - nth if task.measure is Measure.COUNT else 20 + nth)
                await storage.trials.put(team.id, "course", task.code, result, by=olga.id, at=chat.clock())
    await made.opens("Рейтинг")
    olga.sees_in(
        "Школьники\nМеста по порядку: Челночный бег 3×10 м; ",
        f"1. {teams[0].number} · «Олимп» (7 чел.) · сумма мест 9 (места: 1, 1, 1, 1, 1, 1, 1, 1, 1) · ",
        f"2. {teams[1].number} · Клуб «Ветер» (7 чел.) · ",
    )
    await olga.presses("Принять предложенные")
    await olga.presses("Протокол")
    olga.sees_in("Абсолютный победитель 1, победителей 1, призёров 1 — всего 3", "3 команды, 21 человек")
    await olga.presses("Утвердить")
    await olga.presses("Публикация итогов")
    olga.sees_in("Напишу 1 человеку: 21 участник, через педагогов.")
    await olga.presses("Опубликовать")
    olga.sees_in("Диплом I степени:\n• Клуб «Ветер» (7 чел.)", f"• команда № {teams[2].ordinal}")
