"""Every fault of `docs/faults.md` has a test that carries its number, or says why not."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
ROW = re.compile(r"^\| F(\d+)(?:–F(\d+))? \|(.*)$", re.MULTILINE)
NAMED = re.compile(r"def test_((?:f\d+_)+)")
#: The last number; these were never given.
LAST, NEVER_GIVEN = 50, {13, 19, 29, 33, 44}


def test_every_row_has_a_test_of_its_name_or_a_reason_why_not() -> None:
    page = (TESTS.parent / "docs" / "faults.md").read_text(encoding="utf-8")
    rows = {
        number: "has no test: " in text
        for first, last, text in ROW.findall(page)
        for number in range(int(first), int(last or first) + 1)
    }
    assert set(rows) == set(range(1, LAST + 1)) - NEVER_GIVEN
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    tested = {int(one) for text in texts for name in NAMED.findall(text) for one in re.findall(r"\d+", name)}
    assert {number for number, excused in rows.items() if excused} == set(rows) - tested
