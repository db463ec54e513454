"""Attachment objects as VK writes them."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import PurePath

from bot.sandbox.pictures import Picture
from bot.sandbox.wire import Wire, access_key
from bot.sandbox.world import World

_DOC_TYPES = {
    1: ("txt", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "rtf", "odt", "csv"),
    2: ("zip", "rar", "7z", "gz", "tar"),
    3: ("gif",),
    4: ("jpg", "jpeg", "png", "bmp", "webp", "svg"),
    5: ("mp3", "ogg", "wav", "flac", "m4a"),
    6: ("mp4", "avi", "mov", "mkv", "webm"),
    7: ("epub", "fb2", "djvu"),
}
_UNKNOWN_DOC = 8


def photo_object(world: World, data: bytes, picture: Picture, *, owner_id: int) -> Wire:
    """A photo with its bytes kept; every size has the same address, for the sandbox shrinks nothing."""
    url = f"{world.base_url}/files/{world.media.keep_file(data, picture.extension, picture.content_type)}"
    size = {"url": url, "width": picture.width_px, "height": picture.height_px}
    thumb = {"url": url, "width": min(75, picture.width_px), "height": min(75, picture.height_px)}
    return {
        "album_id": -64 if owner_id < 0 else -3,
        "date": int(world.clock.now()),
        "id": world.media.next_id(),
        "owner_id": owner_id,
        "access_key": access_key(),
        "text": "",
        "has_tags": False,
        "sizes": [{"type": "s", **thumb}, {"type": "w", **size}],
        "orig_photo": {"type": "base", **size},
    }


def doc_object(world: World, data: bytes, title: str, *, owner_id: int) -> Wire:
    extension = PurePath(title).suffix.removeprefix(".").lower()
    guessed = mimetypes.guess_type(title)[0] or "application/octet-stream"
    name = world.media.keep_file(data, extension if extension.isalnum() else "", guessed)
    return describe_doc(world, title, len(data), owner_id=owner_id) | {"url": f"{world.base_url}/files/{name}"}


def describe_doc(world: World, title: str, size_bytes: int, *, owner_id: int) -> Wire:
    """A document without bytes behind it."""
    extension = PurePath(title).suffix.removeprefix(".").lower()
    number = world.media.next_id()
    return {
        "id": number,
        "owner_id": owner_id,
        "title": title,
        "size": size_bytes,
        "ext": extension,
        "date": int(world.clock.now()),
        "type": next((kind for kind, names in _DOC_TYPES.items() if extension in names), _UNKNOWN_DOC),
        "url": f"https://vk.ru/doc{owner_id}_{number}?api=1&no_preview=1",
        "access_key": access_key(),
    }


def _owned(world: World, owner_id: int) -> Wire:
    return {"id": world.media.next_id(), "owner_id": owner_id, "access_key": access_key()}


def _photo(world: World, owner_id: int, given: Wire) -> Wire:
    del given
    size = {"url": "https://sun9-1.userapi.com/absent.jpg", "width": 1280, "height": 960}
    more = {"album_id": -3, "date": int(world.clock.now()), "text": "", "has_tags": False}
    return _owned(world, owner_id) | more | {"sizes": [{"type": "w", **size}], "orig_photo": {"type": "base", **size}}


def _doc(world: World, owner_id: int, given: Wire) -> Wire:
    title = str(given.get("title") or f"документ.{given.get('ext', 'pdf')}")
    size = given.get("size")
    return describe_doc(world, title, size if isinstance(size, int) else 14_854, owner_id=owner_id)


def _video(world: World, owner_id: int, given: Wire) -> Wire:
    del given
    return _owned(world, owner_id) | {
        "title": "Наш проект", "description": "", "duration": 60, "date": int(world.clock.now()),
        "image": [{"url": "https://sun9-1.userapi.com/absent.jpg", "width": 320, "height": 180}],
        "width": 1280, "height": 720, "views": 1, "can_add": 1, "type": "video", "track_code": "video_sandbox",
    }  # fmt: skip


def _link(world: World, owner_id: int, given: Wire) -> Wire:
    del world, owner_id
    url = str(given.get("url") or "https://example.org/work")
    return {"url": url, "title": str(given.get("title") or url), "caption": url.split("/")[2] if "//" in url else url,
            "description": "", "is_favorite": False}  # fmt: skip


def _wall(world: World, owner_id: int, given: Wire) -> Wire:
    del given
    return {"id": world.media.next_id(), "from_id": owner_id, "to_id": owner_id, "date": int(world.clock.now()),
            "post_type": "post", "text": "Запись на стене", "attachments": []}  # fmt: skip


def _sticker(world: World, owner_id: int, given: Wire) -> Wire:
    del world, owner_id, given
    return {"inner_type": "base_sticker_new", "product_id": 1, "sticker_id": 9, "images": [],
            "images_with_background": []}  # fmt: skip


def _audio_message(world: World, owner_id: int, given: Wire) -> Wire:
    del given
    return _owned(world, owner_id) | {
        "duration": 3, "link_mp3": "https://psv4.userapi.com/absent.mp3",
        "link_ogg": "https://psv4.userapi.com/absent.ogg", "waveform": [0, 12, 31, 7], "transcript_state": "done",
        "transcript": "голосовое сообщение",
    }  # fmt: skip


def _graffiti(world: World, owner_id: int, given: Wire) -> Wire:
    del given
    return _owned(world, owner_id) | {"url": "https://vk.ru/graffiti.png", "width": 300, "height": 300}


def _poll(world: World, owner_id: int, given: Wire) -> Wire:
    del given
    answers = [{"id": number, "rate": 0.0, "text": text, "votes": 0} for number, text in enumerate(("Да", "Нет"), 1)]
    return {
        "id": world.media.next_id(), "owner_id": owner_id, "question": "Идём?", "votes": 0, "answers": answers,
        "anonymous": False, "multiple": False, "answer_ids": [], "end_date": 0, "closed": False, "is_board": False,
        "can_edit": False, "can_vote": True, "can_report": False, "can_share": True, "embed_hash": "sandbox",
        "created": int(world.clock.now()), "author_id": owner_id, "disable_unvote": False,
    }  # fmt: skip


def _gift(world: World, owner_id: int, given: Wire) -> Wire:
    del owner_id, given
    return {"id": world.media.next_id(), "thumb_48": "https://vk.ru/gift-48.png",
            "thumb_96": "https://vk.ru/gift-96.png", "thumb_256": "https://vk.ru/gift-256.png"}  # fmt: skip


def _story(world: World, owner_id: int, given: Wire) -> Wire:
    del given
    return _owned(world, owner_id) | {"date": int(world.clock.now()), "expires_at": int(world.clock.now()) + 86_400,
                                      "type": "photo", "can_see": 1}  # fmt: skip


def _geo(world: World, owner_id: int, given: Wire) -> Wire:
    del world, owner_id, given
    return {"type": "point", "coordinates": {"latitude": 56.4846, "longitude": 84.9482}}


INVENTED: dict[str, Callable[[World, int, Wire], Wire]] = {
    "photo": _photo, "doc": _doc, "video": _video, "link": _link, "wall": _wall, "sticker": _sticker,
    "audio_message": _audio_message, "graffiti": _graffiti, "poll": _poll, "gift": _gift, "story": _story,
    "geo": _geo,
}  # fmt: skip
"""Makers of invented attachments: (world, owner, what the caller wants) -> the object."""
