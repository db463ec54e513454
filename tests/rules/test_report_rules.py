"""Counting rules as files: every mistake is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.contest.report.counting import Rules, read_rules, shipped_rules
from bot.contest.report.measures import TOTALS, Measure
from tests.rules.report_year import HOME_PROJECTS, HOME_WEBINAR, entry, facts, report

GOOD = """\
code: mine
title: По-своему
note: Как решил координационный совет.
usual:
  - {total: pupils, of: pupils, once: year}
events:
  - event: У3
    why: Считаем только проекты.
    terms:
      - {total: pupils, of: pupils, part: smart-home-projects}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_rule_of_a_file_is_read(tmp_path: Path) -> None:
    rules = read_rules(written(tmp_path, GOOD))
    assert isinstance(rules, Rules)
    found = report(facts(entry(HOME_PROJECTS), entry(HOME_WEBINAR, teacher=False)), rules)
    totals = [(one.measure, one.value) for one in found.totals if one.measure in TOTALS and one.value]
    assert totals == [(Measure.PUPILS, 1)]


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ("of: pupils, once: year", "of: children, once: year", "строка 5, usual.1.of: нужно: одно из: applications"),
        (
            "total: pupils, of: pupils, once: year",
            "total: members, of: pupils",
            "строка 5, usual.1: такого итога",
        ),
        ("once: year", "onse: year", "строка 5, usual.1.onse: такого ключа нет, возможно, вы имели в виду once"),
        (
            "of: pupils, once: year",
            "of: works, once: year",
            "строка 5, usual.1: once: year и once: event",
        ),
        ("of: pupils, once: year", "of: pupils, size: 7", "строка 5, usual.1: size нужен только при of: team_people"),
        ("title: По-своему\n", "", "строка 1, title: нет обязательного ключа"),
        (
            "  - event: У3",
            "  - event: У3\n    drops: [pupils]",
            "строка 7, events.1: один итог не может",
        ),
        ("code: mine", "code: mine\ncode: yours", "строка 2, code: ключ записан дважды"),
        ("usual:", "usual: [", "не читается как YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, mistake: str) -> None:
    path = written(tmp_path, GOOD.replace(old, new, 1))
    found = read_rules(path)
    assert not isinstance(found, Rules)
    assert any(mistake in str(one) for one in found), [str(one) for one in found]
    assert all(str(one).startswith(f"{path}, строка ") for one in found)
    path.write_text(GOOD, encoding="utf-8")
    assert isinstance(read_rules(path), Rules)


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"x" * 200_000, b""])
def test_a_file_that_is_no_rule_is_refused_and_never_breaks(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(raw)
    assert not isinstance(read_rules(path), Rules)
    assert not isinstance(read_rules(tmp_path / "absent.yaml"), Rules)


def test_the_shipped_rules_name_every_total() -> None:
    for rules in shipped_rules().values():
        assert {term.total for term in rules.usual} == set(TOTALS)


def test_a_rule_about_what_is_not_there_is_pointed_out(tmp_path: Path) -> None:
    text = GOOD.replace("part: smart-home-projects", "part: smart-house").replace("event: У3", "event: У3", 1)
    rules = read_rules(written(tmp_path, f"{text}  - event: У77\n    drops: [pupils]\n"))
    assert isinstance(rules, Rules)
    assert [one.text for one in report(facts(), rules).warnings if one.concern == "rule"] == [
        "В правиле названа часть smart-house, а у события её нет.",
        "Правило «По-своему» говорит о событии У77, а в этом году его нет.",
    ]
