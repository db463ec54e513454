"""Who may import whom, how long a file may be, and where SQL may stand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE_LINES = 400
EVERYTHING = frozenset({"bot", "handlers", "storage"})
#: What each room may import of ours besides itself. The longest name that fits a module is its room.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "bot.apart": frozenset(),
    "bot.contest": frozenset(),
    "bot.data": frozenset(),
    "bot.faultpoints": frozenset(),
    "bot.settings": frozenset(),
    "bot.sandbox": frozenset(),
    "bot.links": frozenset({"bot.contest"}),
    "bot.documents": frozenset({"bot.apart", "bot.contest"}),
    "bot.talk": frozenset({"bot.contest"}),
    "storage": frozenset({"bot.contest", "bot.talk", "bot.faultpoints"}),
    "bot.watching": frozenset({"storage"}),
    "bot.vk": frozenset({"bot.contest", "bot.talk", "bot.faultpoints", "bot.watching.correlation", "storage"}),
    "bot.pipeline": frozenset({"bot.contest", "bot.talk", "bot.faultpoints", "bot.watching.correlation", "storage"}),
    "handlers": frozenset({"bot.apart", "bot.contest", "bot.talk", "bot.documents", "bot.links.diagnosis", "storage"}),
    "bot.works": frozenset({"bot.links", "bot.pipeline"}),
    "bot.reading": frozenset({"bot.documents", "bot.pipeline", "bot.vk"}),
    "bot.restored": frozenset({"bot.contest", "bot.faultpoints", "bot.pipeline", "bot.vk", "storage"}),
    "bot.filing": frozenset(
        {"bot.contest", "bot.talk", "bot.documents", "bot.pipeline", "bot.vk", "handlers", "storage"}
    ),
    "bot.delivering": frozenset(
        {"bot.contest", "bot.talk", "bot.documents", "bot.faultpoints", "bot.pipeline", "bot.vk", "handlers", "storage"}
    ),
    "bot.app": EVERYTHING,
    "bot.bench": EVERYTHING,
    "bot.commands": EVERYTHING,
    "bot.cli": EVERYTHING,
    "bot.__main__": EVERYTHING,
}
#: The only ones who know the other side of the wire.
KNOW_THE_SANDBOX = ("bot.sandbox", "bot.cli", "bot.commands", "bot.bench")
#: The sandbox keeps its own world in a file of its own.
OWN_SQL = ("storage", "bot.sandbox")
SQL = re.compile(
    r"\s*(select\s|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+(table|index)|alter\s|drop\s|pragma\s|vacuum)",
    re.IGNORECASE,
)
STATEMENTS_OF_ROWS = re.compile(r"\s*(select|insert|update|delete|with)\s", re.IGNORECASE)


def modules() -> dict[str, Path]:
    """Every module of the product by its name."""
    files = sorted(file for top in EVERYTHING for file in (ROOT / top).rglob("*.py"))
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


MODULES = modules()


@cache
def trees() -> dict[str, ast.Module]:
    """What stands in every module."""
    return {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in MODULES.items()}


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def room_of(module: str) -> str | None:
    return max((room for room in MAY_IMPORT if is_in(module, room)), key=len, default=None)


@cache
def nodes(module: str) -> tuple[ast.AST, ...]:
    """All that stands in a module, at any depth."""
    return tuple(ast.walk(trees()[module]))


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of ours that it imports, wherever in the file: inside functions and for types alone too."""
    return frozenset(_imports(module))


def _imports(module: str) -> Iterator[str]:
    for node in nodes(module):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: an import relative to its place"
            found = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [name if name in MODULES else str(node.module) for name in found]
        else:
            continue
        yield from (name for name in found if name.split(".")[0] in {*EVERYTHING, "tests"})


def test_every_module_is_in_a_room() -> None:
    packages = {"bot", "handlers", "storage"}
    assert [name for name in MODULES if room_of(name) is None and name not in packages] == []


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_arrows_point_one_way(room: str) -> None:
    allowed = {room, *MAY_IMPORT[room]}
    wrong = {
        (module, imported)
        for module in MODULES
        if room_of(module) == room
        for imported in imports(module)
        if not any(is_in(imported, one) for one in allowed)
    }
    assert wrong == set()


def test_nobody_but_the_commands_knows_the_sandbox() -> None:
    assert {
        (module, imported)
        for module in MODULES
        if not any(is_in(module, one) for one in KNOW_THE_SANDBOX)
        for imported in imports(module)
        if is_in(imported, "bot.sandbox")
    } == set()


def test_no_file_is_too_long() -> None:
    files = [*MODULES.values(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bot").rglob("*.js")]
    lengths = {file.relative_to(ROOT).as_posix(): len(file.read_text("utf-8").splitlines()) for file in files}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE_LINES} == {}


def texts_in(module: str) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Every text in quotes that is no docstring."""
    docstrings = {id(node.value) for node in nodes(module) if isinstance(node, ast.Expr)}
    for node in nodes(module):
        is_text = isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
        if is_text and id(node) not in docstrings:
            assert isinstance(node, ast.Constant | ast.JoinedStr)
            yield node


def begins(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return begins(node.values[0]) if node.values else ""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_sql_stands_in_storage_alone() -> None:
    assert {
        (module, node.lineno, begins(node))
        for module in MODULES
        if not any(is_in(module, one) for one in OWN_SQL)
        for node in texts_in(module)
        if SQL.match(begins(node))
    } == set()


def test_storage_puts_no_statement_together_from_pieces() -> None:
    assert {
        (module, node.lineno)
        for module in MODULES
        if is_in(module, "storage")
        for node in nodes(module)
        if isinstance(node, ast.JoinedStr | ast.BinOp)
        if STATEMENTS_OF_ROWS.match(begins(node.left if isinstance(node, ast.BinOp) else node))
    } == set()


def test_only_one_place_talks_to_the_messenger() -> None:
    """vkbottle and HTTP clients are imported by those who use the network, and by nobody else."""
    network = ("bot.vk", "bot.links", "bot.sandbox", "bot.commands", "bot.bench", "bot.watching.page")
    wrong = set()
    for module in MODULES:
        for node in nodes(module):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            used = {name for name in names if name.split(".")[0] in ("vkbottle", "aiohttp", "urllib", "http", "socket")}
            used -= {"urllib.parse"}
            if used and not any(is_in(module, one) for one in network):
                wrong.add((module, *used))
    assert wrong == set()
