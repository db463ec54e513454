"""`python -m bot`: what an administrator types, and what the terminal answers."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.commands.check import _places

ROOT = Path(__file__).resolve().parents[2]
SCRATCH = ROOT / "bot/data/events/2020-21/scratch.yaml"
WEBINAR = ROOT / "bot/data/events/2020-21/webinar-scratch.yaml"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the settings of a bot in the environment."""
    monkeypatch.chdir(tmp_path)
    values = {
        "VK_TOKEN": "sandbox",
        "OPERATOR_NAME": "МАОУ гимназия № 13 г. Томска",
        "OPERATOR_CONTACT": "data@gymnasium13.example",
        "OPERATOR_POLICY_URL": "https://gymnasium13.example/policy",
        "DATABASE_PATH": str(tmp_path / "bot.db"),
    }
    for key, value in values.items():
        monkeypatch.setenv(key, value)
    return tmp_path


def typed(*words: str) -> Result:
    """The answer to a command."""
    return CliRunner().invoke(app, words)


def test_help_names_every_command_without_importing_vkbottle() -> None:
    shown = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    for command in (
        "run", "demo", "sandbox", "check", "events", "people", "backup", "restore", "report", "retention", "bench"
    ):  # fmt: skip
        assert f" {command} " in shown.stdout
    assert "vkbottle" not in shown.stderr
    assert "aiohttp" not in shown.stderr


def test_right_event_files_are_said_to_be_right() -> None:
    result = typed("events", "check", str(SCRATCH), str(WEBINAR))
    assert result.exit_code == 0
    assert result.stdout == f"{SCRATCH}: верно\n{WEBINAR}: верно\n"


def test_each_mistake_of_an_event_file_is_named_by_file_and_key(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    text = SCRATCH.read_text(encoding="utf-8")
    wrong.write_text(
        text.replace("closes_at: 2021-04-30", "closes_at: скоро").replace("title: Оригинальность, max: 5", "max: пять"),
        encoding="utf-8",
    )
    result = typed("events", "check", str(wrong))
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line for line in lines if "closes_at" in line]
    assert [line for line in lines if "criteria" in line and "max" in line]
    assert all(line.startswith(str(wrong)) for line in lines)

    wrong.write_text(text, encoding="utf-8")
    assert typed("events", "check", str(wrong)).exit_code == 0


def test_files_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    twin = tmp_path / "twin.yaml"
    twin.write_text(SCRATCH.read_text(encoding="utf-8"), encoding="utf-8")
    result = typed("events", "check", str(SCRATCH), str(twin))
    assert result.exit_code == 1
    assert "code" in result.stderr

    assert typed("events", "check", str(SCRATCH), str(WEBINAR)).exit_code == 0


def test_an_event_is_loaded_with_its_dates_moved_and_listed(terminal: Path) -> None:
    assert typed("events", "list").stdout == "Мероприятий нет. Загрузить: python -m bot events load ФАЙЛ…\n"
    loaded = typed("events", "load", str(SCRATCH), "--from", "2026-04-01")
    assert loaded.exit_code == 0, loaded.stderr
    line = "scratch-2026: Создавай со Scratch, приём 01.04.2026–30.04.2026\n"
    assert loaded.stdout.endswith(line)
    assert typed("events", "list").stdout == line


def test_a_wrong_first_day_is_refused_and_nothing_is_loaded(terminal: Path) -> None:
    refused = typed("events", "load", str(SCRATCH), "--from", "апрель")
    assert refused.exit_code == 1
    assert refused.stderr == "--from: ожидается дата вида 2026-04-01 или today\n"
    assert typed("events", "list").stdout.startswith("Мероприятий нет")


def test_roles_are_granted_and_listed(terminal: Path) -> None:
    assert typed("people", "list").stdout.startswith("Ролей нет")
    assert typed("people", "grant", "101", "wizard").exit_code == 1
    missing = typed("people", "grant", "101", "organizer", "--event", "scratch-2026")
    assert missing.exit_code == 1
    assert missing.stderr == "Мероприятия scratch-2026 нет. Список: python -m bot events list\n"

    typed("events", "load", str(SCRATCH), "--from", "2026-04-01")
    assert typed("people", "grant", "101", "organizer", "--event", "scratch-2026").exit_code == 0
    assert typed("people", "grant", "102", "admin").exit_code == 0
    host = ("people", "grant", "103", "host", "--event", "scratch-2026")
    assert "Опорной школе нужны и --event, и --organisation" in typed(*host).output
    assert typed(*host, "--organisation", "nowhere").exit_code == 1
    assert typed(*host, "--organisation", "school-47-tomsk").exit_code == 0
    listed = typed("people", "list").stdout.splitlines()
    assert sorted(listed) == [
        "vk.com/id101: организатор, scratch-2026",
        "vk.com/id102: администратор, все мероприятия",
        "vk.com/id103: опорная школа, scratch-2026, school-47-tomsk",
    ]


def test_a_backup_is_a_whole_database_and_never_overwrites(terminal: Path) -> None:
    typed("events", "load", str(SCRATCH), "--from", "2026-04-01")
    copy = terminal / "copy.db"
    said = typed("backup", str(copy)).stdout
    said_of_it = r"копия записана и проверена, \d\.\d МБ, [\d.]{10} [\d:]{8} \(Asia/Tomsk\)\."
    assert re.fullmatch(said_of_it, said.removeprefix(f"{copy}: ").strip())
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("select code from event").fetchall() == [("scratch-2026",)]
    again = typed("backup", str(copy))
    assert again.exit_code == 1
    assert "уже есть" in again.stderr


def test_copies_in_a_folder_get_names_of_their_own_and_only_the_newest_stay(terminal: Path) -> None:
    typed("events", "load", str(SCRATCH), "--from", "2026-04-01")
    folder = terminal / "copies"
    for wrong in (terminal / "bot.db", terminal / "no" / "copies"):
        refused = typed("backup", str(wrong), "--keep", "2")
        assert (refused.exit_code, "это не папка" in refused.stderr) == (1, True)
    assert typed("backup", str(folder), "--keep", "2").exit_code == 0
    [made] = folder.iterdir()
    if sys.platform != "win32":
        assert [path.stat().st_mode & 0o077 for path in (folder, made, terminal / "bot.db")] == [0, 0, 0]
    made.unlink()
    for name in ("bot-2026-01-01T000000Z.db", "bot-2026-01-02T000000Z.db", "bot-precious.db"):
        (folder / name).write_bytes(b"")
    said = typed("backup", str(folder), "--keep", "2").stdout
    assert "bot-2026-01-01T000000Z.db: старая копия удалена." in said
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 3
    assert {"bot-2026-01-02T000000Z.db", "bot-precious.db"} < set(names)
    refused = typed("backup", str(folder))
    assert (refused.exit_code, "добавьте --keep" in refused.stderr) == (1, True)


def test_a_copy_is_put_back_and_the_former_database_stays_beside(terminal: Path) -> None:
    typed("events", "load", str(SCRATCH), "--from", "2026-04-01")
    copy = terminal / "copy.db"
    typed("backup", str(copy))
    typed("events", "load", str(WEBINAR), "--from", "2026-04-01")
    refused = typed("restore", str(terminal / "nothing.db"))
    assert (refused.exit_code, "такого файла нет" in refused.stderr) == (1, True)
    assert "Прежняя база осталась рядом" in typed("restore", str(copy)).stdout
    assert "scratch-2026" in typed("events", "list").stdout
    assert "webinar" not in typed("events", "list").stdout
    [former] = terminal.rglob("*.before-restore-*Z")
    with closing(sqlite3.connect(former)) as database:
        assert database.execute("select count(*) from event").fetchone() == (2,)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_a_database_that_everybody_may_read_is_told_of(terminal: Path) -> None:
    typed("events", "load", str(SCRATCH), "--from", "2026-04-01")
    place = terminal / "bot.db"
    for mode, said in ((0o644, [True]), (0o640, [])):
        place.chmod(mode)
        assert ["chmod 600" in line for line in _places(place) if "персональные" in line] == said
