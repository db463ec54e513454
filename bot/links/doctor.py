"""The link doctor itself: from a person's text to a diagnosis."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.links.diagnosis import Diagnosis, LinkState, detail_key, refused
from bot.links.fetch import Answer, Fetcher, Judge, Limits
from bot.links.gate import Gate, Passage
from bot.links.page import page_title
from bot.links.providers import Provider, Reading, provider_of
from bot.links.syntax import examine_syntax, host_allowed, parse_link

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
_EMPTY_RANGE = 416  # the server refuses the range of an empty page, which is there nonetheless
_LOGIN_HOSTS = (
    "accounts.google.com",
    "passport.yandex.ru",
    "passport.yandex.com",
    "id.vk.com",
    "id.vk.ru",
    "login.vk.com",
    "login.vk.ru",
    "account.mail.ru",
    "auth.mail.ru",
    "login.live.com",
    "login.microsoftonline.com",
)
_LOGIN_STEPS = frozenset({"login", "login.php", "signin", "sign-in", "sign_in", "servicelogin", "auth"})
# Pages a site shows to machines: they say nothing of the work.
_WALL_HOSTS = ("consent.youtube.com", "consent.google.com")
_WALL_STEPS = frozenset({"showcaptcha", "showcaptchafast", "429.html", "challenge.html", "sorry"})


class LinkDoctor:
    """Examines links to works. One for the whole bot; holds no connection between examinations.

    `allowed_hosts` are the sites a link may lead to unless an examination names its own. `gate` decides about
    addresses, `resolver` about names; both are for tests only.
    """

    def __init__(
        self,
        allowed_hosts: Collection[str],
        *,
        gate: Gate | None = None,
        resolver: AbstractResolver | None = None,
        limits: Limits | None = None,
        user_agent: str = "KreITvBot-LinkDoctor/1.0",
    ) -> None:
        self._hosts = frozenset(host.lower() for host in allowed_hosts)
        self._gate = gate or Gate()
        self._resolver = resolver
        self._limits = limits or Limits()
        self._user_agent = user_agent

    async def examine(self, url: str, *, hosts: Collection[str] | None = None) -> Diagnosis:
        """What is with this link. Never raises for anything a link or a server can do; takes at most `total_s`.

        `hosts` are the sites this event allows, in place of the doctor's own.
        """
        allowed = self._hosts if hosts is None else frozenset(host.lower() for host in hosts)
        link = examine_syntax(url, allowed)
        if isinstance(link, Diagnosis):
            return link
        if self._resolver is None:
            self._resolver = aiohttp.ThreadedResolver()
        passage = Passage(self._gate, self._resolver)
        visit = Visit(link, allowed)
        try:
            async with asyncio.timeout(self._limits.total_s), self._fetcher(passage) as fetcher:
                verdict = await visit.diagnose(fetcher)
        except (aiohttp.ClientError, OSError, ValueError):
            # A timeout is an OSError too; ValueError is what broken headers and redirects end in.
            verdict = visit.says(LinkState.UNCHECKED)
        return refused("address") if passage.refused else verdict

    async def close(self) -> None:
        """Release the resolver."""
        if self._resolver is not None:
            await self._resolver.close()

    def _fetcher(self, passage: Passage) -> Fetcher:
        return Fetcher(passage, self._limits, self._user_agent)


class Visit:
    """One link on its way to a diagnosis."""

    def __init__(self, link: URL, hosts: Collection[str]) -> None:
        self._link = link
        self._hosts = hosts
        self._provider: Provider = provider_of(link)

    async def diagnose(self, fetcher: Fetcher) -> Diagnosis:
        """Ask the site's interface where it has one, and its page where that settles nothing."""
        provider = self._provider
        if verdict := self._owners_page() or self._special_page(self._link):
            return verdict
        probe = provider.probe(self._link) if provider.probe else None
        if provider.works_only and probe is None:
            return self.says(LinkState.MALFORMED)
        if probe is not None and provider.read_probe is not None:
            answer = await fetcher.follow("GET", probe, self._judge((*provider.hosts, probe.host or "")))
            if isinstance(answer, Diagnosis):
                return answer
            reading = provider.read_probe(answer)
            if not (provider.doubtful and reading.state in {LinkState.CLOSED, LinkState.UNCHECKED}):
                return self.says(reading.state, reading.title, answer.status)
        return await self._page(fetcher)

    def says(self, state: LinkState, title: str | None = None, status: int | None = None) -> Diagnosis:
        """A diagnosis of this link in the words of its site."""
        key = detail_key(state, self._provider.name)
        if title is not None:
            key = "link.open_titled"
        return Diagnosis(state, title=title, host=self._link.host, detail_key=key, status=status)

    async def _page(self, fetcher: Fetcher) -> Diagnosis:
        answer = await fetcher.page(self._link, self._judge((*self._hosts, *self._provider.hosts)))
        if isinstance(answer, Diagnosis):
            return answer
        reading = _read_page(answer, self._provider)
        return self.says(reading.state, reading.title, answer.status)

    def _judge(self, hosts: Collection[str]) -> Judge:
        """Judges a redirect as strictly as the link itself, after asking whether it is a door to log in at."""

        def judge(source: URL, location: str) -> URL | Diagnosis:
            target = _redirect_target(source, location)
            if isinstance(target, Diagnosis):
                # A redirect nobody can read is the site's trouble, not the person's.
                return self.says(LinkState.UNCHECKED) if target.state is LinkState.MALFORMED else target
            if verdict := self._special_page(target):
                return verdict
            if not host_allowed(target.host or "", hosts):
                return Diagnosis(LinkState.WRONG_HOST, host=target.host, detail_key="link.wrong_host_redirect")
            return target

        return judge

    def _owners_page(self) -> Diagnosis | None:
        path = self._link.path
        if any(path == own or path.startswith(f"{own}/") for own in self._provider.private_paths):
            return self.says(LinkState.NEEDS_LOGIN)
        return None

    def _special_page(self, url: URL) -> Diagnosis | None:
        steps = {step.lower() for step in url.path.split("/")}
        host = url.host or ""
        if host_allowed(host, _WALL_HOSTS) or steps & _WALL_STEPS:
            return self.says(LinkState.UNCHECKED)
        if host_allowed(host, _LOGIN_HOSTS) or steps & _LOGIN_STEPS:
            return self.says(LinkState.NEEDS_LOGIN)
        return None


def _redirect_target(source: URL, location: str) -> URL | Diagnosis:
    """The address a redirect names. Its spelling is checked raw: joining would already have smoothed tricks."""
    if location.startswith("//"):
        return parse_link(f"{source.scheme}:{location}")
    if _ABSOLUTE.match(location):
        return parse_link(location)
    if "\\" in location or not location.isprintable():
        return refused()
    return parse_link(str(source.join(URL(location))))


def _read_page(answer: Answer, provider: Provider) -> Reading:
    if answer.succeeded or answer.status == _EMPTY_RANGE:
        if any(mark in answer.body for mark in provider.closed_marks):
            return Reading(LinkState.CLOSED)
        return Reading(LinkState.OPEN, page_title(answer.body, answer.charset) if answer.is_html else None)
    if answer.locked:
        return Reading(LinkState.NEEDS_LOGIN)
    return Reading(provider.missing if answer.missing else LinkState.UNCHECKED)
