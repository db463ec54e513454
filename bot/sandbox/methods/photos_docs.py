"""photos.* and docs.*: the first and the third step of an upload."""

from __future__ import annotations

from bot.sandbox.errors import wrong_parameter
from bot.sandbox.methods.peers import check_peer
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.wire import CHATS_FROM, Wire
from bot.sandbox.world import World

_DOC_KINDS = frozenset({"doc", "audio_message", "graffiti"})


@method("photos.getMessagesUploadServer", "peer_id", right="photos")
def photo_server(world: World, params: Params) -> object:
    """Without a peer the photo goes to the community's hidden album and may be sent to anybody."""
    peer_id = params.integer("peer_id") or 0
    if peer_id:
        check_peer(world, peer_id, "photos.getMessagesUploadServer")
    ticket = world.media.open_ticket("photo", peer_id if peer_id < CHATS_FROM else 0)
    url = f"{world.base_url}/upload/photo/{ticket}"
    return {"album_id": -64, "upload_url": url, "user_id": 0, "group_id": world.group.id}


@method("photos.saveMessagesPhoto", "photo server hash", right="photos")
def save_photo(world: World, params: Params) -> object:
    photo, key = params.text("photo"), params.need_text("hash")
    params.need_integer("server")
    kept = world.media.uploaded.get(key)
    if not photo or photo == "[]" or kept is None or kept["type"] != "photo" or key not in photo:
        raise wrong_parameter("photos_list is invalid")
    del world.media.uploaded[key]
    return [_register(world, kept, "photo")]


@method("docs.getMessagesUploadServer", "type peer_id", right="docs")
def doc_server(world: World, params: Params) -> object:
    kind = params.one_of("type", _DOC_KINDS) or "doc"
    peer_id = params.integer("peer_id")
    if peer_id is None:
        raise wrong_parameter("peer_id is required for community messages")
    check_peer(world, peer_id, "docs.getMessagesUploadServer")
    return {"upload_url": f"{world.base_url}/upload/doc/{world.media.open_ticket(kind, peer_id)}"}


@method("docs.save", "file title tags return_tags", right="docs")
def save_doc(world: World, params: Params) -> object:
    key = params.need_text("file")
    kept = world.media.uploaded.pop(key, None)
    if kept is None or "doc" not in kept:
        raise wrong_parameter("file is invalid")
    kind, thing = kept["type"], kept["doc"]
    if title := params.text("title"):
        thing["title"] = title
    if kind == "audio_message":
        thing = {name: thing[name] for name in ("id", "owner_id", "access_key")} | {
            "duration": 3, "link_ogg": thing["url"], "link_mp3": thing["url"], "waveform": [0, 12, 31, 7],
        }  # fmt: skip
    elif kind == "graffiti":
        thing = {name: thing[name] for name in ("id", "owner_id", "access_key", "url")} | {
            "width": 300,
            "height": 300,
        }
    return {"type": kind, kind: _register(world, {"type": kind, kind: thing}, kind)}


def _register(world: World, attachment: Wire, kind: str) -> Wire:
    thing: Wire = world.media.register(attachment)[kind]
    return thing
