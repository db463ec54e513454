"""The keys of refusals are listed where the texts' author looks for them: at the top of each module."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from types import ModuleType

import pytest

RULES = ("text", "names", "grades", "contacts", "dates", "consents", "applications", "work_links", "works",
         "work_pieces", "scoring",
         "quotas", "stages", "attempts", "trials", "protocols", "seats", "attendance")  # fmt: skip


def keys_in_code(module: ModuleType) -> set[str]:
    assert module.__file__ is not None
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Refusal"
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


@pytest.mark.parametrize("name", RULES)
def test_every_key_of_a_rule_is_named_in_its_docstring(name: str) -> None:
    module = importlib.import_module(f"bot.contest.{name}")
    listed = (module.__doc__ or "").partition("Refusal keys:")[2]
    assert keys_in_code(module)
    assert {key for key in keys_in_code(module) if f"`{key}`" not in listed} == set()
