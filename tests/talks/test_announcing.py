"""Announcements as organizers write them: to whom, what, how many; seen before it goes, once to each."""

from __future__ import annotations

from datetime import timedelta

from bot.contest import calendar
from bot.contest.applications import ApplicationState
from bot.contest.authorize import RoleKind
from bot.contest.event.moments import TOMSK
from tests.talks.chat import Chat
from tests.talks.organizer_scene import scene
from tests.talks.scenes import WEBINAR, load_event

MENU = "Написать участникам"


async def test_those_without_a_work_are_written_to_once(chat: Chat) -> None:
    made = await scene(chat)
    nina, oleg, zoya = [await made.person(*name) for name in (("Нина", "Орлова"), ("Олег", "Белов"), ("Зоя", "Седых"))]
    await made.applies(nina, "Соколова Вера")
    await made.applies(nina, "Ветрова Анна")
    await made.applies(oleg, "Белов Артём", consent=False)
    await made.hands_in(await made.applies(zoya, "Громова Лада"))
    async with made.storage() as storage:
        await storage.people.unreachable(oleg.id, 902, at=chat.clock())
    await made.opens(MENU)
    made.organizer.sees(
        "Кому написать?", "[Все заявители: 3] / [Без работы: 2] / [Заявка принята: 3] / [Назад] [Отмена]"
    )
    await made.organizer.presses("Без работы: 2")
    made.organizer.sees_in("Можно вставить: {имя}, {название}, {номер}, {срок}.")
    await made.organizer.writes("Ждём, {фамилия}!")
    made.organizer.sees_in(
        "Не знаю, что подставить вместо {фамилия}: люди увидят это как есть. Можно {имя}, {название}, {номер}, {срок}.",
        "Ждём, {фамилия}!",
    )
    assert made.organizer.last.keyboard == "[Изменить текст] / [Оставить как есть] / [Удалить черновик] [К мероприятию]"
    await made.organizer.presses("Оставить как есть")
    made.organizer.sees_in("Получат: 1 человек.")
    assert "[Отправить 1 человеку]" in made.organizer.last.keyboard
    await made.organizer.presses("Изменить текст")
    assert made.organizer.new[0].text == "Ждём, {фамилия}!"
    await made.organizer.writes("{Имя}, ждём работы {номер} на «{название}» до {срок}: https://vk.com/public188903731")
    until = calendar.deadline(made.event.closes_at, TOMSK, now=chat.clock())

    def text(name: str, numbers: str) -> str:
        rest = f"на «Создавай со Scratch» до {until}: https://vk.com/public188903731"
        return f"Создавай со Scratch\n{name}, ждём работы {numbers} {rest}"

    year = made.event.year
    sample = text("Ольга", f"СК-{year}-0001")
    made.organizer.sees(
        "Объявление № 1, черновик · Создавай со Scratch\n"
        "Кому: кто не сдал работу\n"
        "Получат: 1 человек.\n"
        "Не дойдёт до 1 человека: без имени (запрещено настройками приватности).\n"
        "Имя и номер заявки здесь для примера, каждому придут свои.\n"
        f"Так увидят:\n\n{sample}",
        "[Отправить 1 человеку] / [Назначить время] [Показать мне] / [Изменить текст] [Кому] "
        "/ [Удалить черновик] [К мероприятию]",
    )
    await made.organizer.presses("Показать мне")
    shown, below = made.organizer.new
    assert (shown.text, shown.keyboard) == (sample, "[О мероприятии] / [Не присылать новости]")
    assert below.text == "Так сообщение увидят другие. Отправляем?"
    await nina.looks()
    assert "ждём работы" not in nina.last.text

    await made.organizer.presses("Отправить 1 человеку")
    begun, report = made.organizer.new
    assert begun.text == "Начали: объявление № 1 отправляется 1 человеку.\nХод отправки покажу ниже."
    assert report.text == (
        "Объявление № 1 · Создавай со Scratch\nОтправлено: сегодня в 10:01\nОтправлено 1 из 1 человека\n"
        "• запрещено настройками приватности: 1"
    )
    for person in (nina, oleg, zoya):
        await person.looks()
    personal = text("Нина", f"СК-{year}-0001, СК-{year}-0002")
    assert [message.text for message in nina.all].count(personal) == 1
    assert "ждём работы" not in oleg.last.text + zoya.last.text
    async with made.storage() as storage:
        facts = [dict(entry.detail)["act"] for entry in await storage.audit.tail(2)]
    assert facts == ["start", "text"]
    await nina.presses("О мероприятии")
    nina.sees_in("Создавай со Scratch")


async def test_f48_two_organizers_start_it_once(chat: Chat) -> None:
    made = await scene(chat)
    second = await made.person("Инна", "Седых")
    await made.organizes(second)
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Соколова Вера")
    await made.opens(MENU)
    await made.organizer.presses("Все заявители: 1")
    await made.organizer.writes("Завтра консультация")
    await made.opens(MENU, second)
    second.sees(
        "Объявления · Создавай со Scratch\n\n№ 1, черновик\nКому: все заявители\nЗавтра консультация",
        "[Новое объявление] / [Черновик № 1: Завтра консультация] / [К мероприятию]",
    )
    await second.presses("Черновик № 1: Завтра консультация")
    await made.organizer.presses("Отправить 1 человеку")
    await second.presses("Отправить 1 человеку")
    second.sees_in("Уже запущена сегодня в 10:0", ", Ольга Лугова.")
    await nina.looks()
    assert sum("Завтра консультация" in message.text for message in nina.all) == 1

    await made.opens(MENU, second)
    await second.presses("Новое объявление")
    await second.presses("Все заявители: 1")
    await second.writes("Завтра консультация")
    await second.presses("Отправить 1 человеку")
    second.sees_in("Такое же объявление этим людям уже отправлено сегодня в 10:0", "(№ 1)")
    await second.presses("Отправить остальным")
    await nina.looks()
    assert sum("Завтра консультация" in message.text for message in nina.all) == 1
    await second.looks()
    second.sees_in("уже получили этот текст: 1")
    await second.presses("К мероприятию")
    await second.presses(MENU)
    await second.presses("Новое объявление")
    await second.presses("Все заявители: 1")
    await second.writes("Послезавтра ещё одна")
    await second.presses("Отправить 1 человеку")
    await nina.looks()
    nina.sees("Создавай со Scratch\nПослезавтра ещё одна", "[О мероприятии] / [Не присылать новости]")


async def test_an_audience_is_narrowed_by_what_the_event_has(chat: Chat) -> None:
    made = await scene(chat)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    await made.applies(nina, "Соколова Вера")
    await made.applies(oleg, "Белов Артём", grade=9, state=ApplicationState.SENT, organisation=(None, "Школа у моря"))
    await made.opens(MENU)
    await made.organizer.presses("Все заявители: 2")
    await made.organizer.attaches("photo", "Смотрите, как было")
    made.organizer.sees_in("Получат: 2 человека.", "Вложений: 1.")
    await made.organizer.presses("Изменить текст")
    await made.organizer.writes("Смотрите, как было весело")
    made.organizer.sees_in("Вложений: 1.", "как было весело")
    await made.organizer.presses("Кому")
    made.organizer.sees(
        "Кому: все заявители\nЭто 2 человека.\nУточнить:",
        "[Номинация] [Возраст] / [Школа] [Муниципалитет] / [Кто подавал] / [Другие люди] / [Готово]",
    )
    await made.organizer.presses("Школа")
    made.organizer.sees(
        "Сейчас: все заявители\nКакая школа? Нажмите или напишите, можно коротко.",
        "[МАОУ гимназия № 13 г. Томска: 1] / [Школа у моря: 1] / [Назад] [Отмена]",
    )
    await made.organizer.writes("абракадабра")
    made.organizer.sees_in("Не нашлось.")
    await made.organizer.writes("гимназия 13 томск")
    await made.organizer.presses("МАОУ гимназия № 13 г. Томска")
    made.organizer.sees_in("Кому: все заявители · МАОУ гимназия № 13 г. Томска\nЭто 1 человек.")
    await made.organizer.presses("Муниципалитет")
    made.organizer.sees_in("Какой муниципалитет?")
    await made.organizer.writes("томск")
    made.organizer.sees_in("МАОУ гимназия № 13 г. Томска · Томск\nЭто 1 человек.")
    await made.organizer.presses("Убрать уточнения")
    await made.organizer.presses("Другие люди")
    await made.organizer.presses("Заявка отправлена: 1")
    await made.organizer.presses("Готово")
    made.organizer.sees_in("Кому: у кого заявка отправлена\nПолучат: 1 человек.")
    await made.organizer.presses("Отправить 1 человеку")
    await oleg.looks()
    oleg.sees_in("Смотрите, как было")
    assert [one["type"] for one in oleg.last.attachments] == ["photo"]
    await nina.looks()
    assert "Смотрите" not in nina.last.text


async def test_what_is_forwarded_goes_with_what_it_has_and_what_cannot_be_carried_is_said(chat: Chat) -> None:
    made = await scene(chat)
    await made.applies(await made.person("Нина", "Орлова"), "Соколова Вера")
    await made.opens(MENU)
    await made.organizer.presses("Все заявители: 1")
    await made.organizer.attaches("sticker")
    made.organizer.sees_in("Не смогу переслать: стикер. Пришлите текст, фото")
    photo = await chat.control(f"people/{made.organizer.id}/attachment", {"kind": "photo"})
    sticker = await chat.control(f"people/{made.organizer.id}/attachment", {"kind": "sticker"})
    await made.organizer.writes(forwards=[{"text": "Как прошёл финал", "attachments": [photo, sticker]}])
    made.organizer.sees_in("Вложений: 1.\nНе смогу переслать: стикер.", "Как прошёл финал")
    await made.organizer.presses("Изменить текст")
    await made.organizer.presses("Убрать вложения")
    made.organizer.sees_in("Как прошёл финал")
    assert "Вложений" not in made.organizer.last.text
    await made.organizer.presses("Удалить черновик")
    made.organizer.sees("Черновик удалён.", "[Новое объявление] [К мероприятию]")


async def test_news_are_declined_under_an_announcement_and_wanted_again(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    application = await made.applies(nina, "Соколова Вера", state=ApplicationState.SENT)
    for text in ("Первая новость", "Вторая новость", "Третья новость"):
        await made.opens(MENU)
        if made.organizer.last.text != "Кому написать?":
            await made.organizer.presses("Новое объявление")
        await made.organizer.presses("Все заявители: 1")
        await made.organizer.writes(text)
        if text == "Первая новость":
            await made.organizer.presses("Отправить 1 человеку")
            await nina.looks()
            await nina.presses("Не присылать новости")
            nina.sees_in("Больше не пришлю новостей", "О ваших заявках, работах и результатах пишу всегда.")
        elif text == "Вторая новость":
            made.organizer.sees_in("Получат: 0 человек.\nНе дойдёт до 1 человека: Нина Орлова (отказ от новостей).")
            assert "Отправить" not in made.organizer.last.keyboard
            await made.opens("Заявки")
            await made.organizer.presses(f"{application.number} Соколова Вера, 3 класс")
            await made.organizer.presses("Принять")
            await nina.looks()
            nina.sees_in("принята")
            await nina.presses("Помощь")
            await nina.presses("Новости: включить")
            nina.sees_in("Новости включены.")
    await made.organizer.presses("Отправить 1 человеку")
    await nina.looks()
    nina.sees_in("Третья новость")
    assert not any("Вторая новость" in message.text for message in nina.all)


async def test_other_events_people_are_not_written_to_and_nobody_is_moved_from_their_talk(chat: Chat) -> None:
    made = await scene(chat)
    webinar = await load_event(chat, WEBINAR)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    await made.opens(MENU)
    made.organizer.sees("Писать пока некому: никто не подал заявку и не начал её.", "[К мероприятию]")
    await nina.starts("scratch")
    await nina.presses("Подать заявку")
    await nina.presses("Родитель")
    await made.applies(oleg, "Белов Олег", event=webinar, grade=None)
    await made.opens(MENU)
    made.organizer.sees("Кому написать?", "[Не закончили заявку: 1] / [Назад] [Отмена]")
    await made.organizer.presses("Не закончили заявку: 1")
    await made.organizer.writes("Осталось немного")
    await made.organizer.presses("Отправить 1 человеку")
    for person in (nina, oleg):
        await person.looks()
    nina.sees_in("Осталось немного")
    assert "Осталось немного" not in oleg.last.text
    await nina.presses("Не присылать новости")
    nina.sees_in("Больше не пришлю новостей")
    await nina.presses("Новости: включить")
    nina.sees_in("Новости включены.")
    await nina.presses("Согласен(на)")
    nina.sees_in("публик")


async def test_an_administrator_writes_to_everyone(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    async with made.storage() as storage:
        await storage.roles.grant(made.organizer.id, RoleKind.ADMIN, None, by=None, at=chat.clock())
    await made.organizer.writes("меню")
    await made.organizer.presses("Кабинет организатора")
    await made.organizer.presses("Написать всем")
    made.organizer.sees_in("Кому написать?")
    await made.organizer.presses("Все, кто писал боту: 2")
    await made.organizer.writes("С праздником, {название}!")
    assert made.organizer.new[0].text == "Считаю…"
    made.organizer.sees_in("Не знаю, что подставить вместо {название}: люди увидят это как есть. Можно {имя}.")
    await made.organizer.presses("Оставить как есть")
    made.organizer.sees_in("Получат: 2 человека.", "С праздником, {название}!")
    await made.organizer.presses("Изменить текст")
    await made.organizer.writes("С праздником!")
    made.organizer.sees_in("Объявление № 1, черновик · вся программа\nКому: все, кто писал боту\nПолучат: 2 человека.")
    await made.organizer.presses("Отправить 2 людям")
    await nina.looks()
    nina.sees("С праздником!", "[Не присылать новости]")
    await made.organizer.presses("Написать тем же")
    await made.organizer.writes("Простите, ошиблись днём.")
    made.organizer.sees_in("Кому: кто получил объявление № 1\nПолучат: 2 человека.")
    chat.moves_on(timedelta(seconds=1))
    await made.organizer.presses("Отправить 2 людям")
    await nina.looks()
    nina.sees_in("Простите, ошиблись днём.")
    await made.applies(nina, "Соколова Вера")
    await made.organizer.writes("меню")
    await made.organizer.presses("Кабинет организатора")
    await made.organizer.presses("Написать всем")
    await made.organizer.presses("Новое объявление")
    await made.organizer.presses("Педагоги этого года")
    await made.organizer.writes("Семинар в четверг")
    await made.organizer.presses("Кому")
    await made.organizer.presses("Муниципалитет")
    await made.organizer.presses("Томск: 1")
    made.organizer.sees_in("· Томск · педагоги\nЭто 1 человек.")
    await made.organizer.presses("Готово")
    made.organizer.sees_in("Получат: 1 человек.")
