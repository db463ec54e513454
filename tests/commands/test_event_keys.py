"""The reference of an event file says every key there is, and what is committed is what the model gives."""

from enum import Enum
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.events_keys import description, enums_of, own_keys, page_of, parts_of, words
from bot.commands.events_words import anchor
from bot.contest.event.base import Part
from bot.contest.event.model import Event

DOCS = Path(__file__).parents[2] / "docs"
WORDS = words()


@pytest.mark.parametrize("part", parts_of(Event), ids=lambda part: part.__name__)
def test_each_key_of_a_part_is_described(part: type[Part]) -> None:
    assert part.__name__ in WORDS.parts
    missing = [key for key in own_keys(part) if not _says(part, key)]
    assert missing == []


def _says(part: type[Part], key: str) -> str:
    try:
        return description(part, key, WORDS)
    except KeyError:
        return ""


@pytest.mark.parametrize(("name", "kind"), enums_of(Event).items(), ids=str)
def test_each_word_that_a_key_takes_is_described(name: str, kind: type[Enum]) -> None:
    assert set(WORDS.values.get(name, {})) == {word.value for word in kind}


def test_nothing_is_described_that_is_not_there() -> None:
    parts = {part.__name__: set(part.model_fields) for part in parts_of(Event)}
    assert set(WORDS.parts) == set(parts)
    for name, said in WORDS.parts.items():
        assert set(said.keys) <= parts[name], name
    assert set(WORDS.values) == set(enums_of(Event))


def test_the_committed_page_is_the_generated_one() -> None:
    committed = (DOCS / "event-keys.md").read_text(encoding="utf-8")
    assert committed == page_of(Event, WORDS), "python -m bot events keys docs/event-keys.md"


def test_the_page_is_printed_or_written(tmp_path: Path) -> None:
    printed = CliRunner().invoke(app, ["events", "keys"])
    assert printed.exit_code == 0
    assert "| `grace_minutes` | целое число от 0 до 120 | `0` |" in printed.output
    path = tmp_path / "keys.md"
    assert CliRunner().invoke(app, ["events", "keys", str(path)]).exit_code == 0
    assert path.read_text(encoding="utf-8") == page_of(Event, WORDS)
    nowhere = CliRunner().invoke(app, ["events", "keys", str(tmp_path / "no" / "keys.md")])
    assert nowhere.exit_code == 1


def test_links_of_the_page_lead_to_its_headings() -> None:
    page = page_of(Event, WORDS)
    headings = {anchor(line.removeprefix("## ")) for line in page.splitlines() if line.startswith("## ")}
    links = {link.partition(")")[0] for link in page.split("](#")[1:]}
    assert links
    assert links <= headings
