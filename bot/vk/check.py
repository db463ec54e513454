"""Is the community set up so that the bot works, and how to mend what is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.vk.arrivals import whole
from bot.vk.errors import CallError, Unreachable, VkError
from bot.vk.parcels import Api

VERSION = "5.199"
RIGHTS = {
    "messages": "сообщения сообщества",
    "photos": "фотографии",
    "docs": "файлы",
    "manage": "управление сообществом",
}
EVENTS = {
    "message_new": "Входящее сообщение",
    "message_event": "Действие с сообщением",
    "message_allow": "Разрешение на получение",
    "message_deny": "Запрет на получение",
}
#: Without these the bot works, and knows less.
OPTIONAL_EVENTS = {"message_read": "Прочтение сообщения"}
_API = "«Управление → Дополнительно → Работа с API»"
_TOKEN = f"Создайте ключ в разделе {_API}, вкладка «Ключи доступа», и впишите его в VK_TOKEN"
_LONG_POLL = f"{_API}, вкладка «Long Poll API»"
_CALLBACK = f"{_API}, вкладка «Callback API»"
_ONE_OF_THEM = "Вместе они дают события дважды или ни разу."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `mend` says what to do where it is not right. `serious`: the bot can't work."""

    ok: bool
    title: str
    mend: str = ""
    serious: bool = True


async def examine(api: Api, *, transport: str = "longpoll") -> list[Finding]:
    """Ask VK about token, rights, Long Poll, events and message settings. Never raises for what VK answers."""
    try:
        group = await _group(api)
    except CallError as error:
        return [_no_token(error)]
    if group is None:
        return [Finding(False, "Ключ доступа не принадлежит сообществу", f"{_TOKEN}: нужен ключ сообщества.")]
    name, group_id = str(group.get("name", "")), whole(group.get("id")) or 0
    findings = [Finding(True, f"Ключ доступа принят: сообщество «{name}», номер {group_id}")]
    findings += await _rights(api)
    if transport == "longpoll":
        findings += await _long_poll(api, group_id)
        findings += await _no_callback(api, group_id)
    else:
        findings += await _callback(api, group_id)
        findings += await _no_long_poll(api, group_id)
    return findings + await _messages(api)


def lines(findings: Iterable[Finding]) -> list[str]:
    """The findings as they are printed: what is not right comes with how to mend it."""
    shown: list[str] = []
    for finding in findings:
        mark = "✓" if finding.ok else "✗" if finding.serious else "!"
        shown.append(f"{mark} {finding.title}")
        if finding.mend and not finding.ok:
            shown.append(f"    → {finding.mend}")
    return shown


async def _group(api: Api) -> Mapping[str, Any] | None:
    response = (await api.request("groups.getById", {})).get("response")
    groups = response.get("groups") if isinstance(response, Mapping) else response
    first = groups[0] if isinstance(groups, list) and groups else None
    return first if isinstance(first, Mapping) else None


def _no_token(error: CallError) -> Finding:
    if isinstance(error, VkError):
        return Finding(False, f"VK не принимает ключ доступа ({error.code}: {error.message})", f"{_TOKEN}.")
    what = "Нет соединения с VK" if isinstance(error, Unreachable) else "VK не отвечает как следует"
    return Finding(False, f"{what} ({error})", "Проверьте интернет и VK_API_URL, повторите через несколько минут.")


async def _rights(api: Api) -> list[Finding]:
    try:
        response = (await api.request("groups.getTokenPermissions", {})).get("response")
    except CallError as error:
        return [Finding(False, f"Права ключа узнать не удалось ({error})", f"{_TOKEN} со всеми правами.")]
    given = response.get("permissions") if isinstance(response, Mapping) else None
    names = {item.get("name") for item in given if isinstance(item, Mapping)} if isinstance(given, list) else set()
    missing = [f"«{title}»" for name, title in RIGHTS.items() if name not in names]
    if not missing:
        return [Finding(True, "Права ключа: сообщения, фотографии, файлы, управление")]
    mend = f"Создайте новый ключ с этими правами: {_API}, вкладка «Ключи доступа»; впишите его в VK_TOKEN."
    return [Finding(False, f"У ключа нет прав: {', '.join(missing)}", mend)]


async def _long_poll(api: Api, group_id: int) -> list[Finding]:
    try:
        settings = await _response(api, "groups.getLongPollSettings", group_id=group_id)
    except CallError as error:
        mend = f"Проверьте раздел {_LONG_POLL}; ключу нужно право «управление сообществом»."
        return [Finding(False, f"Настройки Long Poll узнать не удалось ({error})", mend)]
    if not settings.get("is_enabled"):
        mend = f"Включите: {_LONG_POLL}, «Long Poll API: включено», версия {VERSION}."
        return [Finding(False, "Long Poll API выключен", mend)]
    version = settings.get("api_version")
    return [Finding(True, "Long Poll API включён"), _version(version), _events(settings, "Long Poll", _LONG_POLL)]


async def _no_long_poll(api: Api, group_id: int) -> list[Finding]:
    try:
        settings = await _response(api, "groups.getLongPollSettings", group_id=group_id)
    except CallError:
        return []
    if not settings.get("is_enabled"):
        return [Finding(True, "Long Poll API выключен, как и нужно рядом с Callback API")]
    mend = f"Выключите: {_LONG_POLL}, «Long Poll API: выключено». {_ONE_OF_THEM}"
    return [Finding(False, "Кроме Callback API включён Long Poll API", mend, serious=False)]


async def _response(api: Api, method: str, **params: Any) -> Mapping[str, Any]:
    """What VK answers, as an object. Raises CallError."""
    response = (await api.request(method, params)).get("response")
    return response if isinstance(response, Mapping) else {}


def _version(version: object) -> Finding:
    if version == VERSION:
        return Finding(True, f"Версия Long Poll API: {VERSION}")
    return Finding(False, f"Версия Long Poll API: {version}", f"Выберите версию {VERSION}: {_LONG_POLL}.")


def _events(settings: Mapping[str, Any], api_title: str, where: str) -> Finding:
    given = settings.get("events")
    events = given if isinstance(given, Mapping) else {}
    off = [f"«{title}»" for name, title in EVENTS.items() if not events.get(name)]
    if not off:
        missing = [f"«{title}»" for name, title in OPTIONAL_EVENTS.items() if not events.get(name)]
        without = f"; без {', '.join(missing)} в отчётах не будет, сколько прочли" if missing else ""
        return Finding(True, f"События {api_title} включены{without}")
    mend = f"Отметьте их: {where} → «Типы событий» → «Сообщения»."
    return Finding(False, f"Выключены события: {', '.join(off)}", mend)


async def _servers(api: Api, group_id: int) -> list[Mapping[str, Any]]:
    """The community's Callback servers. Raises CallError."""
    items = (await _response(api, "groups.getCallbackServers", group_id=group_id)).get("items")
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []


async def _no_callback(api: Api, group_id: int) -> list[Finding]:
    try:
        servers = await _servers(api, group_id)
    except CallError:
        return []
    if not servers:
        return []
    mend = f"Оставьте что-то одно: удалите серверы ({_CALLBACK}) или укажите TRANSPORT=callback. {_ONE_OF_THEM}"
    return [Finding(False, f"Кроме Long Poll настроены серверы Callback API: {len(servers)}", mend, serious=False)]


async def _callback(api: Api, group_id: int) -> list[Finding]:
    try:
        servers = await _servers(api, group_id)
    except CallError as error:
        mend = f"Проверьте раздел {_CALLBACK}; ключу нужно право «управление сообществом»."
        return [Finding(False, f"Серверы Callback API узнать не удалось ({error})", mend)]
    if not servers:
        mend = (
            f"Добавьте сервер: {_CALLBACK}; адрес — ваш домен с путём CALLBACK_PATH, секретный ключ — CALLBACK_SECRET."
        )
        return [Finding(False, "Сервер Callback API не добавлен", mend)]
    found = [await _server(api, group_id, server) for server in servers]
    return [finding for findings in found for finding in findings]


async def _server(api: Api, group_id: int, server: Mapping[str, Any]) -> list[Finding]:
    title = f"Сервер Callback API «{server.get('title', '')}»"
    if server.get("status") != "ok":
        mend = f"Запустите бота, проверьте CALLBACK_CONFIRMATION и нажмите «Подтвердить»: {_CALLBACK}."
        return [Finding(False, f"{title} не подтверждён", mend)]
    try:
        settings = await _response(
            api, "groups.getCallbackSettings", group_id=group_id, server_id=whole(server.get("id")) or 0
        )
    except CallError as error:
        return [Finding(False, f"{title}: события узнать не удалось ({error})", f"Проверьте раздел {_CALLBACK}.")]
    return [Finding(True, f"{title} подтверждён"), _events(settings, "Callback API", _CALLBACK)]


async def _messages(api: Api) -> list[Finding]:
    """Community messages switched off show in the refusal of dialogs, or in their `can_write`, reason 915."""
    try:
        answer = await api.request("messages.getConversations", {"count": 1})
    except CallError as error:
        return [Finding(False, f"Сообщения сообщества недоступны ({error})", _SWITCH_MESSAGES_ON)]
    if _MESSAGES_OFF in _reasons(answer):
        return [Finding(False, "Сообщения сообщества выключены", _SWITCH_MESSAGES_ON)]
    hint = "Если кнопки не показываются: «Управление → Сообщения → Настройки для бота → Возможности ботов: включены»."
    return [Finding(True, f"Сообщения сообщества доступны. {hint}")]


_MESSAGES_OFF = 915
_SWITCH_MESSAGES_ON = "Включите: «Управление → Сообщения → Сообщения сообщества: включены»."


def _reasons(answer: Mapping[str, Any]) -> set[object]:
    """Why dialogs can't be written to."""
    response = answer.get("response")
    items = response.get("items") if isinstance(response, Mapping) else None
    dialogs = [item.get("conversation") for item in items if isinstance(item, Mapping)] if items else []
    allowed = [dialog.get("can_write") for dialog in dialogs if isinstance(dialog, Mapping)]
    return {one.get("reason") for one in allowed if isinstance(one, Mapping)}
