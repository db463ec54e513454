"""What an administrator of the community could set, and the switches of the sandbox itself."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from bot.sandbox.wire import Wire

_COMMENTS = ("new", "edit", "restore", "delete")
EVENT_TYPES: tuple[str, ...] = (
    "message_new", "message_reply", "message_edit", "message_allow", "message_deny", "message_read",
    "message_typing_state", "message_event", "message_reaction_event", "photo_new", "audio_new", "video_new",
    *(f"{of}_{what}" for of in ("photo_comment", "video_comment", "wall_reply", "board_post", "market_comment")
      for what in _COMMENTS),
    "wall_post_new", "wall_repost", "wall_schedule_post_new", "wall_schedule_post_delete", "like_add", "like_remove",
    "market_order_new", "market_order_edit", "lead_forms_new", "group_join", "group_leave", "user_block",
    "user_unblock", "poll_vote_new", "group_officers_edit", "group_change_settings", "group_change_photo",
    "donut_subscription_create", "donut_subscription_prolonged", "donut_subscription_expired",
    "donut_subscription_cancelled", "donut_subscription_price_changed", "donut_money_withdraw",
    "donut_money_withdraw_error",
)  # fmt: skip
LONG_POLL_LACKS = frozenset({"wall_schedule_post_new", "wall_schedule_post_delete", "market_order_new",
                             "market_order_edit", "lead_forms_new"})  # fmt: skip
"""Types that `groups.setLongPollSettings` does not know (VK's schema 5.199)."""
SWITCHED_ON = frozenset({"message_new", "message_event", "message_allow", "message_deny"})
RIGHTS: dict[str, int] = {
    "stories": 1, "photos": 4, "app_widget": 64, "messages": 4096, "wall": 8192, "docs": 131072,
    "manage": 262144, "market": 134217728,
}  # fmt: skip
"""Names of a community token's rights and their bits."""


def no_events() -> dict[str, int]:
    return dict.fromkeys(EVENT_TYPES, 0)


def _usual_events() -> dict[str, int]:
    return {name: int(name in SWITCHED_ON) for name in EVENT_TYPES if name not in LONG_POLL_LACKS}


@dataclass(slots=True)
class Settings:
    """Everything that `/control/settings` reads and writes, under the same names (without `callback`)."""

    token: str = "sandbox"  # noqa: S105 - a sandbox's token opens nothing
    permissions: list[str] = field(default_factory=lambda: [name for name in RIGHTS if name != "app_widget"])
    requests_per_second: int = 20  # 0 = no limit
    random_id_dedupe: bool = True
    send_limit_chars: int = 4096
    messages_enabled: bool = True
    bot_features_enabled: bool = True
    longpoll_enabled: bool = True
    longpoll_api_version: str = "5.199"
    longpoll_events: dict[str, int] = field(default_factory=_usual_events)
    longpoll_key_lifetime: float | None = None  # seconds of the sandbox's clock
    longpoll_history: int = 20_000  # events that a late poller may still fetch
    longpoll_server_per_minute: int = 60  # more calls of groups.getLongPollServer: error 29; 0 = no limit
    event_answer_once: bool = True  # a second answer to a callback button is error 100
    edit_window_s: float = 86_400
    decode_entities: bool = False  # `&#128522;` in an outgoing text becomes its character
    parse_mentions: bool = False  # `@id1 (Имя)` in an outgoing text becomes `[id1|Имя]`
    escape_incoming: bool = False  # `" & < >` of a person's text arrive as entities

    def as_json(self) -> Wire:
        return {item.name: getattr(self, item.name) for item in fields(self)}

    def change(self, given: Wire) -> None:
        """Take over what `given` names. Raises ValueError naming an unknown or badly typed setting."""
        for name, value in given.items():
            self._change_one(name, value)

    def _change_one(self, name: str, value: object) -> None:
        if name not in {item.name for item in fields(self)}:
            raise ValueError(f"no setting {name}")
        old = getattr(self, name)
        if name == "longpoll_events":
            self._switch_events(value)
        elif name == "longpoll_key_lifetime":
            self.longpoll_key_lifetime = None if value is None else _number(name, value)
        elif isinstance(old, bool):
            setattr(self, name, bool(value))
        elif isinstance(old, int | float):
            setattr(self, name, type(old)(_number(name, value)))
        elif isinstance(old, list):
            self.permissions = _rights(value)
        else:
            setattr(self, name, str(value))

    def _switch_events(self, value: object) -> None:
        if not isinstance(value, dict):
            raise ValueError("longpoll_events must be an object")  # noqa: TRY004 - the caller names its mistake
        for name, on in value.items():
            if name not in self.longpoll_events:
                raise ValueError(f"no event type {name}")
            self.longpoll_events[name] = int(bool(on))


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} must be a number")  # noqa: TRY004
    return value


def _rights(value: object) -> list[str]:
    if not isinstance(value, list) or not set(value) <= RIGHTS.keys():
        raise ValueError(f"permissions must be a list of {', '.join(RIGHTS)}")
    return list(value)
