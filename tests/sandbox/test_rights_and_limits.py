"""Tokens, versions, rights, unknown things, and the number of requests in a second."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.sandbox.ledger import Requests
from tests.sandbox.client import Client


async def test_a_missing_or_foreign_token_is_error_5(vk: Client) -> None:
    assert await vk.refusal("users.get", access_token="") == (5, "User authorization failed: no access_token passed.")
    assert await vk.refusal("users.get", access_token="other") == (
        5,
        "User authorization failed: invalid access_token (4).",
    )


async def test_the_token_may_come_in_the_header_or_in_the_query(vk: Client) -> None:
    url = f"{vk.url}/method/users.get?user_ids=101&v=5.199"
    for more, headers in (("", {"Authorization": "Bearer sandbox"}), ("&access_token=sandbox", {})):
        async with vk.session.get(url + more, headers=headers) as answer:
            assert (await answer.json())["response"][0]["first_name"] == "Марина"


async def test_the_error_echoes_the_parameters_as_texts_without_the_token(vk: Client) -> None:
    body = await vk.method("messages.send", peer_id=102, random_id=3, message="Да")
    pairs = {pair["key"]: pair["value"] for pair in body["error"]["request_params"]}
    assert pairs == {
        "method": "messages.send",
        "oauth": "1",
        "v": "5.199",
        "peer_id": "102",
        "random_id": "3",
        "message": "Да",
    }


@pytest.mark.parametrize("version", ["", "5.80", "новая"])
async def test_the_version_is_required_and_not_too_old(vk: Client, version: str) -> None:
    code, text = await vk.refusal("users.get", v=version)
    assert (code, text.split(":")[0]) == (8, "Invalid request")
    assert await vk.well("users.get", v="5.131") == []


@pytest.mark.parametrize(
    ("method", "code", "text"),
    [
        ("messages.sendd", 3, "Unknown method passed"),
        ("Messages.send", 3, "Unknown method passed"),
        ("groups.getSettings", 27, "Group authorization failed: method is unavailable with group auth."),
        ("video.get", 27, "Group authorization failed: method is unavailable with group auth."),
        ("wall.get", 27, "Group authorization failed: method is unavailable with group auth."),
        ("photos.getWallUploadServer", 27, "Group authorization failed: method is unavailable with group auth."),
    ],
)
async def test_unknown_and_foreign_methods_are_told_apart(vk: Client, method: str, code: int, text: str) -> None:
    async with vk.session.post(f"{vk.url}/method/{method}", data={"access_token": "sandbox", "v": "5.199"}) as answer:
        error = (await answer.json())["error"]
    assert (error["error_code"], error["error_msg"]) == (code, text)


async def test_a_missing_right_is_error_15(vk: Client, anna: int) -> None:
    await vk.settings(permissions=["photos"])
    assert await vk.refusal("messages.send", peer_id=anna, random_id=0, message="Да") == (
        15,
        "Access denied: cannot be called with current scopes",
    )
    assert await vk.well("groups.getTokenPermissions") == {
        "mask": 4,
        "permissions": [{"name": "photos", "setting": 4}],
    }
    assert await vk.refusal("wall.post", owner_id=-1, from_group=1, message="Итоги") == (
        15,
        "Access denied: cannot be called with current scopes",
    )
    await vk.settings(permissions=["wall"])
    assert await vk.well("wall.post", owner_id=-1, from_group=1, message="Итоги") == {"post_id": 1}


async def test_the_twenty_first_request_of_a_second_is_error_6(vk: Client) -> None:
    await vk.settings(requests_per_second=20)
    bodies = await asyncio.gather(*(vk.method("users.get", user_ids=101) for _ in range(25)))
    codes = sorted(body.get("error", {}).get("error_code", 0) for body in bodies)
    assert codes == [0] * 20 + [6] * 5
    seen = await vk.look("requests")
    assert seen["busiest_second"] == 25
    assert {"access_token"} & {name for line in seen["requests"] for name in line["params"]} == set()


def test_the_second_slides_and_a_refused_request_does_not_count() -> None:
    requests = Requests()
    assert [requests.accept(at, 2) for at in (0.0, 0.6, 0.9, 0.99, 1.0, 1.5, 1.6)] == [
        True,
        True,
        False,
        False,
        True,
        False,
        True,
    ]


async def test_a_json_body_is_not_read(vk: Client) -> None:
    async with vk.session.post(f"{vk.url}/method/users.get", json={"access_token": "sandbox"}) as answer:
        assert answer.status == 200
        assert (await answer.json())["error"]["error_code"] == 5


async def test_a_revoked_token_stops_the_bot_until_the_new_one(vk: Client) -> None:
    await vk.settings(token="new")
    assert (await vk.refusal("users.get"))[0] == 5
    assert await vk.well("users.get", access_token="new") == []


async def test_a_multipart_form_is_read_too(vk: Client) -> None:
    form = aiohttp.FormData({"access_token": "sandbox", "v": "5.199", "user_ids": "104"}, default_to_multipart=True)
    async with vk.session.post(f"{vk.url}/method/users.get", data=form) as answer:
        assert (await answer.json())["response"][0]["id"] == 104
