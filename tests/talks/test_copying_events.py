"""«Повторить»: an administrator takes last year's event, sees all its dates moved, and has it once."""

from __future__ import annotations

from datetime import date

from bot.contest.authorize import RoleKind
from bot.contest.event.loading import load_stored
from bot.contest.event.moments import TOMSK
from tests.talks.chat import Chat
from tests.talks.organizer_scene import scene


async def test_last_years_event_is_repeated_with_its_dates_moved(chat: Chat) -> None:
    made = await scene(chat)
    organizer, event = made.organizer, made.event
    await made.opens("Ещё")
    assert "Повторить" not in organizer.last.keyboard
    async with made.storage() as storage:
        await storage.roles.grant(organizer.id, RoleKind.ADMIN, None, by=None, at=chat.clock())
    await made.opens("Ещё")
    await organizer.presses("Повторить в этом году")
    organizer.sees_in("«Создавай со Scratch»: в прошлый раз приём начался ", "Когда начать теперь?")
    await organizer.writes("завтра")
    organizer.sees_in("такое событие уже есть: «Создавай со Scratch». Выберите другой год.")
    year = event.year + 1
    suggested = organizer.last.buttons[0][0]
    await organizer.presses(suggested)
    organizer.sees_in(f"Создавай со Scratch (scratch-{year})", f"приём с {suggested}", "оценивание до ", "итоги до ")
    await organizer.presses("Повторить")
    organizer.sees_in("«Создавай со Scratch» повторяется: добавлено 1 событие", "Проверьте название и положение")
    async with made.storage() as storage:
        stored = await storage.events.get(f"scratch-{year}")
        (entry,) = await storage.audit.tail(1)
    assert stored is not None
    assert stored.published_at is None
    copied = load_stored(stored.definition)
    moved: date = copied.opens_at.astimezone(TOMSK).date()
    assert (moved - event.opens_at.astimezone(TOMSK).date()).days == 364
    assert copied.closes_at - copied.opens_at == event.closes_at - event.opens_at
    assert (entry.action, entry.subject, entry.detail) == (
        "copy_event",
        f"event:scratch-{year}",
        {"copied": event.code},
    )
    await organizer.presses("Открыть новое")
    organizer.sees_in("Создавай со Scratch\n")
