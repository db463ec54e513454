"""F35 in the chat: a copy put in place by hand, and who may say that all is well."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.talk.seal import Seal
from storage.sidecar import sidecar_of
from storage.storage import Storage
from tests.talks.chat import Chat, Person, chat_with_sandbox

NOT_AVAILABLE = "Это действие вам недоступно."


async def _presses(chat: Chat, person: Person, go: str) -> None:
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        seal = Seal(await Storage(connection).settings.seal_key())
    await person.writes("кнопка", payload={"g": go, "k": seal.of(person.id, go)})


async def test_f35_a_copy_put_in_place_by_hand_is_noticed_and_only_administrators_go_on(tmp_path: Path) -> None:
    place = tmp_path / "bot.db"
    async with chat_with_sandbox() as chat:
        olga, anna = await chat.person("Ольга", "Главная"), await chat.person("Анна", "Смирнова")
        async with chat.runs(place, admin_ids=str(olga.id)):
            await olga.starts()
            await anna.starts()
        copy = place.read_bytes()
        async with chat.runs(place, admin_ids=str(olga.id)):
            await chat.passes(timedelta(hours=6))
            await anna.writes("помощь")
        place.write_bytes(copy)
        sidecar_of(place).unlink()  # on another machine: only VK knows that more was said

        async with chat.runs(place, admin_ids=str(olga.id)) as app:
            await chat.settled()
            await app.chores.look()
            await chat.settled()
            await olga.looks()
            olga.sees_in("База восстановлена из копии от", "1 сообщение от людей после копии, из них 1 с ответом")
            assert olga.last.keyboard == "[Отправлено после копии] / [Проверено, продолжить рассылки]"
            async with app.database.transaction() as connection:
                state = await Storage(connection).restoring.state()
            assert state is not None
            for go in ("restored:", "restored_list:0", f"restored_confirm:{state.started_ms}"):
                await _presses(chat, anna, go)
                anna.sees(NOT_AVAILABLE)
            await _presses(chat, olga, "restored_confirm:1")
            olga.sees_in("База восстановлена из копии от")
            await olga.presses("Проверено, продолжить рассылки")
            olga.sees("Спасибо. Рассылки и напоминания продолжаются.")
            await _presses(chat, olga, "restored:")
            olga.sees("Всё уже проверено, рассылки идут.")
