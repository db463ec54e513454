"""Who came: the code word in its time, the button, the organizer's marks; outcomes follow."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.consents import Applicant
from bot.contest.event import Event
from bot.contest.event.stages import Section
from storage.application_rows import Application
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import Scene, scene
from tests.talks.scenes import WEBINAR

MINUTE = timedelta(minutes=1)
TITLE = "«Использование Scratch в урочной и внеурочной деятельности»"


async def listener(made: Scene, first: str, last: str, role: str = "listener") -> tuple[Person, Application]:
    """A teacher who is registered."""
    person = await made.person(first, last)
    facts = {"grade": None, "role": Applicant.SELF, "supervisor": None}
    return person, await made.applies(person, f"{last} {first}", answers={"role": role}, **facts)  # type: ignore[arg-type]


def quiet(event: Event) -> Event:
    """Nothing is said aloud."""
    assert event.meeting is not None
    return event.model_copy(update={"meeting": event.meeting.model_copy(update={"code_word": None})})


async def test_the_word_is_taken_in_its_time_however_it_is_typed(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR, days=2)
    nina, _ = await listener(made, "Нина", "Орлова")
    oleg, _ = await listener(made, "Олег", "Белов")
    anna = await made.person("Анна", "Ветрова")
    meeting = made.event.meeting
    assert meeting is not None
    await chat.passes(meeting.starts_at - chat.clock() - 5 * MINUTE)
    await nina.looks()
    nina.sees_in("На встрече назовут кодовое слово. Напишите его сюда, и я отмечу, что вы были.")
    await nina.writes("спрайт")
    nina.sees_in("Отмечаться можно с начала встречи: ")
    await chat.passes(10 * MINUTE)
    await nina.writes("спрайд")
    nina.sees(
        "«спрайд» — не то слово. Послушайте кодовое слово «Scratch на уроке и после» ещё раз и напишите его здесь.",
        "[К мероприятию]",
    )
    await nina.writes("«СПРАЙТ»!")
    nina.sees(f"Отметил: Орлова Нина.\n{TITLE}, спасибо, что пришли!", "[Мои заявки] [В меню]")
    await nina.writes("спрайт")
    nina.sees_in("Вы уже отмечены (Орлова Нина).")
    await anna.writes("спрайт")
    anna.sees_in("Не понял вас.")

    await oleg.starts("webinar-scratch")
    await oleg.presses("Я здесь")
    oleg.sees("Напишите кодовое слово «Scratch на уроке и после», его назвали на встрече.", "[К мероприятию]")
    await chat.passes(meeting.ends_at + 61 * MINUTE - chat.clock())
    await oleg.writes("спрайт")
    oleg.sees_in("Отметиться можно было до ", "нажмите «Помощь»")


async def test_without_a_word_a_button_is_enough(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR, days=2, changed=quiet)
    nina, _ = await listener(made, "Нина", "Орлова")
    assert made.event.meeting is not None
    await chat.passes(made.event.meeting.starts_at - chat.clock() + MINUTE)
    await nina.starts("webinar-scratch")
    assert nina.last.keyboard.startswith("[Я здесь]")
    await nina.presses("Я здесь")
    nina.sees_in("Отметил: Орлова Нина.")
    await nina.starts("webinar-scratch")
    assert "Я здесь" not in nina.last.keyboard


def in_sections(event: Event) -> Event:
    """Nothing is said aloud, and there are two rooms."""
    sections = (Section(code="a", title="Начальная школа"), Section(code="b", title="Старшая школа"))
    meeting = quiet(event).meeting
    assert meeting is not None
    return event.model_copy(update={"meeting": meeting.model_copy(update={"sections": sections})})


async def test_in_sections_one_says_in_which_one_is(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR, days=2, changed=in_sections)
    nina, application = await listener(made, "Нина", "Орлова")
    assert made.event.meeting is not None
    await chat.passes(made.event.meeting.starts_at - chat.clock() + MINUTE)
    await nina.starts("webinar-scratch")
    await nina.presses("Я здесь")
    nina.sees("На какой вы секции?", "[Начальная школа] / [Старшая школа] / [К мероприятию]")
    await nina.presses("Старшая школа")
    nina.sees_in("Отметил: Орлова Нина.")
    async with made.storage() as storage:
        (came,) = await storage.attendance.of_event(made.event.code)
    assert (came.application_id, came.meeting, came.way) == (application.id, "b", "button")


async def test_the_organizer_marks_by_a_tap_and_by_a_list_and_outcomes_follow(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR, days=2)
    organizer = made.organizer
    for first, last, role in (
        ("Нина", "Орлова", "speaker"),
        ("Олег", "Белов", "listener"),
        ("Зоя", "Седых", "listener"),
        ("Анна", "Ветрова", "listener"),
    ):
        await listener(made, first, last, role)
    await made.opens("Ещё")
    await organizer.presses("Кто пришёл")
    organizer.sees_in("Пришли 0 из 4.", "Слушатель: 0 из 3\nДокладчик: 0 из 1")
    assert organizer.last.keyboard == (
        "[Орлова Нина] [Белов Олег] / [Седых Зоя] [Ветрова Анна] / [Списком] [Кодовое слово] / [К мероприятию]"
    )
    await organizer.presses("Орлова Нина")
    organizer.sees_in("Пришли 1 из 4.", "Докладчик: 1 из 1")
    await organizer.presses("✓ Орлова Нина")
    organizer.sees_in("Пришли 0 из 4.")
    await organizer.presses("Орлова Нина")
    await organizer.presses("Списком")
    organizer.sees_in("Пришлите список тех, кто был")
    await organizer.writes("1. Олег Белов\nветрова\nПётр Кто-то")
    listed, card = organizer.new
    assert listed.text == "Отмечены по списку: 2 заявки.\nНе нашёл: Пётр Кто-то"
    assert "Пришли 3 из 4." in card.text
    await organizer.presses("Кодовое слово")
    await organizer.writes("Облако")
    assert organizer.new[0].text == "Кодовое слово: «Облако». Назовите его на встрече."

    assert made.event.meeting is not None
    await chat.passes(made.event.meeting.starts_at - chat.clock() + MINUTE)
    zoya, _ = await listener(made, "Вера", "Кедрова")
    await zoya.writes("спрайт")
    zoya.sees_in("«спрайт» — не то слово.")
    await zoya.writes("облако")
    zoya.sees_in("Отметил: Кедрова Вера.")
    await made.opens("Рейтинг")
    organizer.sees_in(
        "Орлова Нина · предлагается: Сертификат докладчика", "Седых Зоя · предлагается: не присутствовал(а)"
    )
