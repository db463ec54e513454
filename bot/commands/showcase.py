"""The internet of the demo: its Scratch projects exist nowhere, so nobody asks the real site about them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.commands.company import Company
from bot.links import Diagnosis, LinkState

_PROJECT = re.compile(r"/projects/(\d+)")


class Showcase:
    """Knows the projects of the cast: open with their titles, but for those that their authors have not shared yet.

    A link of the person who plays with the demo is «not checked», as where there is no network.
    """

    def __init__(self, companies: Iterable[Company]) -> None:
        self._titles = {
            str(entry.project): entry.title
            for company in companies
            for applicant in company.applicants
            for entry in applicant.entries
            if entry.project
        }
        #: Numbers of projects that are not shared.
        self.closed: set[str] = set()

    async def examine(self, url: str, *, hosts: Collection[str] | None = None) -> Diagnosis:  # noqa: ARG002
        """The diagnosis of one link."""
        found = _PROJECT.search(url)
        project = found[1] if found else ""
        if project in self.closed:
            return Diagnosis(LinkState.CLOSED, host="scratch.mit.edu", detail_key="link.closed_scratch")
        if project in self._titles:
            title = self._titles[project]
            return Diagnosis(LinkState.OPEN, title=title, host="scratch.mit.edu", detail_key="link.open_titled")
        return Diagnosis(LinkState.UNCHECKED)

    async def close(self) -> None:
        """There is nothing to close."""
