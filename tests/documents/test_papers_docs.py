"""The page for organizers lists the fields as the code has them, and its example is a template that is taken."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bot.documents.papers.designs import BUILT_IN, Design, check_design
from bot.documents.papers.extremes import USUAL, sheet
from bot.documents.papers.fields import FIELDS, REQUIRED, as_json

PAGE = Path(__file__).parents[2] / "docs" / "paper-templates.md"


def table() -> str:
    """The table of fields; to write it anew: `python -m tests.documents.test_papers_docs`."""
    rows = [f"| `{name}` | {what} | {example} |" for name, (what, example) in FIELDS.items()]
    return "\n".join(["", "| поле | что это | пример |", "|---|---|---|", *rows, ""])


def test_every_field_stands_in_the_page() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written.split("<!-- fields -->")[1].split("<!-- /fields -->")[0] == table() + "\n"


def test_a_template_gets_every_field_and_no_other() -> None:
    assert list(json.loads(as_json(sheet(USUAL), BUILT_IN))) == list(FIELDS)
    assert list(FIELDS)[: len(REQUIRED)] == list(REQUIRED)


def test_the_town_is_the_organizers_and_the_year_the_papers_own() -> None:
    assert json.loads(as_json(sheet(USUAL), BUILT_IN))["place"] == "Томск, 2026"
    assert json.loads(as_json(sheet(USUAL), Design(town="Богашево")))["place"] == "Богашево, 2026"


def test_the_example_is_a_template_that_is_taken() -> None:
    found = re.search(r"```typst\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert check_design(Design(source=found[1])) == []


if __name__ == "__main__":
    before, after = PAGE.read_text(encoding="utf-8").split("<!-- fields -->")
    end = after.split("<!-- /fields -->")[1]
    PAGE.write_text(f"{before}<!-- fields -->{table()}\n<!-- /fields -->{end}", encoding="utf-8")
