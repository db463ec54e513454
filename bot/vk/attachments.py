"""What people attach, read tolerantly: fields of odd types count as absent, unknown kinds keep their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.talk.incoming import Attachment
from bot.vk.arrivals import whole

MOST = 20
KIND_CHARS, TITLE_CHARS, URL_CHARS = 40, 300, 2048
Facts = Mapping[str, Any]


def read_attachments(message: Facts) -> tuple[Attachment, ...]:
    """Everything attached to a message; a place (`geo`) stands beside the list in VK's form."""
    given = message.get("attachments")
    found = [_read(item) for item in given[:MOST]] if isinstance(given, list) else []
    if isinstance(message.get("geo"), Mapping):
        found.append(Attachment("geo"))
    return tuple(item for item in found if item is not None)


def _read(item: object) -> Attachment | None:
    kind = item.get("type") if isinstance(item, Mapping) else None
    if not isinstance(item, Mapping) or not isinstance(kind, str) or not kind:
        return None
    facts = item.get(kind)
    kind = kind[:KIND_CHARS]
    if not isinstance(facts, Mapping):
        return Attachment(kind)
    return _READERS.get(kind, _named)(kind, facts)


def _named(kind: str, facts: Facts) -> Attachment:
    """Most kinds: resent by owner, number and key, where they can be resent at all."""
    name = _name(kind, facts) if kind in _RESENDABLE else ""
    return Attachment(kind, name, _text(facts, "url", URL_CHARS), _text(facts, "title", TITLE_CHARS))


def _photo(kind: str, facts: Facts) -> Attachment:
    sizes = [size for size in _list(facts, "sizes") if isinstance(size, Mapping)]
    original = facts.get("orig_photo")
    if isinstance(original, Mapping):
        sizes.append(original)
    largest = max(sizes, key=lambda size: _natural(size, "width") * _natural(size, "height"), default={})
    return Attachment(kind, _name(kind, facts), _text(largest, "url", URL_CHARS), _text(facts, "text", TITLE_CHARS))


def _video(kind: str, facts: Facts) -> Attachment:
    """A community is not told where the film itself is, only its page."""
    name = _name(kind, facts)
    page = f"https://vk.com/video{facts['owner_id']}_{facts['id']}" if name else ""
    return Attachment(kind, name, page, _text(facts, "title", TITLE_CHARS))


def _doc(kind: str, facts: Facts) -> Attachment:
    return Attachment(
        kind,
        _name(kind, facts),
        _text(facts, "url", URL_CHARS),
        _text(facts, "title", TITLE_CHARS),
        _text(facts, "ext", KIND_CHARS).lower().lstrip("."),
        _natural(facts, "size"),
    )


def _wall(kind: str, facts: Facts) -> Attachment:
    """In messages a post's owner is `to_id`."""
    owner, number = whole(facts.get("to_id", facts.get("owner_id"))), whole(facts.get("id"))
    name = f"wall{owner}_{number}" if owner is not None and number is not None else ""
    return Attachment(kind, name, f"https://vk.com/{name}" if name else "", _text(facts, "text", TITLE_CHARS))


def _voice(kind: str, facts: Facts) -> Attachment:
    return Attachment(kind, _name(kind, facts), _text(facts, "link_ogg", URL_CHARS))


#: Graffiti are documents when they are sent; stickers, gifts and links are not sent by name at all.
_RESENDABLE = frozenset({"audio", "poll", "market", "story", "article", "podcast", "video_message"})
_READERS: dict[str, Callable[[str, Facts], Attachment]] = {
    "photo": _photo,
    "video": _video,
    "doc": _doc,
    "wall": _wall,
    "audio_message": _voice,
}


def _name(kind: str, facts: Facts) -> str:
    owner, number, key = whole(facts.get("owner_id")), whole(facts.get("id")), facts.get("access_key")
    if owner is None or number is None:
        return ""
    return f"{kind}{owner}_{number}" + (f"_{key[:KIND_CHARS]}" if isinstance(key, str) and key.isalnum() else "")


def _text(facts: Facts, name: str, most: int) -> str:
    value = facts.get(name)
    return value[:most].replace("\x00", "") if isinstance(value, str) else ""


def _natural(facts: Facts, name: str) -> int:
    return max(0, whole(facts.get(name)) or 0)


def _list(facts: Facts, name: str) -> list[Any]:
    value = facts.get(name)
    return value if isinstance(value, list) else []
