"""execute: many calls in one request."""

from __future__ import annotations

import json

import pytest

from tests.sandbox.client import Client


def sends(person: int, count: int) -> str:
    call = f'API.messages.send({{"peer_id":{person},"random_id":0,"message":"Привет"}})'
    return f"return [{','.join([call] * count)}];"


async def test_a_refused_call_is_false_and_named_among_the_errors(vk: Client, anna: int) -> None:
    code = (
        f'return [API.messages.send({{"peer_id":{anna},"random_id":1,"message":"Раз"}}),'
        'API.messages.send({"peer_id":102,"random_id":2,"message":"Два"}),'
        f'API.messages.edit({{"peer_id":{anna},"cmid":2,"message":"Три"}})];'
    )
    assert await vk.method("execute", code=code) == {
        "response": [2, False, 1],
        "execute_errors": [
            {
                "method": "messages.send",
                "error_code": 901,
                "error_msg": "Can't send messages for users without permission",
            }
        ],
    }


async def test_twenty_five_calls_pass_and_one_more_is_an_error(vk: Client, anna: int) -> None:
    assert await vk.well("execute", code=sends(anna, 25)) == list(range(2, 27))
    assert await vk.refusal("execute", code=sends(anna, 26)) == (
        13,
        "Runtime error occurred during code invocation: Too many api calls",
    )


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ('var a = API.users.get({"user_ids": [101, 104]}); return a@.id;', [101, 104]),
        ("var a = API.users.get({user_ids: '101'}); return {name: a[0].first_name};", {"name": "Марина"}),
        ("return 2 + 3 * 4 == 14 && !false;", True),
        ("var a = []; var i = 0; while (i < 3) { a.push(i * 2); i = i + 1; } return a;", [0, 2, 4]),
        ("if (1 > 2) return 'да'; else { return 'нет' + 1; }", "нет1"),
        ("return Args.who; // по имени", "Анна"),
        ("return {\"a\": [1, null, true], 'b': -2};", {"a": [1, None, True], "b": -2}),
        ("var x = {}; return x.y.z;", None),
        ("API.users.get({});", None),
    ],
)
async def test_vkscript_computes(vk: Client, code: str, value: object) -> None:
    assert await vk.well("execute", code=code, who="Анна") == value


@pytest.mark.parametrize(
    "code", ["return [1, 2;", "return API.messages.send({);", "var = 5;", "a.b = 1;", "return 'x", "return {a};"]
)
async def test_a_mistake_anywhere_compiles_nothing_and_sends_nothing(vk: Client, anna: int, code: str) -> None:
    first = f"API.messages.send({json.dumps({'peer_id': anna, 'random_id': 0, 'message': 'Рано'})});"
    found = await vk.refusal("execute", code=first + code)
    assert found[0] == 12
    assert found[1].startswith("Unable to compile code: syntax error at line 1")
    assert len((await vk.dialog(anna))["messages"]) == 1


async def test_an_endless_loop_ends_as_a_runtime_error(vk: Client) -> None:
    assert (await vk.refusal("execute", code="while (true) { 1; }"))[0] == 13


async def test_a_nested_object_must_be_a_json_text(vk: Client, anna: int) -> None:
    call = json.dumps({"peer_id": anna, "random_id": 0, "message": "Да", "keyboard": {"buttons": []}})
    body = await vk.method("execute", code=f"return API.messages.send({call});")
    assert body["response"] is False
    assert body["execute_errors"][0]["error_code"] == 100


async def test_execute_counts_as_one_request_and_its_calls_are_remembered(vk: Client, anna: int) -> None:
    await vk.settings(requests_per_second=20)
    for _ in range(3):
        await vk.well("execute", code=sends(anna, 10))
    last = (await vk.look("requests"))["requests"][-1]
    assert (last["method"], last["calls"], last["answer_code"]) == ("execute", ["messages.send"] * 10, 0)
