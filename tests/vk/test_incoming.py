"""What people do, read from VK's updates; B36, B38, B39, B43, B46 among them."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pipeline.jobbing import job_done
from bot.talk.incoming import Act, Attachment, Incoming
from bot.vk.arrivals import arrival, chat_hint
from bot.vk.incoming import read
from bot.vk.names import learn
from storage.packing import packed_as_it_may_be, unpacked
from storage.receipts import Receipt
from tests.sandbox.client import Client
from tests.vk.contract import CheckedApi

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def message_new(client: Any = None, **message: Any) -> dict[str, Any]:
    usual = {
        "id": 5, "date": 1772442000, "from_id": 101, "peer_id": 101, "out": 0, "conversation_message_id": 7,
        "text": "Здравствуйте", "attachments": [], "version": 1,
    }  # fmt: skip
    facts = {"message": usual | message, "client_info": client if client is not None else {}}
    return {"type": "message_new", "event_id": "e" * 40, "group_id": 1, "v": "5.199", "object": facts}


def event(kind: str, **facts: Any) -> dict[str, Any]:
    return {"type": kind, "event_id": "f" * 40, "group_id": 1, "object": facts}


def told(update: dict[str, Any]) -> Incoming:
    found = read(update, NOW)
    assert found is not None
    return found


def test_a_message_is_read_with_vks_own_time() -> None:
    found = told(message_new())
    assert (found.act, found.person_id, found.text, found.number) == (Act.WROTE, 101, "Здравствуйте", 7)
    assert found.said_at == datetime.fromtimestamp(1772442000, UTC)
    assert found.payload is None
    assert found.shows_inline
    assert found.shows_callback


def test_a_client_that_shows_no_buttons_is_noticed() -> None:
    found = told(message_new({"keyboard": True, "inline_keyboard": False, "button_actions": ["text"]}))
    assert (found.shows_inline, found.shows_callback) == (False, False)


def test_the_start_button_and_a_deep_link_are_read() -> None:
    found = told(message_new(text="Начать", payload='{"command":"start"}', ref="event-st", ref_source="club"))
    assert (found.started, found.ref) == (True, "event-st")


def test_a_pressed_callback_button_is_read() -> None:
    update = event(
        "message_event", user_id=101, peer_id=101, event_id="1776a756b921", payload={"a": 1}, conversation_message_id=9
    )
    found = told(update)
    assert (found.act, found.event_id, found.cmid, found.payload) == (Act.PRESSED, "1776a756b921", 9, {"a": 1})
    assert found.said_at == NOW


def test_permissions_and_results_of_jobs_are_read() -> None:
    assert told(event("message_allow", user_id=101, key="")).act is Act.ALLOWED
    assert told(event("message_deny", user_id=101)).act is Act.DENIED
    found = told(job_done("link", 101, {"state": "open"}, NOW))
    assert (found.act, found.person_id, found.job, found.result, found.said_at) == (
        Act.JOB_DONE, 101, "link", {"state": "open"}, NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    "payload", ["не JSON", "[1]", '"a"', "5", "[" * 900, '{"a":' * 6 + "1" + "}" * 6, json.dumps({"a": "x" * 2000})]
)
def test_b17_a_payload_that_no_button_of_ours_has_is_marked(payload: str) -> None:
    found = told(message_new(payload=payload))
    assert found.payload is not None
    assert list(found.payload) == ["?"]
    assert len(found.payload["?"]) <= 255


def test_entities_are_text_unless_it_is_known_that_vk_sends_them() -> None:
    update = message_new(text="5 &lt; 7 &amp;lt;")
    assert told(update).text == "5 &lt; 7 &amp;lt;"
    unescaped = read(update, NOW, unescape=True)
    assert unescaped is not None
    assert unescaped.text == "5 < 7 &lt;"


ATTACHED: list[tuple[dict[str, Any], Attachment]] = [
    (
        {"type": "photo", "photo": {"id": 4, "owner_id": 101, "access_key": "ab", "sizes": [
            {"type": "w", "width": 2560, "height": 1707, "url": "https://x/big"},
            {"type": "z", "width": 75, "height": 50, "url": "https://x/small"}]}},
        Attachment("photo", "photo101_4_ab", "https://x/big"),
    ),
    (
        {"type": "video", "video": {"id": 8, "owner_id": -5, "access_key": "k", "title": "Проект", "duration": 60}},
        Attachment("video", "video-5_8_k", "https://vk.com/video-5_8", "Проект"),
    ),
    (
        {"type": "doc", "doc": {"id": 6, "owner_id": 101, "title": "Игра.SB3", "ext": "SB3", "size": 14854,
                                "url": "https://vk.ru/doc", "access_key": "z"}},
        Attachment("doc", "doc101_6_z", "https://vk.ru/doc", "Игра.SB3", "sb3", 14854),
    ),
    (
        {"type": "link", "link": {"url": "https://scratch.mit.edu/projects/1", "title": "Scratch"}},
        Attachment("link", "", "https://scratch.mit.edu/projects/1", "Scratch"),
    ),
    (
        {"type": "wall", "wall": {"id": 3, "from_id": -1, "to_id": -1, "text": "Запись"}},
        Attachment("wall", "wall-1_3", "https://vk.com/wall-1_3", "Запись"),
    ),
    (
        {"type": "audio_message", "audio_message": {"id": 1, "owner_id": 5, "access_key": "k", "link_ogg": "https://o"}},
        Attachment("audio_message", "audio_message5_1_k", "https://o"),
    ),
    ({"type": "poll", "poll": {"id": 2, "owner_id": 101}}, Attachment("poll", "poll101_2")),
    ({"type": "sticker", "sticker": {"sticker_id": 9, "product_id": 1}}, Attachment("sticker")),
    ({"type": "graffiti", "graffiti": {"id": 1, "owner_id": 5, "url": "https://g"}}, Attachment("graffiti", "", "https://g")),
    ({"type": "gift", "gift": {"id": 1}}, Attachment("gift")),
    ({"type": "story", "story": {"id": 4, "owner_id": 101}}, Attachment("story", "story101_4")),
    ({"type": "hologram", "hologram": [1]}, Attachment("hologram")),
]  # fmt: skip


@pytest.mark.parametrize(("given_", "expected"), ATTACHED, ids=lambda value: getattr(value, "kind", ""))
def test_b36_every_kind_of_attachment_is_named(given_: dict[str, Any], expected: Attachment) -> None:
    found = told(message_new(text="", attachments=[given_]))
    assert found.attachments == (expected,)
    assert found.text == ""


def test_b36_a_place_counts_as_an_attachment() -> None:
    assert told(message_new(geo={"type": "point", "coordinates": {}})).attachments == (Attachment("geo"),)


@pytest.mark.parametrize(
    "kind", ["video", "link", "wall", "sticker", "audio_message", "graffiti", "geo", "poll", "gift", "story", "doc"]
)
async def test_b36_what_the_sandbox_attaches_is_read(vk: Client, kind: str) -> None:
    made = await vk.control("people/101/attachment", {"kind": kind})
    await vk.control("people/101/write", {"attachments": [made]})
    update = (await vk.poll())["updates"][-1]
    found = told(update)
    assert [item.kind for item in found.attachments] == [kind]
    assert arrival(update) is not None


def test_b38_a_group_chat_gets_no_talk_only_an_answer_to_help() -> None:
    chat = 2_000_000_001
    asks, chats = message_new(peer_id=chat, text="[club1|@kreitv] /help"), message_new(peer_id=chat, text="привет")
    found = arrival(asks)
    assert found is not None
    assert (found.person_id, chat_hint(asks), read(asks, NOW)) == (chat, chat, None)
    assert (arrival(chats), chat_hint(chats), read(chats, NOW)) == (None, None, None)


@pytest.mark.parametrize(
    "update",
    [
        message_new(from_id=-1, peer_id=-1),
        message_new(from_id=-200, peer_id=2_000_000_001, text="/help"),
        message_new(from_id=-200, peer_id=101),
        message_new(out=1),
        event("message_reply", id=1, from_id=-1, peer_id=101, text="эхо", conversation_message_id=8, out=1),
    ],
)
def test_b39_bots_and_our_own_echo_are_passed_over(update: dict[str, Any]) -> None:
    assert arrival(update) is None
    assert read(update, NOW) is None


async def test_b39_two_bots_in_one_dialog_stay_silent(vk: Client) -> None:
    """What we send never comes back as something to answer."""
    await vk.settings(longpoll_events={"message_reply": 1})
    await vk.writes(101)
    await vk.send(101, "Здравствуйте, я бот")
    assert [update["type"] for update in await vk.events()] == ["message_allow", "message_new", "message_reply"]
    update = (await vk.look("events"))["events"][-1]
    assert arrival(update) is None


def test_a_message_is_the_same_however_it_came_and_its_number_is_its_order() -> None:
    first, again = arrival(message_new()), arrival({**message_new(), "event_id": "gap:101:7"})
    assert first is not None
    assert again is not None
    assert (first.event_id, first.order_key) == (again.event_id, 7) == ("m:101:7", 7)


def test_what_has_no_number_is_known_by_vks_event_id() -> None:
    found = arrival(event("message_allow", user_id=101))
    assert found is not None
    assert (found.event_id, found.order_key) == ("f" * 40, None)
    without = arrival({"type": "message_allow", "object": {"user_id": 101}})
    assert without is not None
    assert without.event_id.startswith("h:")


@pytest.mark.parametrize("peer", [102, 2_000_000_001, -1, None])
def test_b21_a_press_in_somebody_elses_dialog_is_passed_over(peer: int | None) -> None:
    update = event("message_event", user_id=101, peer_id=peer, event_id="a", payload={})
    assert arrival(update) is None
    assert read(update, NOW) is None


@pytest.mark.parametrize(
    ("facts", "receipt"),
    [
        ({"read_message_id": 501, "conversation_message_id": 9}, Receipt(101, 501, 9)),
        ({"read_message_id": 501}, Receipt(101, 501, 0)),
        ({"conversation_message_id": "9"}, None),
        ({"peer_id": 2000000001, "conversation_message_id": 9}, None),
        ({"from_id": -1, "peer_id": -1, "conversation_message_id": 9}, None),
    ],
)
def test_how_far_somebody_has_read_is_no_update_for_a_talk(facts: dict[str, Any], receipt: Receipt | None) -> None:
    update = event("message_read", **{"from_id": 101, "peer_id": 101, **facts})
    found = arrival(update)
    assert (found and found.receipt, read(update, NOW)) == (receipt, None)


def test_half_of_a_letter_is_stored_as_a_question_mark() -> None:
    update = json.loads('{"type":"message_new","object":{"message":{"from_id":101,"peer_id":101,"text":"a\\ud800b",'
                        '"conversation_message_id":3}}}')  # fmt: skip
    found = arrival(update)
    assert found is not None
    text = packed_as_it_may_be(found.raw)
    assert sqlite3.connect(":memory:").execute("select ?", (text,)).fetchone() == (text,)
    assert told(unpacked(text)).text == "a?b"


async def test_b43_pages_without_a_name_have_none(api: CheckedApi, vk: Client) -> None:
    await vk.control("people", {"id": 120, "first_name": "Пётр", "last_name": "Лесной", "deactivated": "banned"})
    assert await learn(api, [101, 109, 110, 120, 999_999, -5]) == {
        101: ("Марина", "Ковалёва"),
        109: ("Семён", "Тихий"),
        110: ("", ""),
        120: ("", ""),
        999_999: ("", ""),
    }


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.sampled_from([101, "1", 2**70]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
MESSAGE = st.fixed_dictionaries(
    {},
    optional={
        name: ANYTHING | st.just(101)
        for name in ("from_id", "peer_id", "date", "text", "payload", "ref", "geo", "out", "conversation_message_id")
    }
    | {
        "attachments": ANYTHING
        | st.lists(
            st.sampled_from(["photo", "video", "doc", "wall", "link", "audio_message", "poll", "new"]).flatmap(
                lambda kind: st.fixed_dictionaries({
                    "type": st.just(kind),
                    kind: ANYTHING | st.fixed_dictionaries({}, optional=dict.fromkeys(
                        ("id", "owner_id", "to_id", "url", "title", "ext", "size", "sizes", "access_key", "orig_photo"),
                        ANYTHING)),
                })
            ),
            max_size=3,
        )
    },
)  # fmt: skip
KINDS = st.sampled_from(["message_new", "message_event", "message_allow", "job_done", "message_reply", "x"])


@given(KINDS | ANYTHING, MESSAGE, ANYTHING)
def test_b46_nothing_that_vk_may_send_ever_raises(kind: Any, message: dict[str, Any], more: Any) -> None:
    for facts in ({"message": message, "client_info": more}, {**message, "user_id": 101, "event_id": more}, more):
        update = {"type": kind, "object": facts, "event_id": more}
        kept = arrival(update)
        found = read(update, NOW)
        chat_hint(update)
        assert kept is None or (isinstance(kept.event_id, str) and json.dumps(kept.raw, ensure_ascii=False).encode())
        assert found is None or (found.person_id != 0 and found.said_at.tzinfo is not None)


@given(ANYTHING)
def test_b46_an_update_that_is_no_object_is_passed_over(update: Any) -> None:
    assert arrival(update) is None or isinstance(update, dict)
