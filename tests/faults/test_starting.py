"""What the bot refuses to start with, how it says so, and what it leaves alone."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from bot.settings import EXIT_CONFIG, EXIT_IN_USE, EXPECTED, SettingsError, read_settings
from tests.faults import invariants
from tests.faults.child import Child, run_bot_with
from tests.faults.machine import two_start_at_once
from tests.faults.program import program
from tests.faults.stage import Stage, environment_of, staged

#: A second process must be gone so soon after its start.
REFUSED_WITHIN_S = 2.0
SECRET = "vk1.a.тайна"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as found:
        yield found


async def refused(environment: Mapping[str, str], folder: Path) -> tuple[int, list[str]]:
    """Exit code and lines of a start that must fail."""
    child = Child(run_bot_with, dict(environment), folder, output=folder / "refused.log")
    code = await child.ended
    return code, child.said().splitlines()


WRONG: dict[str, tuple[str, ...]] = {
    "VK_TOKEN": ("", " ", SECRET),
    "VK_API_URL": ("api.vk.ru", "ftp://api.vk.ru/method/", "https://", "https://vk:порт/"),
    "VK_REQUESTS_PER_SECOND": ("много", "21", "-1", "nan"),
    "DATABASE_PATH": ("", "."),
    "ADMIN_IDS": ("я", "101;102"),
    "TIMEZONE": ("", "Томск", "../../etc/passwd"),
    "OPERATOR_NAME": ("", " "),
    "OPERATOR_CONTACT": ("",),
    "OPERATOR_POLICY_URL": ("", "policy.example", "javascript:alert(1)"),
    "TRANSPORT": ("голубь",),
    "LOG_LEVEL": ("громко",),
    "CALLBACK_PORT": ("65536",),
    "CALLBACK_PATH": ("/путь",),
    "CALLBACK_CONFIRMATION": ("с пробелом",),
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in WRONG.items() for value in values])
async def test_f49_a_wrong_setting_is_one_line_with_its_key_before_anything_is_touched(
    stage: Stage, key: str, value: str
) -> None:
    environment = {**environment_of(stage.url, stage.database), key: value}
    code, lines = await refused(environment, stage.folder)
    assert code == EXIT_CONFIG
    [line] = lines
    assert line.startswith(f"{key}: ")
    assert "Ожидается: " in line
    assert not value.strip() or value in EXPECTED[key.lower()] or value not in line
    assert not stage.database.exists()
    assert stage.world.requests.count == 0


async def test_f49_all_that_is_missing_is_named_at_once_a_line_each(stage: Stage) -> None:
    code, lines = await refused({"LOG_LEVEL": "громко"}, stage.folder)
    assert code == EXIT_CONFIG
    assert [line.partition(":")[0] for line in lines] == [
        "VK_TOKEN", "OPERATOR_NAME", "OPERATOR_CONTACT", "OPERATOR_POLICY_URL", "LOG_LEVEL"
    ]  # fmt: skip
    assert ["не задано" in line for line in lines] == [True, True, True, True, False]


@pytest.mark.parametrize(("secret", "said"), [("", "не задано"), ("s3cret", "не подходит"), ("я" * 40, "не подходит")])
def test_f49_callback_without_a_secret_that_is_long_enough_does_not_start(secret: str, said: str) -> None:
    given = {"vk_token": "t", "operator_name": "Г", "operator_contact": "к", "operator_policy_url": "https://p.example"}
    with pytest.raises(SettingsError) as refusal:
        read_settings(_env_file=None, **given, transport="callback", callback_secret=secret)
    [line] = refusal.value.lines
    assert line.startswith(f"CALLBACK_SECRET: {said}. Ожидается: секретный ключ")
    assert read_settings(_env_file=None, **given, transport="callback", callback_secret="a" * 32)
    assert read_settings(_env_file=None, **given)


async def test_f49_settings_that_are_no_utf8_are_named(stage: Stage) -> None:
    (stage.folder / ".env").write_bytes("OPERATOR_NAME=Гимназия".encode("cp1251"))
    code, lines = await refused({}, stage.folder)
    assert code == EXIT_CONFIG
    assert lines == [".env: не читается. Ожидается: текст в кодировке UTF-8"]


async def test_f49_a_token_that_vk_refuses_is_one_line_that_does_not_show_it(stage: Stage) -> None:
    environment = {**environment_of(stage.url, stage.database), "VK_TOKEN": "vk1.a.withdrawn"}
    code, lines = await refused(environment, stage.folder)
    assert code == EXIT_CONFIG
    assert [line.partition(":")[0] for line in lines if not line[:1].isdecimal()] == ["VK_TOKEN"]
    assert "withdrawn" not in "\n".join(lines)


async def test_f49_the_mended_settings_start(stage: Stage) -> None:
    code, _ = await refused({}, stage.folder)
    assert code == EXIT_CONFIG
    stage.start()
    await stage.ready()
    assert await stage.stop() == 0


DAMAGES = {
    "cut to nothing": b"",
    "rubbish": b"\xa5" * 8192,
    "a header and rubbish": b"SQLite format 3\0" + b"\xa5" * 8192,
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_f28_a_file_that_is_no_database_is_refused_and_left_as_it_is(stage: Stage, damage: str) -> None:
    stage.database.write_bytes(DAMAGES[damage])
    await _refuses_damaged(stage, DAMAGES[damage])


async def test_f28_a_damaged_page_is_found_though_a_killed_bot_left_its_journal(stage: Stage) -> None:
    anna = stage.person("Анна", "Смирнова")
    stage.start()
    await stage.ready()
    stage.starts(anna)
    await stage.until(lambda: len(stage.seen(anna)) == 2)
    stage.child.kill()
    assert await stage.child.ended == -9
    assert stage.database.with_name("bot.db-wal").exists()
    whole = stage.database.read_bytes()
    damaged = whole[:8192] + b"\xa5" * 4096 * 8 + whole[8192 + 4096 * 8 :]
    stage.database.write_bytes(damaged)
    await _refuses_damaged(stage, damaged)

    stage.database.write_bytes(whole)
    stage.start()
    stage.write(anna, "меню")
    await stage.until(lambda: len(stage.seen(anna)) == 3)


async def _refuses_damaged(stage: Stage, damaged: bytes) -> None:
    asked = stage.world.requests.count
    code, lines = await refused(environment_of(stage.url, stage.database), stage.folder)
    assert code == EXIT_CONFIG
    [line] = lines
    assert str(stage.database) in line
    assert "Восстановите последнюю копию" in line
    assert stage.database.read_bytes() == damaged
    assert stage.world.requests.count == asked


async def test_a_database_of_a_newer_version_is_refused(stage: Stage) -> None:
    stage.start()
    await stage.ready()
    assert await stage.stop() == 0
    with contextlib.closing(sqlite3.connect(stage.database)) as database:
        database.execute("pragma user_version = 99")
    code, [line] = await refused(environment_of(stage.url, stage.database), stage.folder)
    assert code == EXIT_CONFIG
    assert "обновите бота" in line


async def test_f31_a_second_process_is_refused_at_once_and_nothing_is_doubled(stage: Stage) -> None:
    anna = stage.person("Анна", "Смирнова")
    stage.start()
    await stage.ready()
    stage.starts(anna)
    loop = asyncio.get_running_loop()
    for number in range(5):
        began_at = loop.time()
        code, [line] = await refused(environment_of(stage.url, stage.database), stage.folder)
        assert code == EXIT_IN_USE
        assert loop.time() - began_at < REFUSED_WITHIN_S
        assert "другой процесс" in line
        (stage.folder / "refused.log").unlink()
        stage.write(anna, "меню")
        await stage.until(lambda wanted=number + 3: len(stage.seen(anna)) == wanted)  # type: ignore[misc]
    assert await stage.stop() == 0
    stage.look()
    invariants.check_finished(stage.database)


async def test_f31_of_two_that_start_at_the_same_moment_one_works_and_one_is_refused(stage: Stage) -> None:
    await two_start_at_once(stage)


async def test_f31_the_program_itself_says_who_is_in_the_way(stage: Stage) -> None:
    stage.start()
    await stage.ready()
    async with program(environment_of(stage.url, stage.database), stage.folder) as second:
        assert await second.ends() == EXIT_IN_USE
    assert len(second.lines) == 1
