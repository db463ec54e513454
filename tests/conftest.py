"""For all tests: with `NO_SKIPS` in the environment a skipped test is a failed run."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

IN_MEMORY = Path("/dev/shm")  # noqa: S108


def pytest_configure() -> None:
    """Where memory can be had as a folder, databases of tests lie there: a commit waits for no disk.

    Rubbish is looked for less often: by the usual measure half the time of collecting tests goes into that. No example
    fails because the machine was busy.
    """
    settings.register_profile("untimed", parent=settings(), deadline=None)
    settings.load_profile("untimed")
    gc.set_threshold(50_000, 20, 50)
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


def pytest_collection_finish() -> None:
    """What is imported by now stays: it need not be looked through again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything must be there, nothing may be left out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NO_SKIPS") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
