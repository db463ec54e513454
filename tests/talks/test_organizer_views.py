"""What an organizer sees of people and works: in full, found by typing, and nobody without a consent."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.applications import ApplicationState
from bot.contest.consents import ConsentKind
from bot.contest.event.moments import TOMSK
from bot.contest.text import WORD_JOINER
from storage.application_rows import Application
from tests.talks.chat import Chat
from tests.talks.organizer_scene import JUDGING, Scene, scene
from tests.talks.scenes import SCRATCH, load_event

URL = "https://scratch.mit.edu/projects/612345678"


async def takes_back(made: Scene, application: Application, kind: ConsentKind = ConsentKind.PROCESSING) -> None:
    async with made.storage() as storage:
        await storage.consents.record(
            application.id,
            kind,
            version=1,
            text_hash="0" * 64,
            decision="withdrawn",
            channel="chat",
            person_id=application.person_id,
            at=made.chat.clock(),
        )


async def test_the_card_names_people_in_full_with_a_link_to_press_and_what_the_jury_says(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina = await made.person("Нина", "Орлова")
    one = await made.applies(nina, "Соколова Вера Ильинична", supervisor="Орлова Нина Петровна, Белов Олег Ильич")
    await made.hands_in(one, url=URL, check="open")
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    inna = await made.juror("Инна", "Жукова", "Жукова Инна Львовна")
    await made.scores(egor, {one.id: 31})
    async with made.storage() as storage:
        await storage.jury.assign([(one.id, inna.id)], at=chat.clock())
        for sheet in await storage.jury.assignments(made.event.code):
            if sheet.person_id == egor.id:
                await storage.jury.set_comment(sheet.id, "Хорошая идея")
            else:
                await storage.jury.conflict(sheet.id, "моя ученица")
    await made.opens("Заявки")
    await made.organizer.presses(f"{one.number} Соколова Вера, 3 класс")
    made.organizer.sees_in(
        "Соколова Вера Ильинична, 3 класс",
        "руководители Орлова Нина Петровна, Белов Олег Ильич",
        "scratch.mit.edu/projects/612345678",
        "Жюри: Лаптев Егор Ильич, 31. Комментарий: «Хорошая идея»",
        "Жюри: Жукова Инна Львовна, конфликт интересов: моя ученица.",
    )
    assert WORD_JOINER not in made.organizer.last.text


async def test_applications_are_found_by_surname_number_and_school(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    lyceum = ("lyceum-7-tomsk", "МАОУ лицей № 7 г. Томска")
    for name in ("Соколова", "Соколов", "Белова", "Осипова", "Громова", "Лапина"):
        await made.applies(nina, f"{name} Вера")
    last = await made.applies(nina, "Зимина Анна", organisation=lyceum)
    await made.opens("Заявки")
    made.organizer.sees_in("Показаны все: 7.")
    await made.organizer.writes("соколов")
    made.organizer.sees_in("По запросу «соколов» нашлось 2.", "Соколова Вера", "Соколов Вера")
    await made.organizer.writes("Петров")
    made.organizer.sees(
        "Заявки: «Создавай со Scratch»\n"
        "По запросу «Петров» ничего не нашлось. Напишите фамилию, школу или номер заявки.",
        "[Показать другие] / [Выгрузить] [К мероприятию]",
    )
    for typed in ("зимина", last.number.lower(), str(last.ordinal), "лицей"):
        await made.organizer.writes(typed)
        made.organizer.sees_in(f"{last.number} · принята", "Зимина Анна")
        await made.organizer.presses("Заявки")
    await made.organizer.writes("вера")
    made.organizer.sees_in(
        "По запросу «вера» нашлось 6.\n", "Лапина Вера", "Чтобы открыть любую из них, напишите её номер."
    )
    assert len(made.organizer.last.buttons) == 6


async def test_the_list_opens_on_those_that_wait_while_there_are_any(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Соколова Вера")
    await made.opens("Заявки")
    made.organizer.sees_in("Показаны все: 1.")
    await made.applies(nina, "Ветрова Анна", state=ApplicationState.SENT)
    await made.opens("Заявки")
    made.organizer.sees_in("Показаны ждущие решения: 1.", "Ветрова Анна")
    await made.organizer.presses("Показать другие")
    made.organizer.sees_in("Какие заявки показать?")
    assert made.organizer.last.keyboard == "[Все: 2] [Ждущие решения: 1] / [Принятые: 1] / [К мероприятию]"


async def test_without_a_consent_in_force_nobody_is_named(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina = await made.person("Нина", "Орлова")
    gone, stays = await made.applies(nina, "Соколова Вера"), await made.applies(nina, "Ветрова Анна")
    await made.hands_in(gone, stays)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.scores(egor, {gone.id: 38, stays.id: 31})
    await made.opens("Рейтинг")
    await made.organizer.presses("Принять предложенные")
    await made.organizer.presses("Протокол")
    await made.organizer.presses("Утвердить")
    await made.organizer.presses("Публикация итогов")
    await made.organizer.presses("Опубликовать")
    made.organizer.sees_in("• Соколова Вера, 3 класс")

    await takes_back(made, gone)
    await made.opens("Список для стены")
    made.organizer.sees_in("• участник № 1, «Обучающая игра»", "• Ветрова Анна")
    assert "Соколова" not in made.organizer.last.text
    await made.opens("Рейтинг")
    made.organizer.sees_in("участник № 1", "Ветрова Анна")
    assert "Соколова" not in made.organizer.last.text
    await made.opens("Заявки")
    await made.organizer.presses(f"{gone.number} участник № 1")
    made.organizer.sees(
        f"{gone.number} · принята\nучастник № 1\nСогласия: на обработку — отозвано, на публикацию — есть",
        "[Следующая] / [Заявки] [К мероприятию]",
    )
    await made.organizer.presses("Заявки")
    await made.organizer.writes("Соколова")
    made.organizer.sees_in("ничего не нашлось")


async def test_during_intake_nobody_has_missed_anything(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    one = await made.applies(nina, "Соколова Вера")
    await made.opens("Рейтинг")
    made.organizer.sees_in(f"{one.number} · Соколова Вера, 3 класс · работы пока нет")
    await made.organizer.presses("Принять предложенные")
    made.organizer.sees_in("Предложенное принято: 0 результатов.")
    await chat.passes(made.event.closes_at - chat.clock() + timedelta(minutes=1))
    await made.opens("Рейтинг")
    made.organizer.sees_in("предлагается: не сдал(а) работу")


async def test_an_outcome_set_by_hand_needs_no_jury(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina = await made.person("Нина", "Орлова")
    one = await made.applies(nina, "Соколова Вера")
    await made.hands_in(one)
    await made.opens("Протокол")
    made.organizer.sees_in("• 1 работу некому оценить")
    await made.organizer.presses("Распределить")
    made.organizer.sees_in("В жюри пока никого.")
    await made.opens("Рейтинг")
    await made.organizer.presses("Поставить место")
    await made.organizer.presses("Отмена")
    made.organizer.sees_in("Рейтинг: «Создавай со Scratch»")
    await made.organizer.presses("Поставить место")
    await made.organizer.writes("Соколова")
    await made.organizer.presses("Диплом I степени")
    await made.opens("Протокол")
    made.organizer.sees_in("Победителей 1 — всего 1")


async def test_live_events_come_first_those_over_stand_apart_and_typing_finds_one(chat: Chat) -> None:
    made = await scene(chat)
    olga = made.organizer
    last_year = await load_event(
        chat, SCRATCH, opened_days_ago=400, changed=lambda event: event.model_copy(update={"code": "scratch-old"})
    )
    soon = await load_event(chat, "umka.yaml", opened_days_ago=-20)
    waiting = await load_event(chat, "reciters.yaml", opened_days_ago=60)
    ending = await load_event(chat, "my-mother.yaml", opened_days_ago=8)
    for event in (last_year, soon, waiting, ending):
        await made.organizes(olga, event)
    async with made.storage() as storage:
        await storage.events.approve(last_year.code, by=olga.id, at=chat.clock())
        await storage.events.publish(last_year.code, by=olga.id, at=chat.clock())
    await olga.writes("меню")
    await olga.presses("Кабинет организатора")
    live, over = (
        f"Создавай со Scratch, до {one.closes_at.astimezone(TOMSK):%d.%m.%Y}" for one in (made.event, last_year)
    )
    going_on = sorted((made.event, ending), key=lambda event: event.closes_at)
    names = [live if event is made.event else event.short_title for event in going_on]
    labels = [label for row in olga.last.buttons for label in row]
    assert labels == [*names, waiting.short_title, soon.short_title, "Прошедшие", "Год школы", "В меню"]
    olga.sees_in("Создавай со Scratch — идёт приём до ", "Дни юности мятежной — подводим итоги")
    await olga.presses("Прошедшие")
    olga.sees_in("Прошедшие мероприятия", "итоги опубликованы")
    assert olga.last.keyboard == f"[{over}] / [Кабинет]"
    await olga.presses("Кабинет")
    await olga.writes("scratch")
    olga.sees_in("По запросу «scratch» нашлось:")
    assert olga.last.keyboard == f"[{live}] / [{over}] / [Кабинет]"
    await olga.writes("переполох")
    olga.sees_in("По запросу «переполох» ничего не нашлось.")
    await olga.writes("юност")
    olga.sees_in("Дни юности мятежной\nподводим итоги")
    await olga.presses("Кабинет")
    await olga.presses(live)
    olga.sees_in("идёт приём до ", "(томское время)")
