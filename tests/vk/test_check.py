"""`check`: what is wrong with the community's settings, and how to mend each."""

from __future__ import annotations

import pytest

from bot.vk.check import Finding, examine, lines
from tests.sandbox.client import Client
from tests.vk.contract import CheckedApi


def wrong(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.ok]


async def the_one_wrong(api: CheckedApi) -> Finding:
    (finding,) = wrong(await examine(api))
    return finding


async def test_a_community_that_is_set_up_is_told_so(api: CheckedApi) -> None:
    findings = await examine(api)
    assert wrong(findings) == []
    assert all(line.startswith("✓") for line in lines(findings))
    assert len(findings) >= 6


async def test_a_wrong_token_is_told_first_and_alone(api: CheckedApi, vk: Client) -> None:
    await vk.settings(token="another")
    (finding,) = await examine(api)
    assert not finding.ok
    assert "Ключи доступа" in finding.mend


@pytest.mark.parametrize(
    ("settings", "title", "mend"),
    [
        ({"permissions": ["messages", "manage", "docs"]}, "фотографии", "Ключи доступа"),
        ({"longpoll_enabled": False}, "Long Poll API выключен", "Long Poll API: включено"),
        ({"longpoll_events": {"message_event": 0}}, "Действие с сообщением", "Типы событий"),
        ({"longpoll_api_version": "5.131"}, "5.131", "Выберите версию 5.199"),
        ({"callback": {"url": "http://127.0.0.1:9/"}}, "Callback API: 1", "Оставьте что-то одно"),
    ],
)
async def test_each_wrong_setting_is_named_with_its_menu_and_mended(
    api: CheckedApi, vk: Client, settings: dict[str, object], title: str, mend: str
) -> None:
    before = await vk.settings()
    await vk.settings(**settings)
    finding = await the_one_wrong(api)
    assert title in finding.title
    assert mend in finding.mend
    shown = lines([finding])
    assert shown[0][0] in "✗!"
    assert shown[1].startswith("    → ")
    await vk.settings(**{name: before[name] for name in settings})
    assert wrong(await examine(api)) == []


async def test_what_the_bot_can_do_without_is_named_all_the_same(api: CheckedApi, vk: Client) -> None:
    for value, title in ((0, "без «Прочтение сообщения» в отчётах"), (1, "События Long Poll включены")):
        await vk.settings(longpoll_events={"message_read": value})
        (found,) = [one for one in await examine(api) if one.title.startswith("События Long Poll")]
        assert found.ok
        assert title in found.title


async def test_a_token_without_the_right_to_manage_cannot_see_the_rest(api: CheckedApi, vk: Client) -> None:
    await vk.settings(permissions=["messages", "photos", "docs"])
    titles = [finding.title for finding in wrong(await examine(api))]
    assert any("управление" in title for title in titles)
    assert any("Long Poll" in title for title in titles)


@pytest.mark.parametrize(
    "body",
    [
        '{"response": {"count": 1, "items": [{"conversation": {"can_write": {"allowed": false, "reason": 915}}}]}}',
        '{"error": {"error_code": 915, "error_msg": "messages are switched off"}}',
    ],
)
async def test_messages_switched_off_are_noticed(api: CheckedApi, vk: Client, body: str) -> None:
    await vk.control("faults", {"method": "messages.getConversations", "body": body})
    finding = await the_one_wrong(api)
    assert "Сообщения сообщества" in finding.title
    assert "Сообщения сообщества: включены" in finding.mend
    assert wrong(await examine(api)) == []


async def test_no_connection_is_told_as_such(api: CheckedApi) -> None:
    api.api_url = "http://127.0.0.1:9/method/"
    (finding,) = await examine(api)
    assert "Нет соединения" in finding.title


async def test_with_callback_its_server_is_looked_at_and_long_poll_is_to_be_off(api: CheckedApi, vk: Client) -> None:
    (missing, both) = wrong(await examine(api, transport="callback"))
    assert "не добавлен" in missing.title
    assert "CALLBACK_SECRET" in missing.mend
    assert "включён Long Poll" in both.title
    assert not both.serious

    await vk.settings(longpoll_enabled=False, callback={"url": "http://127.0.0.1:9/"})
    (unconfirmed,) = wrong(await examine(api, transport="callback"))
    assert "не подтверждён" in unconfirmed.title
    assert "Подтвердить" in unconfirmed.mend
