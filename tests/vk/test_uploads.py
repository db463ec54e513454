"""F46: uploads of three steps, each of which may fail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.vk.errors import CallError, VkError
from bot.vk.uploads import BadFileError, Uploads
from tests.sandbox.client import Client
from tests.vk.contract import CheckedApi
from tests.vk.world import Clock, no_jitter

PDF = b"%PDF-1.7 " + b"0" * 500
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6360000002000154a24f5f0000000049454e44ae426082"
)


@pytest.fixture
async def uploads(api: CheckedApi, clock: Clock, vk: Client) -> AsyncIterator[Uploads]:
    await vk.control("people/101/allow")
    found = Uploads(api, jitter=no_jitter, sleep=clock.sleep)
    yield found
    await found.close()


async def test_a_document_can_be_sent_by_what_comes_back(uploads: Uploads, vk: Client) -> None:
    name = await uploads.document(PDF, "Диплом.pdf", peer_id=101)
    assert name.startswith("doc101_")
    await vk.send(101, "Ваш диплом", attachment=name)
    attached = (await vk.dialog(101))["messages"][-1]["attachments"]
    assert attached[0]["doc"]["title"] == "Диплом.pdf"


async def test_a_photo_of_the_community_can_be_sent_to_many(uploads: Uploads, vk: Client) -> None:
    name = await uploads.photo(PNG)
    assert name.startswith("photo-")
    await vk.control("people/102/allow")
    for person in (101, 102):
        await vk.send(person, "Афиша", attachment=name)


STEPS = ["docs.getMessagesUploadServer", "upload", "docs.save"]
FAULTS: list[dict[str, Any]] = [{"http": 502}, {"drop": True}, {"lost_answer": True}, {"body": "<html>"}]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("what", FAULTS, ids=str)
async def test_f46_a_step_that_fails_begins_anew_from_the_first(
    uploads: Uploads, vk: Client, api: CheckedApi, step: str, what: dict[str, Any]
) -> None:
    await vk.control("faults", {"method": step, "times": 2, **what})
    name = await uploads.document(PDF, "Диплом.pdf", peer_id=101)
    await vk.send(101, attachment=name)
    asked = [method for method, _ in api.requests]
    assert asked.count("docs.getMessagesUploadServer") == 3
    assert asked[-1] == "docs.save"


async def test_f46_an_upload_that_never_succeeds_says_so(uploads: Uploads, vk: Client) -> None:
    await vk.control("faults", {"method": "upload", "http": 500, "times": 0})
    with pytest.raises(CallError):
        await uploads.document(PDF, "Диплом.pdf", peer_id=101)


async def test_f46_a_refusal_that_will_not_pass_is_not_repeated(uploads: Uploads, api: CheckedApi) -> None:
    with pytest.raises(VkError, match="901"):
        await uploads.document(PDF, "Диплом.pdf", peer_id=103)
    assert len(api.requests) == 1


@pytest.mark.parametrize("body", ['{"server":1,"photo":"[]","hash":"a"}', '{"server":1,"photo":"","hash":"a"}'])
async def test_f46_a_picture_that_vk_does_not_take_is_a_clear_error(uploads: Uploads, vk: Client, body: str) -> None:
    await vk.control("faults", {"method": "upload", "body": body})
    with pytest.raises(BadFileError):
        await uploads.photo(b"not a picture")
    assert (await uploads.photo(PNG)).startswith("photo-")
