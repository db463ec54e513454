"""F9: whatever a server answers, it is one of our three errors or VK's answer; the token never shows."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any
from urllib.parse import parse_qsl

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.vk.client import VkApi, form
from bot.vk.errors import CallError, UnknownOutcome, Unreachable, VkError, redacted
from bot.vk.pace import Pace
from bot.vk.transport import Http, parse
from tests.vk.between import served

TOKEN = "vk1.a.canary-Token_42"


async def asked(body: bytes, status: int = 200, **more: Any) -> object:
    """What a call comes to when the server answers so: the answer or the error."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=body, status=status, **more)

    async with served(answer) as url:
        api = VkApi(TOKEN, api_url=url, pace=Pace(0))
        try:
            return await api.request("messages.send", {"message": "да"})
        except CallError as error:
            return error
        finally:
            await api.close()


@given(st.binary(max_size=300))
def test_f9_any_body_is_an_unknown_outcome_or_an_object(body: bytes) -> None:
    try:
        assert isinstance(parse(body), dict)
    except UnknownOutcome as found:
        shown = str(found)
    else:
        shown = ""
    assert len(shown) < 250


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>502</html>",
        b'{"response": ',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        '{"response": "да"}'.encode("cp1251"),
        b"\xff\xfe\x00",
        b"null",
        b"17",
        b"[]",
        b"{}",
        b'{"error": 5}',
        b'{"error": {"error_code": "x"}}',
        b'{"response": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: repr(body[:20]),
)
async def test_f9_a_body_that_is_no_answer_is_an_unknown_outcome(body: bytes) -> None:
    assert isinstance(await asked(body), UnknownOutcome)


async def test_f9_a_body_over_five_megabytes_is_not_read_to_its_end() -> None:
    error = await asked(b'{"response": "' + b"a" * 6_000_000 + b'"}')
    assert "more than 5242880 bytes" in str(error)


@pytest.mark.parametrize("status", [301, 302, 407, 418, 500, 502, 503, 504])
async def test_f9_any_status_but_200_is_an_unknown_outcome(status: int) -> None:
    headers = {"Location": "http://127.0.0.1:9/"}
    assert isinstance(await asked(b'{"response": 1}', status, headers=headers), UnknownOutcome)


async def test_f9_a_reset_is_an_unknown_outcome_and_a_closed_port_is_unreachable() -> None:
    async def reset(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with served(reset) as url:
        http = Http()
        with pytest.raises(UnknownOutcome):
            await http.request_json(url)
    with pytest.raises(Unreachable):
        await http.request_json(url)
    with pytest.raises(Unreachable):
        await http.request_json("http://")
    await http.close()


async def test_f9_a_server_that_never_answers_is_given_up() -> None:
    async def hang(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.5)
        return web.Response()

    async with served(hang) as url:
        http = Http(total_s=0.05)
        with pytest.raises(UnknownOutcome, match="Timeout"):
            await http.request_json(url)
        await http.close()


async def test_vks_refusal_comes_with_code_text_and_subcode() -> None:
    error = {"error_code": 15, "error_msg": "Access denied", "error_subcode": 1133, "request_params": []}
    found = await asked(json.dumps({"error": error}).encode())
    assert isinstance(found, VkError)
    assert (found.code, found.message, found.subcode) == (15, "Access denied", 1133)


async def test_a_captcha_without_a_picture_is_an_ordinary_refusal() -> None:
    error = {"error_code": 14, "error_msg": "Captcha needed", "redirect_uri": "https://id.vk.ru/not_robot"}
    found = await asked(json.dumps({"error": error}).encode())
    assert isinstance(found, VkError)
    assert found.code == 14


async def test_the_token_goes_in_the_header_and_shows_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[web.Request] = []

    async def echo(request: web.Request) -> web.Response:
        seen.append(request)
        return web.Response(text=f"{request.headers['Authorization']} {TOKEN} {await request.text()}", status=500)

    caplog.set_level(logging.DEBUG)
    async with served(echo) as url:
        api = VkApi(TOKEN, api_url=url, pace=Pace(0))
        with pytest.raises(UnknownOutcome) as raised:
            await api.request("users.get", {"user_ids": "1"})
        await api.close()
    assert seen[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert seen[0].query_string == ""
    shown = f"{raised.value!r} {raised.value} {api!r} {caplog.text}"
    assert TOKEN not in shown
    assert "canary" not in shown


def test_what_looks_like_a_token_is_not_shown() -> None:
    assert redacted("a vk1.a.AbC-_9 b?access_token=xyz&c Bearer qwe\nd") == "a *** b?***&c *** d"
    assert redacted("x" * 500 + TOKEN, TOKEN) == "x" * 200


@given(st.dictionaries(st.text(min_size=1), st.text() | st.integers()))
def test_a_form_holds_what_was_put_into_it(values: dict[str, str | int]) -> None:
    def sound(text: object) -> str:
        return str(text).encode("utf-8", "replace").decode()

    expected = [(sound(name), sound(value)) for name, value in values.items()]
    assert parse_qsl(form(values).decode("ascii"), keep_blank_values=True, encoding="utf-8") == expected
