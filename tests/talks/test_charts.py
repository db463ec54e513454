"""Pictures of an event: one tap from its card, each with its numbers in words, and only for who may see them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import aiohttp
from PIL import Image

from bot.contest.authorize import RoleKind
from bot.contest.event import Event
from bot.contest.event.moments import TOMSK
from bot.talk.seal import Seal
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import GYMNASIUM, JUDGING, Scene, scene
from tests.talks.scenes import WEBINAR, load, load_event

LYCEUM = ("lyceum-7-tomsk", "МАОУ лицей № 7 г. Томска")
SEVERSK = ("seversk-80", "СОШ № 80 г. Северска")
BOOK = "favourite-book.yaml"
RAINBOW = (None, "Школа «Радуга»")
NAMES = ("Соколова Вера", "Белов Артём", "Осипова Анна", "Громов Лев", "Лапина Зоя", "Зимин Олег", "Рябова Ия")
A_YEAR = timedelta(days=365)


async def picture(person: Person) -> Image.Image:
    """The picture of the newest message, as it was uploaded."""
    (sent,) = person.last.attachments
    assert sent["type"] == "photo"
    url = max(sent["photo"]["sizes"], key=lambda size: size["width"])["url"]
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        found = Image.open(BytesIO(await answer.read()))
        found.load()
        assert (found.format, found.width) == ("PNG", 1080)
        return found


async def next_year(made: Scene) -> Event:
    """A year later the contest is on again: it is as long before its deadline as it was then."""
    made.chat.moves_on(A_YEAR)
    start = made.event.opens_at.astimezone(TOMSK).date() + A_YEAR
    event = made.event.moved_to(start)
    await load(made.chat, event)
    made.event = event
    await made.organizes(made.organizer)
    return event


async def test_applications_stand_beside_those_of_the_year_before(chat: Chat) -> None:
    made = await scene(chat)
    year, olga, nina = made.event.year, made.organizer, await made.person("Нина", "Орлова")
    await made.opens("Картинки")
    olga.sees(
        "По «Создавай со Scratch» заявок пока нет, рисовать нечего. Картинки появятся с первой заявкой.",
        "[К мероприятию]",
    )
    for name in NAMES[:3]:
        await made.applies(nina, name)
    chat.moves_on(timedelta(days=5))
    await made.applies(nina, NAMES[3])
    chat.moves_on(timedelta(days=-5))

    event = await next_year(made)
    for name in NAMES[:5]:
        await made.applies(nina, name)
    await olga.writes("меню")
    await olga.presses("Кабинет организатора")
    await olga.presses(f"{event.short_title}, до {event.closes_at.astimezone(TOMSK):%d.%m.%Y}")
    await olga.presses("Картинки")
    olga.sees(
        "5 заявок, на 2 больше, чем в прошлом году к этому дню\n"
        "За последнюю неделю 5 заявок, до конца приёма осталось 17 дней.\n"
        f"{year}: к этому дню 3, за весь приём 4.",
        "[Муниципалитеты] [Нагрузка жюри] / [Строгость жюри] / [С чем сравнить] / [Обновить] [К мероприятию]",
    )
    assert (await picture(olga)).height > 1080
    assert [one.text for one in olga.new] == [olga.last.text], "what said that it is being drawn became the picture"

    await made.applies(nina, NAMES[5])
    await olga.presses("Обновить")
    olga.sees_in("6 заявок, на 3 больше")
    await olga.presses("С чем сравнить")
    olga.sees(
        "С чем сравнить «Создавай со Scratch»? Возьму столько же дней до конца приёма.",
        f"[Создавай со Scratch, {year}] / [К картинкам] [К мероприятию]",
    )
    await olga.presses(f"Создавай со Scratch, {year}")
    olga.sees_in("6 заявок, на 3 больше, чем в прошлом году к этому дню")
    chat.moves_on(timedelta(days=30))
    await olga.presses("Обновить")
    olga.sees_in("6 заявок, на 2 больше, чем в прошлом году\n", f"{year}: за весь приём 4.")


async def test_another_event_is_picked_to_compare_with_by_who_may_see_it(chat: Chat) -> None:
    made = await scene(chat)
    olga, nina = made.organizer, await made.person("Нина", "Орлова")
    other = await load_event(chat, BOOK, opened_days_ago=200)
    for name in NAMES[:2]:
        await made.applies(nina, name, event=other)
    await made.applies(nina, NAMES[2])
    await made.opens("Картинки")
    olga.sees("1 заявка на сегодня\nЗа последнюю неделю 1 заявка, до конца приёма осталось 17 дней.")
    assert "С чем сравнить" not in olga.last.keyboard

    await made.organizes(olga, other)
    await olga.presses("Обновить")
    await olga.presses("С чем сравнить")
    await olga.presses(f"{other.short_title}, {other.year}")
    olga.sees_in(
        f"1 заявка, на 1 больше, чем у «{other.short_title}» к этому дню",
        f"{other.short_title}: к этому дню 0, за весь приём 2.",
    )
    await olga.presses("Муниципалитеты")
    olga.sees_in("1 организация из 1 муниципалитета")


async def test_schools_are_shown_by_municipality_and_who_belongs_to_none_is_named(chat: Chat) -> None:
    made = await scene(chat)
    nina, olga = await made.person("Нина", "Орлова"), made.organizer
    for name, school in zip(NAMES, (GYMNASIUM, GYMNASIUM, LYCEUM, SEVERSK, RAINBOW), strict=False):
        await made.applies(nina, name, organisation=school)
    await made.opens("Картинки")
    await olga.presses("Муниципалитеты")
    olga.sees(
        "4 организации из 2 муниципалитетов\n"
        "Томск: 2 организации, 3 заявки\n"
        "Северск: 1 организация, 1 заявка\n"
        "муниципалитет неизвестен: 1 организация, 1 заявка: Школа «Радуга»",
        "[Заявки по дням] [Нагрузка жюри] / [Строгость жюри] / [Обновить] [К мероприятию]",
    )
    await picture(olga)


async def test_a_blind_jury_s_event_names_no_organisation(chat: Chat) -> None:
    def blind(event: Event) -> Event:
        assert event.jury is not None
        return event.model_copy(update={"jury": event.jury.model_copy(update={"blind": True})})

    made = await scene(chat, changed=blind)
    await made.applies(await made.person("Нина", "Орлова"), NAMES[0], organisation=RAINBOW)
    await made.opens("Картинки")
    await made.organizer.presses("Муниципалитеты")
    made.organizer.sees("1 организация\nмуниципалитет неизвестен: 1 организация, 1 заявка")


async def test_the_jury_s_load_and_strictness(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    olga, nina = made.organizer, await made.person("Нина", "Орлова")
    works = [await made.applies(nina, name) for name in NAMES]
    await made.hands_in(*works)
    chat.moves_on(timedelta(seconds=1))
    strict = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.opens("Картинки")
    await olga.presses("Нагрузка жюри")
    olga.sees("Жюри пока ничего не назначено, показывать нечего.")
    await olga.presses("Строгость жюри")
    olga.sees("Законченных листов пока нет, сравнивать нечего.")

    lenient = await made.juror("Алла", "Мягкова", "Мягкова Алла Юрьевна")
    few = await made.juror("Лев", "Редкий", "Редкий Лев Львович")
    await made.scores(strict, {one.id: 10 + nth for nth, one in enumerate(works[:6])})
    await made.scores(lenient, {one.id: 30 + nth for nth, one in enumerate(works[:5])})
    await made.scores(few, {works[0].id: 1})
    async with made.storage() as storage:
        await storage.jury.assign([(works[6].id, strict.id), (works[6].id, lenient.id)], at=chat.clock())
        (assignment,) = [
            one.id
            for one in await storage.jury.assignments(made.event.code)
            if one.application_id == works[6].id and one.person_id == lenient.id
        ]
        await storage.jury.conflict(assignment, "мой ученик")
    await olga.presses("Обновить")
    olga.sees_in("Строже всех Лаптев Е. И., мягче всех Мягкова А. Ю.")
    assert "Редкий" not in olga.last.text
    await picture(olga)
    await olga.presses("Нагрузка жюри")
    olga.sees(
        "Жюри закончило 12 из 13 листов, осталось 1\nЛаптев Е. И.: осталось 1\nКонфликтов интересов: 1.",
        "[Заявки по дням] [Муниципалитеты] / [Строгость жюри] / [Обновить] [К мероприятию]",
    )
    await picture(olga)


async def test_an_event_without_a_jury_offers_only_its_applications(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR)
    await made.applies(await made.person("Нина", "Орлова"), NAMES[0], grade=None, nomination=None)
    await made.opens("Картинки")
    made.organizer.sees_in("1 заявка")
    assert made.organizer.last.keyboard == "[Муниципалитеты] / [Обновить] [К мероприятию]"


async def test_a_stranger_gets_no_picture_and_whoever_loses_the_role_meanwhile_neither(chat: Chat) -> None:
    made = await scene(chat)
    nina, olga = await made.person("Нина", "Орлова"), made.organizer
    await made.applies(nina, NAMES[0])
    async with made.storage() as storage:
        seal = Seal(await storage.settings.seal_key())
    for route in (f"charts:{made.event.code}", f"charts_compare:{made.event.code}", "charts:nothing"):
        await nina.writes("кнопка", payload={"g": route, "k": seal.of(nina.id, route)})
        nina.sees("Это действие вам недоступно.")
    await made.opens("Картинки")
    await picture(olga)
    async with made.storage() as storage:
        await storage.roles.revoke(olga.id, RoleKind.ORGANIZER, made.event.code)
    await olga.presses("Обновить")
    olga.sees("Это действие вам недоступно.")


async def test_f4_a_picture_that_can_not_be_uploaded_is_said_and_can_be_asked_for_again(chat: Chat) -> None:
    made = await scene(chat)
    await made.applies(await made.person("Нина", "Орлова"), NAMES[0])
    olga = made.organizer
    await chat.control("faults", {"method": "upload", "body": '{"server":1,"photo":"[]","hash":"x"}', "times": 5})
    await made.opens("Картинки")
    olga.sees("Рисую картинку, это пара секунд.", "[К мероприятию]")
    for _ in range(4):
        await chat.passes(timedelta(seconds=40))
    await olga.looks()
    olga.sees("Картинку нарисовать не удалось. Попробуйте ещё раз чуть позже.", "[Попробовать ещё раз] [К мероприятию]")
    await olga.presses("Попробовать ещё раз")
    olga.sees_in("1 заявка")
    await picture(olga)
