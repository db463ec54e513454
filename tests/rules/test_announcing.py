"""Announcements: what may be done in which state, what is to be done when, quiet hours, placeholders, figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest import quiet
from bot.contest.announcing.figures import Counted, figures_of
from bot.contest.announcing.model import FROM, OVER, Act, Announcement, AnnouncementState, Left
from bot.contest.announcing.steps import FINISH_AFTER, Todo, is_over, todo
from bot.contest.event.moments import TOMSK
from bot.contest.placeholders import (
    NEEDED,
    PERSONAL,
    Placeholder,
    filled,
    is_personal,
    lacks,
    named,
    respelled,
    unknown,
    used,
)

State = AnnouncementState
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def announcement(state: State = State.RUNNING, **more: object) -> Announcement:
    facts: dict[str, object] = {
        "id": 1, "event_code": "scratch", "author_id": 5, "version": 1, "text": "Завтра консультация",
        "attachments": (), "audience": {"base": "applicants"}, "live": True, "created_at": NOON,
    }  # fmt: skip
    return Announcement(state=state, **{**facts, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clock", "is_quiet", "then"),
    [
        ("2026-11-20T21:59:59+07:00", False, None),
        ("2026-11-20T22:00:00+07:00", True, "2026-11-21T08:00:00+07:00"),
        ("2026-12-31T23:59:59+07:00", True, "2027-01-01T08:00:00+07:00"),
        ("2028-02-29T00:00:00+07:00", True, "2028-02-29T08:00:00+07:00"),
        ("2026-11-21T07:59:59+07:00", True, "2026-11-21T08:00:00+07:00"),
        ("2026-11-21T08:00:00+07:00", False, None),
    ],
)
def test_night_is_quiet_and_ends_at_eight(clock: str, is_quiet: bool, then: str | None) -> None:
    moment = datetime.fromisoformat(clock).astimezone(UTC)
    assert quiet.is_quiet(moment, TOMSK) is is_quiet
    assert quiet.not_before(moment, TOMSK) == datetime.fromisoformat(then or clock)


@given(st.integers(0, 40 * 366 * 24 * 3600).map(lambda seconds: NOON + timedelta(seconds=seconds)))
def test_what_waits_for_the_morning_waits_no_longer_than_the_night(moment: datetime) -> None:
    then = quiet.not_before(moment, TOMSK)
    assert not quiet.is_quiet(then, TOMSK)
    assert timedelta() <= then - moment <= timedelta(hours=10)
    assert quiet.not_before(then, TOMSK) == then


def test_a_moment_without_a_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="zone"):
        quiet.is_quiet(NOON.replace(tzinfo=None), TOMSK)


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (State.DRAFT, {Act.CHANGE, Act.SCHEDULE, Act.START}),
        (State.SCHEDULED, {Act.CHANGE, Act.SCHEDULE, Act.START, Act.STOP}),
        (State.GATHERING, {Act.PAUSE, Act.STOP}),
        (State.RUNNING, {Act.PAUSE, Act.STOP}),
        (State.PAUSED, {Act.RESUME, Act.STOP}),
        (State.DONE, {Act.RECALL}),
        (State.STOPPED, {Act.RECALL}),
        (State.RECALLED, set()),
    ],
)
def test_what_can_be_done_in_each_state(state: State, acts: set[Act]) -> None:
    assert {act for act in Act if announcement(state).allows(act)} == acts
    assert set(FROM) == set(Act)


@pytest.mark.parametrize(
    ("state", "facts", "blocked", "wanted"),
    [
        (State.DRAFT, {}, False, None),
        (State.SCHEDULED, {"starts_at": NOON}, False, Todo.BEGIN),
        (State.SCHEDULED, {"starts_at": NOON}, True, None),
        (State.SCHEDULED, {"starts_at": NOON + timedelta(milliseconds=1)}, False, None),
        (State.SCHEDULED, {"starts_at": NOON + MINUTE, "live": False}, True, Todo.GATHER),
        (State.SCHEDULED, {"starts_at": NOON + MINUTE, "live": False, "gathered_at": NOON}, False, None),
        (State.SCHEDULED, {"starts_at": NOON, "live": False, "gathered_at": NOON}, False, Todo.BEGIN),
        (State.GATHERING, {}, False, Todo.GATHER),
        (State.GATHERING, {"gathered_at": NOON}, False, Todo.RUN),
        (State.RUNNING, {}, False, Todo.FEED),
        (State.RUNNING, {}, True, Todo.HOLD),
        (State.RUNNING, {"held": True}, True, None),
        (State.RUNNING, {"held": True}, False, Todo.RELEASE),
        (State.RUNNING, {"fed_at": NOON}, False, Todo.FINISH),
        (State.PAUSED, {"held": True}, False, None),
        (State.DONE, {}, True, Todo.CLOSE),
        (State.STOPPED, {}, False, Todo.CLOSE),
        (State.RECALLED, {"closed_at": NOON}, False, None),
    ],
)
def test_what_is_to_be_done_now(state: State, facts: dict[str, object], blocked: bool, wanted: Todo | None) -> None:
    assert todo(announcement(state, **facts), now=NOON, blocked=blocked) is wanted


@pytest.mark.parametrize(("state", "live", "held"), list(product(State, (True, False), (True, False))))
def test_nothing_goes_out_at_night_or_early(state: State, live: bool, held: bool) -> None:
    one = announcement(state, live=live, held=held, starts_at=NOON + MINUTE, gathered_at=NOON)
    assert todo(one, now=NOON, blocked=True) not in (Todo.BEGIN, Todo.FEED, Todo.RELEASE, Todo.FINISH)
    if state is State.SCHEDULED:
        assert todo(one, now=NOON, blocked=False) is None


@pytest.mark.parametrize(
    ("waiting", "untried", "since", "over"),
    [
        (0, 0, timedelta(), True),
        (3, 0, timedelta(), False),
        (3, 0, FINISH_AFTER, True),
        (3, 1, FINISH_AFTER, False),
    ],
)
def test_whoever_must_be_tried_again_does_not_keep_it_open(
    waiting: int, untried: int, since: timedelta, over: bool
) -> None:
    one = announcement(fed_at=NOON)
    assert is_over(one, waiting=waiting, untried=untried, now=NOON + since) is over


@pytest.mark.parametrize(
    ("text", "of_event", "wanted"),
    [
        ("Ждём на «{название}» до {срок}", True, ()),
        ("{имя}, заявка {номер}", True, ()),
        ("Ждём, {фамилия}! {фамилия} {Имя}", True, ("{фамилия}", "{Имя}")),
        ("{имя}, {срок}", False, ("{срок}",)),
        ("{} { } {0.__class__} {{имя}}", True, ("{}", "{ }", "{0.__class__}")),
        ("{не\nзакрыта}", True, ()),
    ],
)
def test_what_means_nothing_is_named(text: str, of_event: bool, wanted: tuple[str, ...]) -> None:
    assert unknown(text, of_event=of_event) == wanted


def test_placeholders_may_be_written_with_capitals_and_spaces() -> None:
    assert respelled("{Имя}, { СРОК } и {Фамилия}") == "{имя}, {срок} и {Фамилия}"


def test_only_names_and_numbers_make_a_text_personal() -> None:
    assert [one for one in Placeholder if is_personal(one.written)] == [Placeholder.NAME, Placeholder.NUMBER]
    assert used("{срок} и {номер}, {ещё}") == {Placeholder.DEADLINE, Placeholder.NUMBER}
    assert named(PERSONAL) == "{имя}, {номер}"
    assert NEEDED < PERSONAL


@pytest.mark.parametrize(
    ("text", "values", "wanted"),
    [
        ("{имя}, до {срок}", {"имя": "Нина", "срок": "30 апреля"}, "Нина, до 30 апреля"),
        ("{имя}, завтра консультация", {}, "Завтра консультация"),
        ("{имя}! завтра консультация", {}, "Завтра консультация"),
        ("Здравствуйте, {имя}! Ждём", {}, "Здравствуйте! Ждём"),
        ("Здравствуйте, {имя}. Ждём", {}, "Здравствуйте. Ждём"),
        ("Добрый день, {имя}, ждём", {}, "Добрый день, ждём"),
        ("Ждём, {имя}", {}, "Ждём"),
        ("{имя}", {"имя": "[id1|Админ] @all"}, "[\u2060id1|Админ] @\u2060all"),
        ("{имя}", {"имя": "evil.ru"}, "evil.\u2060ru"),
        ("{имя} {срок}", {"имя": "{срок}", "срок": "30 апреля"}, "{срок} 30 апреля"),
    ],
)
def test_b8_values_are_put_in_as_data(text: str, values: dict[str, str], wanted: str) -> None:
    assert filled(text, values) == wanted


@given(st.text(max_size=60), st.dictionaries(st.sampled_from([one.value for one in Placeholder]), st.text(max_size=9)))
def test_a_text_without_placeholders_stays_as_it_is(text: str, values: dict[str, str]) -> None:
    if not used(text):
        assert filled(text, values) == text


def test_a_text_about_an_application_is_of_no_use_without_one() -> None:
    assert lacks("Заявка {номер}", {}) == {Placeholder.NUMBER}
    assert lacks("Заявка {номер}", {"номер": "СК-2026-0042"}) == frozenset()
    assert lacks("{имя}, завтра", {}) == frozenset()


COUNTED = [
    Counted("send", "sent", None, 90),
    Counted("send", "due", None, 1),
    Counted("send", "due", 9, 1),
    Counted("send", "held", None, 2),
    Counted("send", "dropped", 901, 3),
    Counted("send", "dropped", None, 4),
    Counted("send", "dead", 100, 1),
    Counted("send", "dead", None, 1),
    Counted("delete", "sent", None, 50),
    Counted("delete", "dead", 924, 5),
]


@pytest.mark.parametrize("state", State)
def test_every_person_is_counted_in_one_place(state: State) -> None:
    left_out = {Left.NO_NEWS.value: 7, "code:902": 2}
    found = figures_of(announcement(state, recipients=110), COUNTED, left_out=left_out, read=40, too_old=3)
    assert found.planned == 110
    assert found.settled + found.on_the_way + found.ahead == 110
    assert (found.sent, found.read, found.on_the_way) == (90, 40, 4)
    assert (found.unreachable, found.failed, found.left_out) == ({901: 3}, {0: 1, 100: 1}, left_out)
    assert (found.ahead, found.dropped) == ((0, 11) if state in OVER else (7, 4))
    assert (found.recalled, found.recalling, found.not_recalled, found.too_old) == (50, 0, 5, 3)


def test_nobody_is_all_there_is_of_nobody() -> None:
    found = figures_of(announcement(recipients=0), [], left_out={})
    assert (found.planned, found.settled, found.share) == (0, 0, 1.0)
