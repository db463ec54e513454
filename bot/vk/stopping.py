"""That VK refuses everything, or every announcement, written where other processes see it: `check`, the alarms."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.vk.gate import Stop
from storage.connection import Connection
from storage.outbox import SENDING_STOPPED
from storage.settings import Settings


@dataclass(frozen=True, slots=True)
class Stopped:
    """Since when nothing is sent (`bulk`: no announcement), VK's code, and why in the words of the log."""

    at: datetime
    code: int | None
    why: str
    bulk: bool


#: Why VK takes nothing, by its code, as the one who runs the bot reads it.
_WHY = {
    **dict.fromkeys((5, 27), "ключ доступа не принят, нужен новый"),
    **dict.fromkeys((7, 15), "у ключа доступа нет прав"),
    14: "просит подтвердить, что вы не робот",
    **dict.fromkeys((17, 24), "просит подтвердить вход или действие"),
    912: "возможности ботов выключены в настройках сообщества",
    984: "ограничил сообщество из-за жалоб на спам",
}


def explained(stop: Stopped, zone: ZoneInfo) -> str:
    """What is stopped, since when and why, in a line."""
    what = "Рассылки остановлены, ответы идут" if stop.bulk else "Отправка остановлена"
    why = _WHY.get(stop.code or 0, "отказывает во всём")
    return f"{what}: с {stop.at.astimezone(zone):%d.%m.%Y %H:%M} ВКонтакте {why} (ошибка {stop.code})"


async def stopped(connection: Connection) -> Stopped | None:
    """What is written down; None: all goes, as far as is known."""
    text = await Settings(connection).get(SENDING_STOPPED)
    if not text:
        return None
    facts = json.loads(text)
    return Stopped(datetime.fromisoformat(facts["at"]), facts["code"], facts["why"], facts["bulk"])


class StopNote:
    """Keeps the setting as things stand. What an earlier run wrote stays until something was sent."""

    def __init__(self) -> None:
        self._noted: tuple[Stop | None, bool] | None = None

    async def keep(
        self, connection: Connection, everything: Stop | None, bulk: Stop | None, *, now: datetime, delivered: bool
    ) -> None:
        """Write what is new: `delivered` says that VK has taken something."""
        stop = everything or bulk
        current = (stop, everything is None and bulk is not None)
        if current == self._noted or (stop is None and not delivered):
            return
        text = ""
        if stop is not None:
            facts = {"at": now.isoformat(), "code": stop.code, "why": stop.why, "bulk": current[1]}
            text = json.dumps(facts, ensure_ascii=False)
        await Settings(connection).set(SENDING_STOPPED, text)
        self._noted = current

    def lost(self) -> None:
        """The transaction that wrote it came to nothing."""
        self._noted = None
