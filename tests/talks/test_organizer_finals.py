"""A final to which not everybody came: who is counted in the share of awards, and how the protocol counts people."""

from __future__ import annotations

from bot.contest.event import Event
from bot.contest.event.awards import Award, WinnersPrizes
from bot.contest.event.awards import Outcome as Kind
from bot.contest.event.base import Per
from bot.contest.event.stages import Stage, StageKind
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
