"""Reminders by the rules of an event: what is missing, once, in time, and only while it is missing."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta

from bot.contest import calendar
from bot.contest.consents import Operator
from bot.contest.deadlines import Longer
from bot.contest.event.moments import TOMSK
from bot.contest.facts import Facts
from bot.contest.organisations import Directory
from bot.contest.reminders.kinds import Kind
from bot.contest.reminders.rules import Setting
from bot.contest.stages import Going
from bot.talk.model import Reply
from bot.talk.position import Draft, Position
from handlers.book import texts
from handlers.kinds import Desk
from handlers.reminding.reasons import reason
from handlers.reminding.sending import SLICE, send_due
from handlers.reminding.wanted import wanted
from storage.application_rows import Contact, Form
from tests.talks.chat import Chat, Person
from tests.talks.jury_scene import passes_until
from tests.talks.organizer_scene import JUDGING, Scene, scene
from tests.talks.scenes import load
from tests.talks.stage_scene import reciters

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


async def passes_to(chat: Chat, moment: datetime) -> None:
    """Let time pass until this moment."""
    await chat.passes(moment - chat.clock())


async def reminded(person: Person) -> list[str]:
    """All reminders that somebody has got."""
    await person.looks()
    return [message.text for message in person.all if ": приём до " in message.text]


def until(made: Scene, days: int = 0) -> str:
    return calendar.deadline(made.event.closes_at + days * DAY, TOMSK, now=made.chat.clock())


async def begins(person: Person) -> None:
    """Begin an application and leave it after the first name."""
    await person.starts("scratch")
    await person.presses("Подать заявку")
    await person.presses("Педагог")
    await person.presses("Подтверждаю, хранится в школе")
    await person.presses("Не публиковать")
    await person.writes("Соколова Вера Ильинична")


async def test_one_message_names_all_that_is_missing_leads_there_and_comes_once(chat: Chat) -> None:
    made = await scene(chat)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    await begins(nina)
    await nina.starts("scratch")
    await nina.presses("Напомнить")
    await nina.presses("За 3 дня")
    late = await made.applies(nina, "Ветрова Анна")
    await made.applies(nina, "Осипов Пётр", consent=False)
    await made.hands_in(await made.applies(oleg, "Белов Артём"))
    await passes_to(chat, made.event.closes_at - 3 * DAY - 5 * HOUR)
    assert await reminded(nina) == []
    await passes_until(chat, 19)
    await nina.looks()
    nina.sees(
        f"Создавай со Scratch: приём до {until(made)}, осталось 3 дня.\n"
        "• Заявка не отправлена: Соколова Вера Ильинична, осталось 5 вопросов\n"
        "• Работы не сданы (2): Ветрова Анна, СК-2026-0002",
        "[Продолжить заявку] / [Сдать работу] / [О событии]",
    )
    await chat.passes(HOUR)
    assert len(await reminded(nina)) == 1
    assert not [message for message in nina.all if message.text.startswith("Напоминаю")]
    await nina.presses("Продолжить заявку")
    nina.sees_in("Класс? Например: 3Б")

    await made.hands_in(late)
    await passes_to(chat, made.event.closes_at - 3 * HOUR)
    left = (
        f"Создавай со Scratch: приём до {until(made)}, осталось 3 часа.\n"
        "• Заявка не отправлена: Соколова Вера Ильинична, осталось 5 вопросов\n"
        "• Работа не сдана: СК-2026-0002"
    )
    assert (await reminded(nina))[1:] == [left]
    await passes_to(chat, made.event.closes_at + DAY)
    assert (len(await reminded(nina)), await reminded(oleg)) == (2, [])


async def test_a_moved_deadline_and_ones_own_have_reminders_of_their_own(chat: Chat) -> None:
    made = await scene(chat)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    for person in (nina, oleg):
        await made.applies(person, "Ветрова Анна")
    await passes_to(chat, made.event.closes_at - 3 * HOUR)
    assert [len(await reminded(person)) for person in (nina, oleg)] == [1, 1]
    async with made.storage() as storage:
        await storage.events.extend(made.event.code, made.event.closes_at + 2 * DAY, by=made.organizer.id)
        longer = Longer(made.event.closes_at + 5 * DAY, oleg.id)
        await storage.deadlines.give(made.event.code, longer, reason="Болезнь", by=made.organizer.id, at=chat.clock())
    await passes_until(chat, 19)
    assert (await reminded(nina))[1:] == [
        f"Создавай со Scratch: приём до {until(made, 2)}, остался 1 день.\n• Работа не сдана: Ветрова Анна"
    ]
    assert len(await reminded(oleg)) == 1
    await passes_to(chat, made.event.closes_at + 5 * DAY - 3 * HOUR)
    assert len(await reminded(nina)) == 2
    assert (await reminded(oleg))[1:] == [
        f"Создавай со Scratch: приём до {until(made, 5)}, осталось 3 часа.\n• Работа не сдана: Ветрова Анна"
    ]


async def test_a_deadline_moved_by_a_changed_file_is_told_once_to_those_who_have_not_finished(chat: Chat) -> None:
    made = await scene(chat)
    people = nina, oleg, olga = [await made.person(name, "Орлова") for name in ("Нина", "Олег", "Ольга")]
    for person in (nina, oleg):
        await made.applies(person, "Ветрова Анна")
    await made.hands_in(await made.applies(olga, "Осипов Пётр"))
    moved = made.event.closes_at - 5 * DAY

    async def told() -> list[int]:
        for person in people:
            await person.looks()
        return [sum("срок изменился" in message.text for message in person.all) for person in people]

    await passes_to(chat, moved - 3 * DAY - 4 * HOUR)  # an hour after its own reminder «за 3 дня»
    assert await told() == [0, 0, 0]
    await load(chat, made.event.model_copy(update={"closes_at": moved}))
    await chat.passes(MINUTE)
    await nina.looks()
    nina.sees(
        f"Создавай со Scratch: срок изменился, приём теперь до {until(made, -5)}, осталось 3 дня.\n"
        "• Работа не сдана: Ветрова Анна",
        "[Сдать работу] / [О событии]",
    )
    await chat.passes(HOUR)
    assert (await told(), await reminded(nina)) == ([1, 1, 0], [])

    await made.organizer.writes("меню")
    async with made.storage() as storage:
        await storage.events.extend(made.event.code, moved + DAY, by=made.organizer.id)
    await passes_until(chat, 12)
    assert await told() == [1, 1, 0]
    await load(chat, made.event)
    await chat.passes(MINUTE)
    assert await told() == [2, 2, 0]


async def test_who_has_just_heard_of_more_time_is_not_reminded_of_it_in_the_same_minute(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Ветрова Анна")
    await passes_to(chat, made.event.closes_at - 4 * HOUR)  # «за день» of the new deadline was an hour ago
    await made.opens("Продлить приём")
    await made.organizer.presses(made.organizer.last.buttons[0][0])
    await made.organizer.presses("Продлить")
    await chat.passes(MINUTE)
    assert await reminded(nina) == []
    nina.sees_in(f"срок продлён, теперь до {until(made, 1)}")
    await passes_to(chat, made.event.closes_at + DAY - 3 * HOUR)
    assert len(await reminded(nina)) == 1


async def test_what_was_finished_while_the_messenger_was_down_is_not_asked_for(chat: Chat) -> None:
    made = await scene(chat)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    done = await made.applies(nina, "Ветрова Анна")
    await made.applies(oleg, "Осипов Пётр")
    for method in ("messages.send", "execute"):
        chat.sandbox.world.faults.add({"method": method, "times": 1, "error": {"code": 10, "msg": "Internal error"}})
    await passes_to(chat, made.event.closes_at - 3 * HOUR)
    assert await reminded(nina) == []
    await made.hands_in(done)
    await chat.passes(10 * MINUTE)
    assert [len(await reminded(person)) for person in (nina, oleg)] == [0, 1]


async def test_jurors_are_asked_and_organizers_hear_who_does_not_answer(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    until = made.event.judging_until
    assert until is not None
    nina = await made.person("Нина", "Орлова")
    works = [await made.applies(nina, name) for name in ("Ветрова Анна", "Осипов Пётр")]
    egor, vera = (
        await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич"),
        await made.juror("Вера", "Кольцова", "Кольцова Вера"),
    )
    for juror in (egor, vera):
        await made.scores(juror, {works[0].id: 20})
        async with made.storage() as storage:
            await storage.jury.assign([(works[1].id, juror.id)], at=chat.clock())
    await passes_to(chat, until - 2 * DAY - 12 * HOUR)
    await egor.looks()
    end = calendar.deadline(until, TOMSK, now=chat.clock())
    egor.sees(
        f"Доброе утро! «Создавай со Scratch»: новых работ 1, оценено 1 из 2, до конца оценивания 2 дня.\nСрок: {end}.\n"
        "Осталось оценить: 1 работа. Успеете?",
        "[Вижу, оценю] / [Оценивать] / [Список] [Сегодня не смогу]",
    )
    await egor.presses("Вижу, оценю")
    egor.sees(f"Спасибо! Оценивать можно до {end}.", "[Оценивать]")
    await passes_to(chat, until - DAY - 12 * HOUR)
    await egor.looks()
    egor.sees_in("до конца оценивания 1 день")
    assert "Успеете?" not in egor.last.text
    await passes_to(chat, until - 12 * HOUR)
    await made.organizer.looks()
    made.organizer.sees(
        f"Создавай со Scratch: оценивание до {end}, осталось 12 часов. Не закончили и не ответили:\n"
        "• Кольцова Вера: оценено 1 из 2",
        "[Написать: Кольцова Вера] / [Распределить] [Жюри]",
    )
    await chat.passes(HOUR)
    assert sum("не ответили" in message.text for message in made.organizer.all) == 1
    await chat.passes(DAY)
    await vera.looks()
    await vera.presses("Вижу, оценю")  # of yesterday
    vera.sees_in("Срок оценивания вышел")


async def test_an_organizer_sees_switches_and_words_reminders(chat: Chat) -> None:
    made = await scene(chat)
    olga, nina = made.organizer, await made.person("Нина", "Орлова")
    await made.applies(nina, "Ветрова Анна")
    week = calendar.day(made.event.closes_at - 7 * DAY, TOMSK, now=chat.clock())
    judging = calendar.day((made.event.judging_until or chat.clock()) - 2 * DAY, TOMSK, now=chat.clock())
    await made.opens("Ещё")
    await olga.presses("Напоминания")
    olga.sees(
        "Напоминания: «Создавай со Scratch»\n"
        "Каждый получает одно сообщение о том, чего у него нет. Ночью, с 22 до 8, бот молчит.\n\n"
        + "".join(
            f"✓ {kind}: за 7 дней, 3 дня, 1 день, 3 часа. Ближайшее {week}, 19:00. Сейчас это {people}\n"
            for kind, people in (
                ("Заявка не отправлена", "0 человек"), ("Нет согласия", "0 человек"), ("Нет работы", "1 человек"),
            )
        )
        + f"✓ Жюри, неоценённые работы: за 2 дня, 1 день. Ближайшее {judging}, 09:00. Сейчас это 0 человек",
        "[Заявка не отправлена] [Нет согласия] / [Нет работы] [Жюри, неоценённые работы] / [К мероприятию]",
    )  # fmt: skip
    await olga.presses("Нет согласия")
    await olga.presses("Выключить")
    olga.sees("Выключено: Нет согласия. Эти напоминания больше не придут.", "[К этому напоминанию] [Все напоминания]")
    await olga.presses("Все напоминания")
    olga.sees_in("× Нет согласия: за 7 дней, 3 дня, 1 день, 3 часа\n")
    await olga.presses("Нет работы")
    olga.sees(
        f"Нет работы · включено\nКогда: за 7 дней, 3 дня, 1 день, 3 часа. Ближайшее {week}, 19:00.\nТекст: обычный",
        "[Выключить] [Показать мне] / [Изменить текст] / [Все напоминания] [К мероприятию]",
    )
    await olga.presses("Изменить текст")
    await olga.writes("{имя}, ждём {работы}!")
    olga.sees_in("Непонятно {работы}. Можно подставить только {имя}, {название}, {срок}, {осталось}, {список}.")
    await olga.writes("я" * 1001)
    olga.sees_in("знаков 1001, а можно до 1000")
    await olga.writes("{имя}, ждём работу: {список}. Подробности: https://vk.com/topic-1_2")
    olga.sees("Новый текст сохранён: Нет работы.", "[Показать мне] / [К этому напоминанию] [Все напоминания]")
    await olga.presses("Показать мне")
    olga.sees("Ольга, ждём работу: Соколова Вера. Подробности: https://vk.com/topic-1_2")
    await passes_to(chat, made.event.closes_at - 3 * HOUR)
    await nina.looks()
    nina.sees("Нина, ждём работу: Ветрова Анна. Подробности: https://vk.com/topic-1_2", "[Сдать работу] / [О событии]")
    await olga.presses("К этому напоминанию")
    await olga.presses("Вернуть прежний текст")
    olga.sees("Текст снова прежний: Нет работы.")
    async with made.storage() as storage:
        kept = [one.detail for one in await storage.audit.tail(10) if one.action == "change_reminders"]
    assert kept == [
        {"reminder": "work", "text": "restored"},
        {"reminder": "work", "text": "changed"},
        {"reminder": "consent", "switched": "off"},
    ]


async def test_finalists_are_reminded_of_the_final_and_nobody_else(chat: Chat) -> None:
    here = await reciters(chat, joins=False)
    final = here.made.event.stages[-1]
    oleg = await here.made.person("Олег", "Белов")
    out = await here.made.applies(oleg, "Рябова Инна", grade=9, nomination="poetry")
    async with here.made.storage() as storage:
        decided = {here.works[0].id: Going.PASSED, here.works[1].id: Going.NOT_PASSED, out.id: Going.NOT_PASSED}
        for id_, going in decided.items():
            await storage.stages.put(id_, "selection", going, host="", by=here.made.organizer.id, at=chat.clock())
    await passes_to(chat, final.opens_at - 14 * HOUR)
    for person in (here.nina, oleg):
        await person.looks()
    day = calendar.day(final.opens_at, TOMSK, now=chat.clock())
    here.nina.sees(
        f"{here.made.event.title}: Финал, {day}, очно.\nУчаствуют: Соколова Вера", "[Открыть заявку] [О событии]"
    )
    assert not [message for message in oleg.all if "Финал" in message.text]


async def test_however_many_there_are_each_is_told_once_a_few_at_each_look(chat: Chat) -> None:
    made = await scene(chat)
    one = await made.applies(await made.person("Нина", "Орлова"), "Соколова Вера")
    filled = Form(**{part.name: getattr(one, part.name) for part in fields(Form)})
    now, told = made.event.closes_at - 3 * HOUR, list[int]()
    async with made.storage() as storage:
        for person_id in range(1001, 1001 + SLICE):
            await storage.people.meet(person_id, at=now)
            await storage.applications.add(
                filled, event_code=made.event.code, person_id=person_id, state=one.state, contact=Contact(),
                number=str, at=now,
            )  # fmt: skip
        facts, looks = Facts(TOMSK, Operator("", "", ""), Directory.load(), "kreitv"), list[int]()
        first = Reply("")
        for _ in range(3):  # each by a bot that has just been started
            desk = Desk(now=now, storage=storage, texts=texts(), facts=facts)
            await send_due(desk)
            looks.append(len(desk.notices))
            first = desk.notices[-1].reply if desk.notices else first
            told += [notice.person_id for notice in desk.notices]
        text = texts().render(first.key, first.values).text
    assert text.splitlines()[1:] == [
        "• Нет согласия на обработку данных: Соколова Вера",
        "• Работа не сдана: Соколова Вера",
    ]
    assert looks == [SLICE, 1, 0]
    assert len(set(told)) == len(told)


async def test_a_reason_is_gone_when_it_is_night_or_the_deadline_or_the_rule_has_changed(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Соколова Вера")
    code, until, facts = made.event.code, made.event.closes_at, Facts(TOMSK, Operator("", "", ""), Directory.load(), "")
    said = reason("deadline", code, person=nina.id, until=until, lacking=[Kind.WORK])
    async with made.storage() as storage:

        async def stands(why: str = said, before: timedelta = 3 * HOUR) -> bool:
            return await wanted(Desk(now=until - before, storage=storage, texts=texts(), facts=facts), why)

        assert [await stands(), await stands(before=HOUR), await stands(before=-HOUR)] == [True, False, False]
        assert [await stands("somebody else's"), await stands('{"kind": "other"}')] == [True, True]
        assert not await stands(reason("deadline", code, person=nina.id, until=until, lacking=[Kind.DRAFT]))
        assert not await stands(reason("jury", code, person=nina.id))
        draft = Draft("apply", code, "grade", {}, trail=("name",), kept=True)
        await storage.memory.save(nina.id, Position(1, (), draft), at=until - 3 * HOUR)
        begun = reason("deadline", code, person=nina.id, until=until, lacking=[Kind.DRAFT])
        assert [await stands(begun, 3 * HOUR - 10 * MINUTE), await stands(begun, 2 * HOUR)] == [False, True]
        await storage.nudges.set(code, Kind.WORK, Setting(False), by=1, at=until)
        assert not await stands()
        await storage.nudges.set(code, Kind.WORK, Setting(True), by=1, at=until)
        assert await stands()
        await storage.events.extend(code, until + DAY, by=1)
        assert not await stands()
