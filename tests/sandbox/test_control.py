"""The control API itself: people, dialogs, mistakes, reset, pages."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.sandbox import control
from bot.sandbox.server import Running, serve
from tests.sandbox.client import Client, under_field

ROOT = Path(__file__).resolve().parents[2]


async def test_the_cast_is_listed_in_order_with_their_dialogs(vk: Client) -> None:
    await vk.writes(102, "Вечер добрый")
    await vk.send(102, "И вам")
    found = await vk.look("people")
    assert [person["id"] for person in found["people"]] == list(range(101, 111))
    oleg = found["people"][1]
    assert (oleg["allowed"], oleg["dialog"], oleg["unread"]) == (True, True, 1)
    assert (oleg["last"]["text"], oleg["last"]["out"]) == ("И вам", True)
    assert found["group"] == {"id": 1, "name": "КреИТв", "screen_name": "kreitv"}


async def test_a_new_person_can_write_and_a_taken_id_is_told(vk: Client) -> None:
    person = await vk.control("people", {"first_name": "Лев", "last_name": "Кедров"})
    assert person["id"] == 111
    assert "already" in (await vk.control("people", {"id": 111, "first_name": "Лев"}, status=400))["error"]
    await vk.writes(111)
    assert await vk.well("users.get", user_ids="111") == [
        {"id": 111, "first_name": "Лев", "last_name": "Кедров", "can_access_closed": True, "is_closed": False}
    ]


async def test_unknown_people_are_404_and_mistakes_are_sentences(vk: Client) -> None:
    assert "999" in (await vk.control("people/999/write", {"text": "Да"}, status=404))["error"]
    assert "empty message" in (await vk.control("people/101/write", {}, status=400))["error"]
    assert "unknown txt" in (await vk.control("people/101/write", {"txt": "Да"}, status=400))["error"]
    assert "deleted" in (await vk.control("people/110/write", {"text": "Да"}, status=400))["error"]
    assert "no setting" in (await vk.control("settings", {"speed": 5}, status=400))["error"]


async def test_a_dialog_is_waited_for_until_it_changes(vk: Client, anna: int) -> None:
    seen = await vk.dialog(anna)
    waiting = asyncio.create_task(vk.look(f"people/{anna}/dialog", after=seen["revision"], wait_s=20))
    await vk.send(anna, "Готово", keyboard=under_field("Меню"))
    async with asyncio.timeout(5):
        news = await waiting
    assert news["revision"] > seen["revision"]
    assert [view["text"] for view in news["messages"]] == ["Здравствуйте", "Готово"]
    assert news["keyboard"]["buttons"][0][0]["action"]["label"] == "Меню"
    same = await vk.look(f"people/{anna}/dialog", after=news["revision"], wait_s=0.01)
    assert same["revision"] == news["revision"]


async def test_since_a_revision_only_what_came_or_changed_is_told(vk: Client, anna: int) -> None:
    first, _ = [await vk.send(anna, text) for text in ("Раз", "Два")]
    seen = await vk.dialog(anna)
    assert [view["text"] for view in seen["messages"]] == ["Здравствуйте", "Раз", "Два"]
    await vk.well("messages.edit", peer_id=anna, message_id=first, message="Один")
    await vk.send(anna, "Три")
    news = await vk.look(f"people/{anna}/dialog", since=seen["revision"])
    assert (news["since"], [view["text"] for view in news["messages"]]) == (seen["revision"], ["Один", "Три"])
    of_another = await vk.look(f"people/{anna}/dialog", since=news["revision"] + 1)
    assert (of_another["since"], len(of_another["messages"])) == (0, 4)


async def test_reading_and_typing_show_in_the_dialog(vk: Client, anna: int) -> None:
    assert (await vk.dialog(anna))["messages"][0]["read"] is False
    await vk.well("messages.markAsRead", peer_id=anna, mark_conversation_as_read=1)
    await vk.well("messages.setActivity", peer_id=anna, type="typing")
    seen = await vk.dialog(anna)
    assert (seen["messages"][0]["read"], seen["typing"]) == (True, True)
    await vk.control("clock", {"shift_s": 11})
    assert (await vk.dialog(anna))["typing"] is False


async def test_a_person_who_reads_or_answers_is_told_of_where_it_is_switched_on(vk: Client, anna: int) -> None:
    await vk.send(anna, "Раз")
    assert await vk.control(f"people/{anna}/read") == {"read": 2}
    assert await vk.events() == []
    await vk.well("groups.setLongPollSettings", group_id=1, message_read=1)
    third, fourth = [await vk.send(anna, text) for text in ("Два", "Три")]
    assert await vk.control(f"people/{anna}/read", {"cmid": 3}) == {"read": 3}
    assert await vk.control(f"people/{anna}/read", {"cmid": 3}) == {"read": 3}
    await vk.writes(anna, "Прочла")
    read, answered, written = await vk.events()
    assert [read["object"]["read_message_id"], answered["object"]["read_message_id"]] == [third, fourth]
    assert [read["type"], answered["type"], written["type"]] == ["message_read", "message_read", "message_new"]


async def test_a_forwarded_message_comes_with_what_is_in_it(vk: Client, anna: int) -> None:
    photo = await vk.control(f"people/{anna}/attachment", {"kind": "photo"})
    await vk.writes(anna, "", forwards=[{"text": "Приходите!", "attachments": [photo], "from_id": -7}])
    (update,) = await vk.events()
    (forwarded,) = update["object"]["message"]["fwd_messages"]
    assert (forwarded["text"], forwarded["from_id"], forwarded["attachments"]) == ("Приходите!", -7, [photo])
    assert "forwards" in (await vk.control(f"people/{anna}/write", {"forwards": ["Да"]}, status=400))["error"]


async def test_reset_forgets_everything_and_takes_another_cast(vk: Client, anna: int) -> None:
    await vk.settings(random_id_dedupe=False)
    await vk.control("reset", {"cast": [{"id": 7, "first_name": "Яна"}]})
    assert [person["id"] for person in (await vk.look("people"))["people"]] == [7]
    assert (await vk.look("settings"))["random_id_dedupe"] is True
    assert (await vk.look("ledger"))["messages"] == []
    assert await vk.poll() == {"failed": 2}


async def test_the_date_of_a_message_can_be_set_and_the_clock_moved(vk: Client, anna: int) -> None:
    assert (await vk.writes(anna, "В срок", date=1_800_000_000))["date"] == 1_800_000_000
    before = await vk.well("utils.getServerTime")
    await vk.control("clock", {"shift_s": 86_400})
    assert 86_400 <= await vk.well("utils.getServerTime") - before <= 86_405


async def test_the_description_names_every_call_of_the_control_api(vk: Client, sandbox: Running) -> None:
    async with vk.session.get(f"{vk.url}/control/") as answer:
        text = await answer.text()
        assert answer.content_type == "text/html"
    described = re.findall(r'<h3><span class="verb">(\w+)</span>(/control/[^?<]*)[?<]', text)
    assert sorted(described) == sorted((route.method, route.path) for route in control.routes())
    for name in sandbox.world.settings.as_json():
        assert f"<code>{name}</code>" in text


async def test_nothing_outside_the_page_is_served(vk: Client) -> None:
    for path in ("/page/../server.py", "/page/%2e%2e/server.py", "/page/none.js", "/files/none"):
        async with vk.session.get(vk.url + path) as answer:
            assert answer.status == 404


async def test_two_sandboxes_stand_side_by_side_and_stop_while_somebody_waits(vk: Client) -> None:
    other = await serve(0, cast=[{"id": 5, "first_name": "Яна"}])
    second = Client(vk.session, other.url)
    await second.writes(5)
    waiting = asyncio.create_task(second.poll(ts="3", wait=60))
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await other.close()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert (await vk.look("people"))["people"][0]["dialog"] is False


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_the_process_ends_well_on_sigterm() -> None:
    started = [sys.executable, "-c", "from bot.sandbox.server import main; main(0)"]
    with subprocess.Popen(started, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(4)]
        process.terminate()
        assert process.wait(10) == 0
    assert "/method/ VK_TOKEN=sandbox" in lines[2]
