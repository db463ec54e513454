"""Every list once: what its columns are called, and what a row of it says."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

from bot.contest.applications import ApplicationState
from bot.contest.authorize import RoleKind
from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.deadlines import Longer
from bot.contest.event import Event
from bot.contest.event.moments import TOMSK
from bot.contest.exports.listings import LISTINGS, listing_of
from bot.contest.papers.content import PaperContent, PaperKind, Planned
from bot.contest.stages import Going
from handlers.book import texts
from handlers.organizer.exports.apart import Asked, Format, written
from handlers.organizer.exports.wanted import Filter
from storage.application_rows import Application
from storage.outcomes import Result
from storage.paper_rows import Series
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import JUDGING, Scene, scene
from tests.talks.scenes import load_event

URL = "https://scratch.mit.edu/projects/612345678"
NINA, VERA, SCHOOL = "Нина Орлова", "Соколова Вера Ильинична", "МАОУ гимназия № 13 г. Томска"


@dataclass
class World:
    """The events with their people."""

    made: Scene
    scratch: Application
    reciters: Event
    sports: Event
    blender: Event
    nina: Person
    at: str


@dataclass(frozen=True)
class Row:
    """What a list is expected to say: its heading and its first row, the cells that are known beforehand."""

    heading: str
    row: Callable[[World], str]
    event: str = "scratch"
    filter: str = ""


def say(text: str) -> Callable[[World], str]:
    """The same row whatever the world; `~` is the moment of the scene, `#` the number of the application."""
    return lambda world: text.replace("~", world.at).replace("#", world.scratch.number)


LISTED: dict[str, Row] = {
    "applications": Row(
        "Номер заявки;Состояние;Участник;Класс;Организация;Номинация;Возрастная группа;Руководитель;Людей;Название;"
        "Муниципалитет;В справочнике;Причина;Кто подал;Как подана;Подана;Изменена;Принята;Работа;Итог;"
        "Страница заявителя;Адрес страницы;Телефон;Почта",
        lambda world: say(
            f"#;принята;{VERA};3 класс;{SCHOOL};Обучающая игра;3–4 классы;Кедрова Зоя Львовна;1;;Томск;да;;педагог;"
            f"в чате;~;~;~;ссылка не открывается;Победитель;{NINA};vk.com/id{world.nina.id};'+79131234567;"
            "nina.orlova@mail.example"
        )(world),
    ),
    "people": Row(
        "Номер заявки;№ в заявке;Фамилия;Имя;Отчество;Класс;Роль;Команда или проект;Организация;Муниципалитет;"
        "Номинация;Возрастная группа;Руководитель;Состояние;Итог",
        say(
            f"#;1;Соколова;Вера;Ильинична;3 класс;;;{SCHOOL};Томск;Обучающая игра;3–4 классы;Кедрова Зоя Львовна;"
            "принята;Победитель"
        ),
    ),
    "works": Row(
        "Номер заявки;Состояние;Участник;Класс;Организация;Номинация;Возрастная группа;Название работы;Что с работой;"
        "Ссылки;Файлы;Версия;Сдана;Ссылка проверена;Страница заявителя;Адрес страницы",
        lambda world: say(
            f"#;принята;{VERA};3 класс;{SCHOOL};Обучающая игра;3–4 классы;Таблица умножения;ссылка не открывается;"
            f"{URL};;1;~;~;{NINA};vk.com/id{world.nina.id}"
        )(world),
        filter="broken",
    ),
    "consents": Row(
        "Номер заявки;Участник;Класс;Организация;Состояние;На обработку;На публикацию;Что можно публиковать;"
        "Страница заявителя;Адрес страницы",
        lambda world: say(
            f"#;{VERA};3 класс;{SCHOOL};принята;получено электронно;получено электронно;"
            f'"имя; результат; фото и видео; работа";{NINA};vk.com/id{world.nina.id}'
        )(world),
    ),
    "schools": Row(
        "Организация;Муниципалитет;Регион;В справочнике;Заявок;Людей", say("Школа у моря;;;нет;1;1"), filter="unknown"
    ),
    "jury": Row(
        "Эксперт;Организация;Оценено;Назначено;Отводов;В жюри с;Адрес страницы",
        say("Лаптев Егор Ильич;;1;1;0;~;vk.com/id"),
    ),
    "scores": Row(
        "Номер заявки;Участник;Номинация;Возрастная группа;Эксперт;Лист;Критерий;Балл;Наибольший;Вес;Лист сохранён;"
        "Комментарий;Причина отвода",
        say(f"#;{VERA};Обучающая игра;3–4 классы;Лаптев Егор Ильич;оценён;"),
    ),
    "ranking": Row(
        "Сравнение;Место;Номер заявки;Участник;Класс;Организация;Муниципалитет;Руководитель;Результат;Наибольший;"
        "Листов;Предложено;Итог;Решено вручную",
        say(f"«Обучающая игра» · школьники;1;#;{VERA};3 класс;{SCHOOL};Томск;Кедрова Зоя Львовна;31"),
    ),
    "outcomes": Row(
        "Статус;Итог;Место;Баллы;Номер заявки;Участник;Класс;Организация;Муниципалитет;Номинация;Возрастная группа;"
        "Руководитель;Людей;Можно назвать;Решено вручную;Решено",
        say(
            f"Победитель;Победитель;1;31,5;#;{VERA};3 класс;{SCHOOL};Томск;Обучающая игра;3–4 классы;"
            "Кедрова Зоя Львовна;1;да;да;~"
        ),
    ),
    "papers": Row(
        "Номер документа;Вид;Кому;Состояние;Выдан;Редакция;Исправлен;Протокол;Причина;Вместо него",
        say(f"ОЧК-2026-У5-0001;диплом;{VERA};действует;~;1;;;;"),
    ),
    "paper_mistakes": Row(
        "Номер документа;Что неверно;Напечатано;Должно быть;Решение;Сообщили;Решено;Причина отказа",
        say("ОЧК-2026-У5-0001;Школа;Школа;'=Гимназия;ждёт;~;"),
    ),
    "deadlines": Row("Кому;До;Причина;Кто дал;Когда дали", say(f"{NINA};")),
    "recipients": Row(
        "Получатель;Адрес страницы;Заявки;Дойдёт",
        lambda world: say(f'{NINA};vk.com/id{world.nina.id};"#; СК-2026-0002";запрещены сообщения от сообщества')(
            world
        ),
    ),
    "announcements": Row(
        "Отправлено;Кому;Получателей;Кто отправил;Текст",
        say("~;все заявители;0;Ольга Лугова;'=Завтра последний день"),
    ),
    "audit": Row("№;Когда;Кто;Что сделано;С чем;Подробности;Печать", say("1;~;Ольга Лугова;решён итог;event:scratch")),
    "standings": Row(
        "Этап;Решение;Номер заявки;Участник;Класс;Организация;Муниципалитет;Номинация;Возрастная группа;Кто решил;"
        "Сверх квоты;Причина;Решено",
        say("Отборочный этап;прошла дальше;ДЮ-2026-0001"),
        event="reciters",
    ),
    "hosts": Row(
        "Организация;Муниципалитет;Представитель;Адрес страницы;С какого времени",
        lambda world: say(f"МАОУ СОШ № 47 г. Томска;Томск;{NINA};vk.com/id{world.nina.id};~")(world),
        event="reciters",
    ),
    "trials": Row(
        "Этап;Испытание;Номер заявки;Участник;Класс;Организация;Результат",
        say(f"Полоса препятствий;Бег змейкой с мячом;СМ-2026-0001;«Ракета» (1 чел.);3 класс;{SCHOOL};1:15,3"),
        event="sports",
    ),
    "attempts": Row(
        "Этап;Номер заявки;Участник;Класс;Организация;Попытка;Баллы;Начата;Закончена",
        say(f"Теория;СМ-2026-0001;«Ракета» (1 чел.);3 класс;{SCHOOL};1;;~;"),
        event="sports",
    ),
    "attendance": Row(
        "Номер заявки;Участник;Класс;Организация;Муниципалитет;Состояние;Пришли;Секции;Отмечены;Как отмечены",
        say(f"УДМ-2026-0001;{VERA};3 класс;{SCHOOL};Томск;принята;да;;~;организатором"),
        event="blender",
        filter="came",
    ),
    "seats": Row(
        "Место;В очереди;Номер заявки;Участник;Класс;Организация;Состояние;С какого времени;Ответить до",
        say(f"занято;;УДМ-2026-0001;{VERA};3 класс;{SCHOOL};принята;~;"),
        event="blender",
    ),
    "roles": Row(
        "Кто;Адрес страницы;Роль;Мероприятие;Организация;С какого времени;Кто дал",
        say("Ольга Лугова;vk.com/id"),
        event="",
    ),
}


async def world_of(chat: Chat) -> World:
    """Four events with everything that a list may say."""
    made = await scene(chat, days=JUDGING)
    nina, now = await made.person("Нина", "Орлова"), chat.clock()
    one = await made.applies(nina, VERA, answers={"_title": "Таблица умножения"})
    await made.applies(nina, "Ветрова Анна", state=ApplicationState.SENT, organisation=(None, "Школа у моря"))
    await made.hands_in(one, url=URL, check="closed")
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.scores(egor, {one.id: 31})
    reciters = await load_event(chat, "reciters.yaml")
    sports = await load_event(chat, "sports-mosaic.yaml")
    blender = await load_event(chat, "smart-home-blender.yaml")
    reciter = await made.applies(nina, VERA, event=reciters, grade=9, nomination="poetry")
    team = await made.applies(nina, VERA, event=sports, nomination=None, team="Ракета")
    guest = await made.applies(nina, VERA, event=blender, nomination=None)
    code, by = made.event.code, made.organizer.id
    async with made.storage() as storage:
        result = Result(one.id, Outcome(OutcomeKind.WINNER), Decimal("31.5"), 1)
        await storage.outcomes.set(result, by=by, at=now)
        await storage.audit.add(by, "set_outcome", f"event:{code}", {}, at=now)
        more = Longer(made.event.closes_at + timedelta(days=1), nina.id)
        await storage.deadlines.give(code, more, reason="Болезнь", by=by, at=now)
        written = await storage.announcements.draft(
            event_code=code,
            author_id=by,
            text="=Завтра последний день",
            audience={"key": "applicants", "events": [code]},
            at=now,
        )
        await storage.announcements.schedule(written.id, version=1, starts_at=now + timedelta(hours=1), by=by, at=now)
        await storage.people.unreachable(nina.id, 901, at=now)
        await storage.roles.grant(nina.id, RoleKind.HOST, reciters.code, by=by, at=now, organisation="school-47-tomsk")
        await storage.stages.settle("selection", {reciter.id: Going.PASSED}, host="school-47-tomsk", by=by, at=now)
        await storage.trials.put(team.id, "course", "slalom", Decimal("75.3"), by=by, at=now)
        await storage.attempts.start(
            team.id, "theory", ["q-1"], participant_id=None, by=nina.id, at=now, ends_at=now + timedelta(minutes=5)
        )
        await storage.attendance.mark(guest.id, way="organizer", by=by, at=now)
        content = PaperContent(
            kind=PaperKind.DIPLOMA, programme="", event="Создавай со Scratch", title="Диплом", lead="", name=VERA
        )
        planned = Planned(
            key="diploma:1", kind=PaperKind.DIPLOMA, application_id=one.id,
            participant_id=one.participants[0].id, person_id=nina.id, content=content,
        )  # fmt: skip
        paper = await storage.papers.issue(planned, code, series=Series("ОЧК", 2026, "У5"), by=by, at=now)
        await storage.paper_mistakes.report(
            paper.id, subject="application:1", field="school", was="Школа", wanted="=Гимназия", answer=None,
            person_id=nina.id, at=now,
        )  # fmt: skip
    at = f"{now.astimezone(TOMSK):%d.%m.%Y %H:%M}"
    return World(made, one, reciters, sports, blender, nina, at)


def test_every_list_is_looked_at() -> None:
    assert set(LISTED) == set(LISTINGS)


async def test_every_list_has_its_columns_and_says_what_is_there(chat: Chat, tmp_path: Path) -> None:
    world = await world_of(chat)
    app = world.made.chat.app
    assert app is not None
    events = {
        "scratch": world.made.event,
        "reciters": world.reciters,
        "sports": world.sports,
        "blender": world.blender,
    }
    wrong: list[tuple[str, list[str], list[str]]] = []
    for code, expected in LISTED.items():
        event = events.get(expected.event)
        listing = listing_of(event, code)
        assert listing is not None, code
        columns = tuple(one.code for one in listing.columns if not one.code.startswith("own:"))
        chosen = Filter(expected.filter or (listing.filters[0] if listing.filters else ""))
        asked = Asked(
            app.database.path, chat.clock(), app.filing._facts, texts(), event.code if event else None, code, chosen,
            columns, Format.CSV, (),
        )  # fmt: skip
        await written(asked, tmp_path / "list")
        text = (tmp_path / "list").read_bytes().decode("utf-8-sig")
        heading, *rows = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
        assert ";".join(heading) == expected.heading, code
        wanted = next(csv.reader(StringIO(expected.row(world)), delimiter=";"), [])
        assert not wanted or rows, code
        *known, begins = wanted or [""]
        found = rows[0] if rows else [""]
        if found[: len(known)] != known or not found[len(known)].startswith(begins):
            wrong.append((code, found, wanted))
    assert wrong == []
