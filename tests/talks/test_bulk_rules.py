"""A table obeys what the chat obeys: seats, limits, deadlines of some, and events that take no tables."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.deadlines import Longer
from bot.contest.event.base import Limit, Per
from bot.contest.event.model import Seats
from storage.storage import Storage
from tests.talks.bulk_scene import blank_of, child, consents, filled, in_autumn
from tests.talks.chat import Chat

SIX = [child(f"Соколова {name}", "3Б") for name in ("Вера", "Анна", "Мила", "Нина", "Ольга", "Елена")]


async def test_where_places_are_few_the_last_rows_wait_and_the_teacher_hears_how_many(chat: Chat) -> None:
    await in_autumn(chat, seats=Seats(most=4))
    nina = await chat.person("Нина", "Орлова")
    await nina.sends_file("список.xlsx", filled(await blank_of(nina), SIX))
    nina.sees_in("6 новых.", "⚠ Свободных мест: 4. 2 заявки встанут в очередь.")
    await nina.presses("Подать 6 заявок")
    await consents(nina)
    nina.sees_in("Готово: 6 заявок подано", "Мест не хватило: 2 заявки ждут в очереди. Освободится место — напишу.")
    await nina.presses("Стол педагога")
    await nina.writes("меню")
    await nina.presses("Мои заявки")
    await nina.presses("ММ-2026-0006 · Соколова Елена")
    nina.sees_in("очеред")


async def test_somebody_else_takes_the_last_place_of_the_school_meanwhile(chat: Chat) -> None:
    event = await in_autumn(chat)
    assert event.submission is not None
    submission = event.submission.model_copy(update={"limits": (Limit(per=(Per.ORGANISATION,), most=3),)})
    await in_autumn(chat, submission=submission)
    nina, olga = await chat.person("Нина", "Орлова"), await chat.person("Ольга", "Ежова")
    blank = await blank_of(nina)
    await nina.sends_file("список.xlsx", filled(blank, SIX[:2]))
    await olga.sends_file("список.xlsx", filled(blank, SIX[2:]))
    olga.sees_in("3 верно, 1 с ошибками.", "• строка 5, «Фамилия, имя, отчество».", "от школы не больше 3")
    await olga.presses("Подать 3 заявки")
    await consents(olga)
    await nina.presses("Подать 2 заявки")
    await consents(nina)
    assert nina.new[-2].text == "За это время кое-что изменилось. Сверяю таблицу заново…"
    nina.sees_in("0 верно, 2 с ошибками.", "от школы не больше 3")


async def test_a_school_with_more_time_is_taken_and_others_are_not(chat: Chat) -> None:
    event = await in_autumn(chat)
    nina = await chat.person("Нина", "Орлова")
    blank = await blank_of(nina)
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        longer = Longer(event.closes_at + timedelta(days=30), organisation_code="gymnasium-13-tomsk")
        await Storage(connection).deadlines.give(event.code, longer, reason="карантин", by=nina.id, at=chat.clock())
    await chat.passes(event.closes_at - chat.clock() + timedelta(days=1))
    other = child("Белов Артём", "2") | {"Школа, сад или кружок": "школа 40"}
    await nina.sends_file("список.xlsx", filled(blank, [*SIX[:1], other]))
    nina.sees_in("1 верно, 1 с ошибками.", "строка 3, «Школа, сад или кружок».")


async def test_an_event_of_pairs_takes_no_table_and_says_what_to_do(chat: Chat) -> None:
    event = await in_autumn(chat, bulk=True)
    nina = await chat.person("Нина", "Орлова")
    await nina.starts("my-mother")
    await in_autumn(chat, bulk=False)
    await nina.presses("Скачать бланк")
    nina.sees(
        f"На «{event.short_title}» таблицей не записывают. Подайте заявку здесь, в чате: спрошу всё по порядку.",
        "[Подать заявку] / [В меню]",
    )
    await nina.presses("Подать заявку")
    nina.sees_in("Кто подаёт заявку?")
