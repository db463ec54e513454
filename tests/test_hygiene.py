"""What must not be in the tree: places of one machine, secrets, leftovers, notes to self."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BINARY = {".png", ".jpg", ".ico", ".ttf", ".otf", ".woff2", ".pdf", ".xlsx", ".sb3", ".db", ".zip"}
FORBIDDEN = {
    "a registry's address": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.npmjs|--(extra-)?index-url|\bPIP_INDEX_URL\b", re.IGNORECASE
    ),
    "a place of one machine": re.compile(r"(?<![\w.:/}])(/home/|/root/|/Users/|/w[o]rk/|[A-Z]:\\Users\\)\w"),
    "a token": re.compile(r"vk[12]\.a\.[\w-]{30,}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bxox[bp]-\w{10,}"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a note to self": re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b"),
    "a conflict of merging": re.compile(r"^(<{7}|>{7}) ", re.MULTILINE),
    "a line end of another system": re.compile(r"\r\n"),
}
LEFTOVERS = re.compile(
    r"(^|/)(\.env|__pycache__|\.vkbottle|\.hypothesis|\.venv|[^/]*\.(pyc|db|db-wal|db-shm|log|orig|rej|swp))(/|$)"
)


def tracked() -> list[str]:
    """The files that belong to the project, as git knows them."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no checkout: nobody knows which files belong to the project")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    names = (name for name in tracked() if Path(name).suffix not in BINARY)
    return {name: (ROOT / name).read_bytes().decode("utf-8") for name in names}


def test_the_files_are_there() -> None:
    assert {"pyproject.toml", "README.md", ".env.example", "bot/__main__.py"} <= set(tracked())


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_contains(what: str) -> None:
    found = {
        (name, match.group().strip()) for name, text in texts().items() for match in FORBIDDEN[what].finditer(text)
    }
    assert found == set()


def test_nothing_is_left_over() -> None:
    assert [name for name in tracked() if LEFTOVERS.search(name)] == []


def test_every_text_ends_with_a_line_end() -> None:
    assert [name for name, text in texts().items() if text and not text.endswith("\n")] == []
