"""Pictures and documents: three steps there, and back by the address of the file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest

from tests.sandbox.client import Client, Json


def png(width_px: int = 4, height_px: int = 3) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


async def upload(vk: Client, url: str, field: str, data: bytes, name: str) -> Json:
    form = aiohttp.FormData()
    form.add_field(field, data, filename=name)
    async with vk.session.post(url, data=form) as answer:
        assert answer.status == 200
        body: Json = await answer.json(content_type=None)
        return body


async def upload_photo(vk: Client, data: bytes, **server: object) -> tuple[Json, Json]:
    given = await vk.well("photos.getMessagesUploadServer", **server)
    return given, await upload(vk, given["upload_url"], "photo", data, "picture.jpg")


async def upload_doc(vk: Client, person: int, data: bytes, name: str, **more: object) -> Json:
    given = await vk.well("docs.getMessagesUploadServer", peer_id=person, type="doc")
    return await upload(vk, given["upload_url"], "file", data, name)


async def saved_photo(vk: Client, **server: object) -> Json:
    _, body = await upload_photo(vk, png(), **server)
    (photo,) = await vk.well("photos.saveMessagesPhoto", **body)
    found: Json = photo
    return found


def name_of(photo: Json) -> str:
    return f"photo{photo['owner_id']}_{photo['id']}_{photo['access_key']}"


async def test_a_photo_belongs_to_the_peer_or_to_the_community(vk: Client, anna: int) -> None:
    own = await saved_photo(vk, peer_id=anna)
    assert own["owner_id"] == anna
    await vk.send(anna, attachment=name_of(own))
    common = await saved_photo(vk)
    assert common["owner_id"] == -1
    await vk.send(anna, "", attachment=name_of(common))
    shown = (await vk.dialog(anna))["messages"][-1]["attachments"][0]["photo"]
    assert (shown["sizes"][-1]["width"], shown["sizes"][-1]["height"]) == (4, 3)
    async with vk.session.get(shown["sizes"][-1]["url"]) as answer:
        assert await answer.read() == png()


async def test_a_picture_is_found_by_its_id_as_a_carousel_names_it(vk: Client, anna: int) -> None:
    photo = await saved_photo(vk)
    invented = (await vk.control(f"people/{anna}/attachment", {"kind": "photo"}))["photo"]
    for one, status in ((photo, 200), (invented, 404), ({"owner_id": -1, "id": 5}, 404)):
        async with vk.session.get(f"{vk.url}/files/photo{one['owner_id']}_{one['id']}") as answer:
            assert answer.status == status
            assert answer.status == 404 or (await answer.read(), answer.content_type) == (png(), "image/png")


async def test_nothing_that_was_uploaded_runs_scripts_in_the_origin_of_the_page(vk: Client, anna: int) -> None:
    photo = await saved_photo(vk, peer_id=anna)
    for name in ("страница.html", "рисунок.svg", "работа.pdf", "без расширения"):
        saved = await vk.well("docs.save", **await upload_doc(vk, anna, b"<script>alert(1)</script>", name))
        async with vk.session.get(saved["doc"]["url"]) as answer:
            assert (answer.status, harmless(answer.headers)) == (200, True)
    for path in (f"photo{photo['owner_id']}_{photo['id']}", "face-101.svg"):
        async with vk.session.get(f"{vk.url}/files/{path}") as answer:
            assert (answer.status, harmless(answer.headers)) == (200, True)


def harmless(headers: Mapping[str, str]) -> bool:
    return headers["X-Content-Type-Options"] == "nosniff" and headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize("data", [b"no picture", b"", png(13_000, 1_001), png(2_100, 100)])
async def test_a_bad_picture_is_an_empty_list_and_saving_it_fails(vk: Client, data: bytes) -> None:
    _, body = await upload_photo(vk, data)
    assert body["photo"] == "[]"
    assert (await vk.refusal("photos.saveMessagesPhoto", **body))[0] == 100
    assert (await saved_photo(vk))["owner_id"] == -1


async def test_somebody_elses_photo_needs_its_key(vk: Client, anna: int) -> None:
    await vk.writes(102)
    theirs = await saved_photo(vk, peer_id=102)
    bare = f"photo{theirs['owner_id']}_{theirs['id']}"
    assert (await vk.refusal("messages.send", peer_id=anna, random_id=0, attachment=bare))[0] == 100
    await vk.send(anna, "", attachment=name_of(theirs))
    await vk.send(102, "", attachment=bare)


async def test_uploads_for_somebody_who_has_not_agreed_are_refused(vk: Client) -> None:
    for method in ("photos.getMessagesUploadServer", "docs.getMessagesUploadServer"):
        assert (await vk.refusal(method, peer_id=102))[0] == 901


async def test_a_document_needs_a_peer(vk: Client, anna: int) -> None:
    assert await vk.refusal("docs.getMessagesUploadServer", type="doc") == (
        100,
        "One of the parameters specified was missing or invalid: peer_id is required for community messages",
    )
    body = await upload_doc(vk, anna, b"%PDF-1.7", "диплом.pdf")
    saved: dict[str, Any] = await vk.well("docs.save", file=body["file"], title="Диплом.pdf")
    doc = saved["doc"]
    assert (saved["type"], doc["title"], doc["ext"], doc["size"], doc["owner_id"]) == (
        "doc",
        "Диплом.pdf",
        "pdf",
        8,
        anna,
    )
    await vk.send(anna, "", attachment=f"doc{doc['owner_id']}_{doc['id']}_{doc['access_key']}")
    async with vk.session.get(doc["url"]) as answer:
        assert await answer.read() == b"%PDF-1.7"
    assert (await vk.refusal("docs.save", file=body["file"]))[0] == 100


async def test_music_and_empty_files_are_no_documents(vk: Client, anna: int) -> None:
    for data, name in ((b"ID3", "песня.mp3"), (b"", "пусто.txt")):
        assert (await upload_doc(vk, anna, data, name))["error"] == "unknown error"
    assert (await vk.refusal("docs.save", file="чужое"))[0] == 100


async def test_more_than_ten_attachments_are_refused(vk: Client, anna: int) -> None:
    names = ",".join(["video-5_1"] * 11)
    assert (await vk.refusal("messages.send", peer_id=anna, random_id=0, attachment=names))[0] == 100
    await vk.send(anna, "", attachment=",".join(["video-5_1"] * 10))


async def test_a_persons_file_reaches_the_bot_and_can_be_sent_on(vk: Client, anna: int) -> None:
    form = aiohttp.FormData({"kind": "doc"})
    form.add_field("file", b"work", filename="работа.zip")
    async with vk.session.post(f"{vk.url}/control/people/{anna}/files", data=form) as answer:
        attachment = await answer.json()
    await vk.writes(anna, "", attachments=[attachment])
    (update,) = await vk.events()
    doc = update["object"]["message"]["attachments"][0]["doc"]
    assert (doc["title"], doc["ext"], doc["owner_id"]) == ("работа.zip", "zip", anna)
    await vk.writes(106)
    await vk.send(106, "Новая работа", attachment=f"doc{anna}_{doc['id']}_{doc['access_key']}")
