"""How fast one person may act, by the messenger's clock."""

from __future__ import annotations

from datetime import timedelta

from bot.pipeline.throttle import BUTTON_BURST, MESSAGE_BURST, MOST_PEOPLE, Ruling, Throttle
from bot.vk.arrivals import arrival
from tests.pipeline.line import NOON, Line, wrote

ANNA, BORIS = 101, 102
SECOND = timedelta(seconds=1)


async def test_b20_fifty_messages_in_a_second_get_a_burst_of_answers_and_one_warning(line: Line) -> None:
    await line.comes(*(wrote(ANNA, number, "помощь", at=NOON) for number in range(1, 51)), wrote(BORIS, 1, "помощь"))
    await line.works()
    assert await line.sent(ANNA) == ["Справка"] * MESSAGE_BURST + ["Слишком быстро"]
    assert await line.sent(BORIS) == ["Справка"]

    await line.comes(wrote(ANNA, 51, "меню", at=NOON + 5 * SECOND))
    await line.works()
    assert (await line.sent(ANNA))[-1] == "Меню"


async def test_b20_fifty_taps_on_a_button_have_the_effect_of_a_burst_and_one_warning(line: Line) -> None:
    await line.comes(*(wrote(ANNA, n, "Помощь", at=NOON, payload='{"c": "help"}') for n in range(1, 51)))
    await line.works()
    assert await line.sent(ANNA) == ["Справка"] * BUTTON_BURST + ["Слишком быстро"]


async def test_a_group_chat_that_calls_fifty_times_at_once_is_answered_a_burst_of_times(line: Line) -> None:
    chat = 2_000_000_001
    calls = [
        {"type": "message_new", "event_id": str(n), "object": {"message": {"peer_id": chat, "from_id": ANNA,
         "conversation_message_id": n, "date": 1, "text": "/help"}}} for n in range(1, 51)
    ]  # fmt: skip
    await line.comes(*filter(None, map(arrival, calls)))
    await line.works()
    assert await line.sent(chat) == ["Пишите мне лично"] * MESSAGE_BURST


async def test_what_was_written_calmly_while_the_bot_was_down_is_all_answered(line: Line) -> None:
    await line.comes(*(wrote(ANNA, number, "помощь", at=NOON + number * SECOND) for number in range(1, 41)))
    await line.works()
    assert await line.sent(ANNA) == ["Справка"] * 40


def test_the_same_act_asked_about_again_before_its_commit_is_not_another_act() -> None:
    throttle = Throttle()
    for _ in range(MESSAGE_BURST * 3):
        assert throttle.rule(1, ANNA, button=False, at=NOON) is Ruling.ANSWER
    throttle.settled()
    rulings = [throttle.rule(act, ANNA, button=False, at=NOON) for act in range(2, MESSAGE_BURST + 3)]
    assert rulings == [Ruling.ANSWER] * (MESSAGE_BURST - 1) + [Ruling.WARN, Ruling.IGNORE]
    assert throttle.rule(MESSAGE_BURST + 1, ANNA, button=False, at=NOON) is Ruling.WARN


def test_whoever_slows_down_is_answered_and_warned_anew() -> None:
    throttle = Throttle()
    rulings = [throttle.rule(act, ANNA, button=False, at=NOON) for act in range(MESSAGE_BURST + 2)]
    assert rulings[-2:] == [Ruling.WARN, Ruling.IGNORE]
    assert throttle.rule(100, ANNA, button=False, at=NOON + SECOND) is Ruling.ANSWER
    assert throttle.rule(101, ANNA, button=False, at=NOON + SECOND) is Ruling.WARN
    assert throttle.rule(102, ANNA, button=True, at=NOON) is Ruling.ANSWER


def test_a_message_from_the_past_gives_nobody_more_than_their_burst() -> None:
    throttle = Throttle()
    times = [NOON, NOON - 60 * SECOND] * MESSAGE_BURST
    rulings = [throttle.rule(act, ANNA, button=False, at=at) for act, at in enumerate(times)]
    assert rulings.count(Ruling.ANSWER) == MESSAGE_BURST


def test_the_buckets_of_those_who_are_long_gone_are_forgotten() -> None:
    throttle = Throttle()
    for person in range(MOST_PEOPLE + 100):
        throttle.rule(person, person, button=False, at=NOON)
    assert len(throttle._buckets) == MOST_PEOPLE


def test_b20_the_second_tap_on_a_button_is_no_other_act_and_a_later_one_is() -> None:
    throttle = Throttle()
    taps = [NOON, NOON + SECOND / 2, NOON + 3 * SECOND]
    rulings = [throttle.rule(act, ANNA, button=True, at=at, leads_to="desk") for act, at in enumerate(taps, start=1)]
    assert rulings == [Ruling.ANSWER, Ruling.REPEAT, Ruling.ANSWER]
    assert throttle.rule(4, ANNA, button=True, at=taps[-1], leads_to="menu") is Ruling.ANSWER
    assert throttle.rule(5, BORIS, button=True, at=taps[-1], leads_to="menu") is Ruling.ANSWER
