"""What the pages for administrators name exists: commands with their options, settings, buttons, files, sections."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from bot.cli import app
from bot.settings import Settings
from handlers.book import texts

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("runbook.md", "administrator.md")
COMMAND = re.compile(r"python -m bot ((?:[\w./…-]+ ?)+)")
SETTING = re.compile(r"`([A-Z][A-Z_]{3,})(?:=|`)")
SECTION = re.compile(r"\]\((?:([\w-]+\.md))?#([\w-]+)\)")
UNITS = ("kreitv-bot.service", "kreitv-bot-backup.service", "kreitv-bot-backup.timer")


def _check(words: list[str]) -> None:
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands") and words:
        assert words[0] in command.commands, words
        command, words = command.commands[words[0]], words[1:]
    known = {option for parameter in command.params for option in parameter.opts}
    assert [word for word in words if word.startswith("--") and word not in known] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_is_there_with_its_options(page: str) -> None:
    found = [match.group(1).split() for match in COMMAND.finditer((DOCS / page).read_text(encoding="utf-8"))]
    assert len(found) > 5
    for words in found:
        _check(words)


def test_the_units_run_commands_that_are_there_and_load_what_the_page_says() -> None:
    for unit in UNITS:
        for line in (DOCS / "systemd" / unit).read_text(encoding="utf-8").splitlines():
            if match := COMMAND.search(line):
                _check(match.group(1).split())
    service = (DOCS / "systemd" / "kreitv-bot.service").read_text(encoding="utf-8")
    assert "EnvironmentFile=/etc/kreitv-bot.env" in service
    assert "RestartPreventExitStatus=75 78" in service
    by_hand = (DOCS / "systemd" / "kreitv-bot.sh").read_text(encoding="utf-8")
    for said in ("EnvironmentFile=/etc/kreitv-bot.env", "DATABASE_PATH=/var/lib/kreitv-bot/bot.db", "UMask=0077"):
        assert said in by_hand
        assert said in service


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_of_the_page_is_one(page: str) -> None:
    known = {name.upper() for name in Settings.model_fields}
    named = set(SETTING.findall((DOCS / page).read_text(encoding="utf-8")))
    assert {name for name in named if name not in known and not name.startswith("CALLBACK_")} <= {"CRITICAL", "INFO"}
    assert named & known


def test_every_button_that_the_runbook_names_is_one() -> None:
    labels = {text for key, text in texts().templates.items() if key.startswith("button.")}
    said = (DOCS / "runbook.md").read_text(encoding="utf-8").replace("\n   ", " ").replace("\n", " ")
    for label in (
        "Остановить", "Остановить совсем", "Отозвать", "Отозвать у всех", "Проверено, продолжить рассылки",
        "Отправлено после копии", "Кабинет организатора", "Написать участникам", "Продлить приём",
    ):  # fmt: skip
        assert label in labels
        assert f"«{label}»" in said


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_section_leads_to_one(page: str) -> None:
    for name, anchor in SECTION.findall((DOCS / page).read_text(encoding="utf-8")):
        lines = (DOCS / (name or page)).read_text(encoding="utf-8").splitlines()
        assert anchor in {_anchor(line.lstrip("#").strip()) for line in lines if line.startswith("#")}, (name, anchor)


def _anchor(title: str) -> str:
    """As the hosts of repositories make it of a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
