"""A juror measures: time, how many times, penalties are typed, as they are called out."""

from __future__ import annotations

from decimal import Decimal

from bot.contest.event import Event
from bot.contest.event.scoring import Criterion, Measure
from tests.talks.chat import Chat
from tests.talks.jury_scene import judging, opens

RUN = Criterion(code="run", title="Бег", measure=Measure.TIME_S, step=Decimal("0.1"))
ROPE = Criterion(code="rope", title="Скакалка, раз", measure=Measure.COUNT, max=Decimal(200))
FAULTS = Criterion(code="faults", title="Ошибки", measure=Measure.PENALTY, max=Decimal(5))
STYLE = Criterion(code="style", title="Слаженность", max=Decimal(3))


async def test_results_are_typed_with_their_units_and_have_no_sum(chat: Chat) -> None:
    def raw(event: Event) -> Event:
        return event.model_copy(update={"criteria": (RUN, ROPE, FAULTS)})

    scene = await judging(chat, works=2, changed=raw)
    egor = await opens(scene)
    egor.sees_in("Бег (время, например 12,4 или 1:05,3)", "Результат напишите сообщением.")
    assert egor.last.keyboard == "[‹ назад] [Пропустить] / [Конфликт интересов] [Спросить автора]"
    await egor.writes("быстро")
    assert egor.new[0].text.startswith("«Бег»: не понял результат. Напишите число, например: 12,4 или 1:05,3.")
    egor.sees_in("Бег (время")
    await egor.writes("1:05,3")
    egor.sees_in("Бег 1:05,3\nСкакалка, раз (число, наибольшее 200)")
    await egor.writes("201")
    assert egor.new[0].text.startswith("«Скакалка, раз»: такого результата быть не может. Возможны от 0 до 200.")
    egor.sees_in("Скакалка, раз (число, наибольшее 200)")
    await egor.writes("52")
    below = "[‹ назад] [Пропустить] / [Конфликт интересов] [Спросить автора]"
    assert egor.last.keyboard == f"[0] [1] [2] / [3] [4] [5] / {below}"
    await egor.presses("1")
    assert egor.last.text.endswith("Бег — 1:05,3\nСкакалка, раз — 52\nОшибки — 1")
    assert "Итого" not in egor.last.text
    await egor.presses("Сохранить")
    assert "✓ Работа 1, «Таблица умножения». Сохранено, 1 из 2." in [message.text for message in egor.all]
    assert await scene.points(1) == {"run": "65.3", "rope": "52", "faults": "1"}
    await egor.writes("12,4")
    egor.sees_in("Бег 12,4 с")
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await egor.presses("Список")
    egor.sees_in("1. «Таблица умножения» ✓\n", "2. «Чистая река» … оценено критериев 1 из 3")


async def test_beside_points_a_result_stands_in_the_same_sheet(chat: Chat) -> None:
    def mixed(event: Event) -> Event:
        return event.model_copy(update={"criteria": (STYLE, RUN)})

    scene = await judging(chat, works=1, changed=mixed)
    egor = await opens(scene)
    await egor.presses("3")
    await egor.writes("40")
    egor.sees_in("Слаженность — 3 из 3\nБег — 40 с\nИтого 3 из 3")
