"""The tour plays a whole contest; the demo opens on an interesting state and goes on where it was killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.commands.company import company


def test_the_tour_plays_the_contest_at_its_real_size_and_its_balance_closes(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--tour"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    chapters = [line.strip("─ ") for line in lines if line.startswith("── ")]
    assert chapters == [
        "1. Объявление и заявки",
        "2. Организатор проверяет заявки",
        "3. Работы",
        "4. Напоминание тем, кто не сдал",
        "5. Жюри",
        "6. Утро жюри",
        "7. Протокол и итоги",
        "Баланс",
    ]
    table = [line.split() for line in lines[lines.index(next(line for line in lines if "Баланс" in line)) :]]
    assert ["Всего", "результатов", "22"] in table
    assert ["Принято", "заявок", "22", "✓", "баланс", "сходится"] in table
    assert not shown.stderr


def test_the_cast_has_the_real_size_of_2021() -> None:
    people = company("scratch")
    adults = sum(len(one.entries) for one in people.applicants if one.role == "adult")
    pupils = sum(len(one.entries) for one in people.applicants if one.role != "adult")
    assert (pupils, adults) == (17, 5)
