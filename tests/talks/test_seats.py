"""Few places: the waiting list, an offer that is taken or missed, an organizer's own choice with a reason."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from bot.contest.event import Event
from bot.contest.event.model import Seats
from storage.application_rows import Application
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import Scene, scene
from tests.talks.scenes import WEBINAR, open_application

HOUR = timedelta(hours=1)


def one_seat(event: Event) -> Event:
    """Room for one, offered for three hours; registration until just before the meeting."""
    assert event.meeting is not None
    later = {"starts_at": event.meeting.starts_at + 30 * HOUR, "ends_at": event.meeting.ends_at + 30 * HOUR}
    meeting = event.meeting.model_copy(update=later)
    return event.model_copy(update={"seats": Seats(most=1, offer_hours=3), "meeting": meeting})


async def registered(made: Scene, person: Person, name: str) -> Application:
    """A teacher who holds a seat since before anybody counted them."""
    return await made.applies(person, name, grade=None, role=Applicant.SELF, supervisor=None)


async def state_of(made: Scene, person: Person) -> ApplicationState:
    async with made.storage() as storage:
        (application,) = await storage.applications.of_person(person.id)
    return application.state


async def test_who_comes_too_late_waits_is_offered_the_freed_seat_and_takes_it(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR, days=2, changed=one_seat)
    holder, nina = await made.person("Олег", "Белов"), await made.person("Нина", "Орлова")
    held = await registered(made, holder, "Белов Олег")
    await nina.starts("webinar-scratch")
    nina.sees_in("Мест: 1, все заняты, есть лист ожидания")
    await nina.presses("Зарегистрироваться")
    nina.sees(
        "На «Scratch на уроке и после» все места заняты. Очереди пока нет.\n"
        "Можно встать в лист ожидания: освободится место — сразу напишу.",
        "[Встать в лист ожидания] / [К мероприятию]",
    )
    await nina.presses("Встать в лист ожидания")
    number = await fill_in(nina)
    nina.sees_in("в листе ожидания, ваш номер в очереди: 1.", "придержу его 3 часа.")
    assert await state_of(made, nina) is ApplicationState.SENT
    await open_application(nina, number)
    nina.sees_in("Лист ожидания, ваш номер в очереди: 1")

    await chat.passes(HOUR)
    assert nina.last.text.startswith("ВС-")
    async with made.storage() as storage:
        await storage.applications.set_state(held.id, ApplicationState.WITHDRAWN, reason=None, at=chat.clock())
    await chat.passes(HOUR)
    await chat.passes(HOUR)
    await nina.looks()
    nina.sees_in("На «Scratch на уроке и после» освободилось место для заявки", "Займите его до ")
    assert [one.text for one in nina.all].count(nina.last.text) == 1
    assert nina.last.keyboard == "[Занять место] / [Отозвать]"
    await nina.presses("Занять место")
    nina.sees_in("Место на «Scratch на уроке и после» ваше")
    assert await state_of(made, nina) is ApplicationState.ACCEPTED
    await nina.writes("меню")
    await open_application(nina, number)
    assert "ожидания" not in nina.last.text


async def fill_in(person: Person, name: str = "Орлова Нина Петровна") -> str:
    """The questions of the webinar, from the consents on; the application's number."""
    await person.presses("Согласен(на)")
    await person.presses("Публиковать можно")
    await person.writes(name)
    await person.writes("учитель информатики")
    await person.presses("Пропустить")
    await person.writes("гимназия 13 томск")
    await person.presses("Да")
    await person.presses("Пропустить")
    await person.presses("Слушатель")
    await person.presses("Отправить")
    return person.last.text.split()[1]


async def test_a_missed_offer_goes_to_the_next_and_one_may_wait_again(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR, days=2, changed=one_seat)
    holder, nina, zoya = [
        await made.person(*name) for name in (("Олег", "Белов"), ("Нина", "Орлова"), ("Зоя", "Седых"))
    ]
    held = await registered(made, holder, "Белов Олег")
    for person, name in ((nina, "Орлова Нина Петровна"), (zoya, "Седых Зоя Львовна")):
        await person.starts("webinar-scratch")
        await person.presses("Зарегистрироваться")
        await person.presses("Встать в лист ожидания")
        await fill_in(person, name)
    zoya.sees_in("ваш номер в очереди: 2.")
    async with made.storage() as storage:
        await storage.applications.set_state(held.id, ApplicationState.REJECTED, reason="нет", at=chat.clock())
    await chat.passes(HOUR)
    await nina.looks()
    offer = nina.last
    assert offer.keyboard == "[Занять место] / [Отозвать]"
    await chat.passes(4 * HOUR)
    await nina.presses("Встать в очередь снова")
    nina.sees_in("Вы снова в очереди, ваш номер: 1.")
    await zoya.looks()
    await zoya.presses("Занять место")
    zoya.sees_in("ваше, заявка")
    await chat.passes(HOUR)
    await nina.looks()
    nina.sees_in("Вы снова в очереди")

    assert made.event.meeting is not None
    await chat.passes(made.event.meeting.starts_at - chat.clock())
    await nina.looks()
    nina.sees_in("К сожалению, место на «Scratch на уроке и после» не освободилось")
    assert await state_of(made, nina) is ApplicationState.REJECTED


async def test_an_organizer_sees_the_queue_and_offers_out_of_turn_with_a_reason(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR, days=2, changed=one_seat)
    nina, zoya = await made.person("Нина", "Орлова"), await made.person("Зоя", "Седых")
    holder = await made.person("Олег", "Белов")
    held = await registered(made, holder, "Белов Олег")
    numbers = []
    for person, name in ((nina, "Орлова Нина Петровна"), (zoya, "Седых Зоя Львовна")):
        await person.starts("webinar-scratch")
        await person.presses("Зарегистрироваться")
        await person.presses("Встать в лист ожидания")
        numbers.append(await fill_in(person, name))
    organizer = made.organizer
    await made.opens("Ещё")
    await organizer.presses("Места")
    organizer.sees_in("Мест 1: занято 1, предложено 0, свободно 0.", f"2. Седых Зоя ({numbers[1]}), ждёт с ")
    await organizer.presses("Место: Орлова Нина")
    assert "Свободных мест нет, все 1 заняты." in organizer.new[0].text
    await made.opens("Заявки")
    await organizer.writes(numbers[0])
    await organizer.presses("Принять")
    assert "Заявка в листе ожидания, принять её можно, когда она займёт место." in organizer.new[0].text

    async with made.storage() as storage:
        await storage.applications.set_state(held.id, ApplicationState.DROPPED_OUT, reason="нет", at=chat.clock())
    await made.opens("Ещё")
    await organizer.presses("Места")
    organizer.sees_in("свободно 1")
    async with made.storage() as storage:
        (application,) = await storage.applications.of_person(zoya.id)
    await organizer.presses("Место: Седых Зоя")
    organizer.sees_in("Почему место этой заявке, а не следующей в очереди?")
    await organizer.writes("Договорились по телефону")
    assert "Предложил место: Седых Зоя, до " in organizer.new[0].text
    await zoya.looks()
    zoya.sees_in("освободилось место для заявки")
    await chat.passes(HOUR)
    assert not any("освободилось место" in one.text for one in nina.all)
    async with made.storage() as storage:
        entry = next(one for one in await storage.audit.tail(3) if one.action == "offer_seat")
    assert (entry.subject, entry.detail) == (
        f"application:{application.id}",
        {"event": made.event.code, "place": 2},
    )
