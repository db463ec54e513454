"""Old copies of cards, double taps, old clients, restarts: the points come where they belong, once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.talks.chat import Chat, Person, chat_with_sandbox
from tests.talks.jury_scene import judging, opens, payload_of, sealed, sends

FULL = ("2", "4", "5", "3", "8", "9", "5")


async def test_an_old_copy_of_a_card_gives_points_to_its_own_criterion_only(chat: Chat) -> None:
    scene = await judging(chat)
    egor = await opens(scene)
    old = egor.last.cmid
    await egor.writes("2")
    await egor.presses("4")
    assert await scene.points(1) == {"nomination-fit": "2", "originality": "4"}
    await egor.presses("1", cmid=old)
    assert await scene.points(1) == {"nomination-fit": "1", "originality": "4"}
    copy = next(message for message in egor.all if message.cmid == old)
    assert copy.text.endswith("Соответствие номинации 1 · Оригинальность 4\nТворческий подход (0–5)")


async def test_b20_a_double_tap_has_one_effect(chat: Chat) -> None:
    scene = await judging(chat)
    egor = await opens(scene)
    card = egor.last.cmid
    again = await payload_of(chat, egor, "2")
    chat.hasty = True
    await egor.presses("2")
    await sends(egor, again)
    assert len(await scene.audit("jury.score")) == 1
    chat.hasty = False
    await scene.scores_all(egor, *FULL[1:])
    saving = await payload_of(chat, egor, "Сохранить")
    chat.hasty = True
    await egor.presses("Сохранить")
    seen = len(egor.all)
    await sends(egor, saving)
    assert len(egor.all) == seen
    assert len(await scene.audit("jury.save")) == 1
    assert card < egor.last.cmid
    egor.sees_in("Работа 2 из 3", "Соответствие номинации (0–2)")


async def test_a_client_without_callback_buttons_gets_text_buttons_and_new_messages(chat: Chat) -> None:
    scene = await judging(chat)
    egor = scene.juror
    async with old_client(chat, egor) as says:
        await says("Оценивать", await sealed(scene, egor, f"jury_go:{scene.event.code}"))
        first = egor.last
        assert await kinds(chat, egor) == {"text"}
        await says("2", await payload_of(chat, egor, "2"))
        assert egor.last.cmid > first.cmid
        egor.sees_in("Соответствие номинации 2\nОригинальность (0–5)")
        for label in FULL[1:]:
            await says(label)
        await says("Сохранить", await payload_of(chat, egor, "Сохранить"))
        receipt, following = egor.all[-2:]
        assert receipt.text == "✓ Работа 1, «Таблица умножения»: 36 из 40. Сохранено, 1 из 3."
        assert "Работа 2 из 3" in following.text


async def test_a_client_without_buttons_under_messages_reads_the_values_and_types_them(chat: Chat) -> None:
    scene = await judging(chat)
    egor = scene.juror
    async with old_client(chat, egor, inline=False) as says:
        await says("Оценивать", await sealed(scene, egor, f"jury_go:{scene.event.code}"))
        assert egor.last.text.endswith(
            "Соответствие номинации (0–2)\n\n• 0\n• 1\n• 2\n• ‹ назад\n• Пропустить\n• Конфликт интересов"
            "\n• Спросить автора"
        )
        await says("1")
        assert await scene.points(1) == {"nomination-fit": "1"}
        await says("пропустить")
        egor.sees_in("Работа 2 из 3")


async def test_a_restart_in_the_middle_of_a_card_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    async with chat_with_sandbox() as chat:
        async with chat.runs(tmp_path / "bot.db"):
            scene = await judging(chat)
            egor = await opens(scene)
            card = egor.last.cmid
            await egor.presses("2")
        async with chat.runs(tmp_path / "bot.db"):
            await egor.presses("4")
            assert egor.last.cmid == card
            egor.sees_in("Соответствие номинации 2 · Оригинальность 4\nТворческий подход (0–5)")
        async with chat.runs(tmp_path / "bot.db"):
            await egor.writes("5")
            egor.sees_in("Творческий подход 5\nСложность (0–5)")
            assert await scene.points(1) == {"nomination-fit": "2", "originality": "4", "creativity": "5"}


@asynccontextmanager
async def old_client(chat: Chat, person: Person, *, inline: bool = True) -> AsyncIterator[Any]:
    """Writes as an old client does, which says that it knows no callback buttons, or no `inline` buttons at all."""

    async def says(text: str, payload: Mapping[str, Any] | None = None) -> None:
        chat.sandbox.world.log.hold()
        await chat.control(
            f"people/{person.id}/write", {"text": text, **({"payload": dict(payload)} if payload else {})}
        )
        event = chat.sandbox.world.log.held[-1]  # type: ignore[index]
        known = event["object"]["client_info"] | {"button_actions": ["text", "open_link"], "inline_keyboard": inline}
        event["object"] = event["object"] | {"client_info": known}
        await chat.control("events/release", {})
        await chat.settled()
        await person.looks()

    yield says


async def kinds(chat: Chat, person: Person) -> set[str]:
    """Of which kinds the buttons of the newest message are."""
    dialog = await chat.control(f"people/{person.id}/dialog")
    rows = dialog["messages"][-1]["keyboard"]["buttons"]
    return {key["action"]["type"] for row in rows for key in row}
