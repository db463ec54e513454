"""The list of hostile links: each is turned away, and a listener on this machine sees nobody come."""

from __future__ import annotations

import asyncio
import gzip
import socket
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from bot.links import Gate, LinkDoctor, LinkState, examine_syntax
from bot.links.addresses import is_own, is_public, parse_address
from bot.links.fetch import Fetcher, Limits
from bot.links.gate import Passage
from tests.links.conftest import HOSTS, QUICK
from tests.links.site import Answerer, Names, Site, SiteDoor, SitePort, Writer, moved, page, respond

SPELLINGS = {
    "loopback": "http://127.0.0.1{port}/",
    "localhost": "http://localhost{port}/",
    "localhost with a dot": "http://localhost.{port}/",
    "a name under localhost": "http://scratch.localhost{port}/",
    "127.1": "http://127.1{port}/",
    "0": "http://0{port}/",
    "2130706433": "http://2130706433{port}/",
    "0x7f000001": "http://0x7f000001{port}/",
    "0177.0.0.1": "http://0177.0.0.1{port}/",
    "0x7f.1": "http://0x7f.1{port}/",
    "full-width digits": "http://１２７.０.０.１{port}/",
    "circled digits": "http://①②⑦.⓪.⓪.①{port}/",
    "arabic digits": "http://١٢٧.٠.٠.١{port}/",
    "ideographic dots": "http://127。0。0。1{port}/",
    "::1": "http://[::1]{port}/",
    "::ffff:127.0.0.1": "http://[::ffff:127.0.0.1]{port}/",
    "NAT64": "http://[64:ff9b::7f00:1]{port}/",
    "6to4": "http://[2002:7f00:1::]{port}/",
    "Teredo": "http://[2001:0:7f00:1::]{port}/",
    "::/96": "http://[::127.0.0.1]{port}/",
    "fec0::/10": "http://[fec0::1]{port}/",
    "fe80::%1": "http://[fe80::1%1]{port}/",
    "fe80::%25eth0": "http://[fe80::1%25eth0]{port}/",
    "169.254.169.254": "http://169.254.169.254{port}/latest/meta-data/",
    "168.63.129.16": "http://168.63.129.16{port}/",
    "100.64/10": "http://100.64.0.1{port}/",
    "192.0.0.0/24": "http://192.0.0.8{port}/",
    "198.18/15": "http://198.18.0.1{port}/",
    "multicast": "http://224.0.0.1{port}/",
    "240/4": "http://240.0.0.1{port}/",
    "a public address in numbers": "http://93.184.215.14{port}/",
    "user@host": "http://scratch.mit.edu@127.0.0.1{port}/",
    "user:password@host": "http://scratch.mit.edu:80@127.0.0.1{port}/",
    "an allowed host after @": "http://x@scratch.mit.edu{port}/",
    "backslash before @": "http://scratch.mit.edu\\@127.0.0.1{port}/",
    "backslash for a slash": "http:\\\\127.0.0.1{port}\\",
    "tab in the host": "http://127.0.\t0.1{port}/",
    "CR LF in the path": "http://scratch.mit.edu{port}/\r\nHost: 127.0.0.1",
    "a zero byte": "http://scratch.mit.edu\x00.evil.example{port}/",
    "an invisible letter": "http://scratch.mit\u200b.edu{port}/",
    "a percent sign in the host": "http://127.0.0.1%2f{port}/",
    "file:": "file:///etc/passwd",
    "file: with a host": "file://127.0.0.1{port}/etc/passwd",
    "gopher:": "gopher://127.0.0.1{port}/_x",
    "data:": "data:text/html,<script>alert(1)</script>",
    "javascript:": "javascript:alert(1)",
    "ftp:": "ftp://scratch.mit.edu{port}/",
    "a port that is neither 80 nor 443": "http://scratch.mit.edu:8080/",
    "the port of the listener": "http://scratch.mit.edu:{bare_port}/",
}
# What getaddrinfo or a socket would take for an address, put straight before the connector.
LITERALS = ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"]
INSIDE = [
    *("0.0.0.1", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "168.63.129.16", "169.254.169.254"),
    *("172.16.0.1", "192.0.0.8", "192.0.0.9", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:100.64.0.1", "::ffff:8.8.8.8"),
    *("64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1", "2001:db8::1"),
    *("2002:808:808::1", "3fff::1", "5f00::1"),
    *("fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1"),
]


@pytest.mark.parametrize("port", ["", ":{bare_port}"], ids=["usual port", "port of the listener"])
@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
async def test_hostile_spelling_is_refused_without_a_connection(spelling: str, port: str, site: Site) -> None:
    url = spelling.replace("{port}", port).replace("{bare_port}", str(site.port))
    names = Names(site)
    doctor = LinkDoctor(HOSTS, gate=SiteDoor(site), resolver=names, limits=QUICK)
    diagnosis = await doctor.examine(url)
    assert (diagnosis.state, diagnosis.host, diagnosis.title) == (LinkState.REFUSED, None, None)
    assert (site.hits, names.lookups) == (0, [])


@pytest.mark.parametrize("host", LITERALS)
async def test_address_in_numbers_meets_the_gate_even_when_no_resolver_is_asked(host: str, site: Site) -> None:
    site.answers[f"{host}:{site.port}/"] = page("внутри")
    passage = Passage(SitePort(site), Names(site))
    async with Fetcher(passage, QUICK, "test") as fetcher:
        with pytest.raises(aiohttp.ClientConnectorError):
            await fetcher.follow("GET", URL(f"http://{host}:{site.port}/"), lambda url, _: url)
    assert passage.refused
    assert site.hits == 0


@pytest.mark.parametrize("address", INSIDE)
async def test_name_that_resolves_inside_is_refused(address: str, site: Site) -> None:
    doctor = LinkDoctor(HOSTS, gate=SitePort(site), resolver=Names(site, {"school.example": [[address]]}), limits=QUICK)
    diagnosis = await doctor.examine("https://school.example/")
    assert (diagnosis.state, diagnosis.detail_key) == (LinkState.REFUSED, "link.refused_address")
    assert site.hits == 0


@pytest.mark.parametrize("address", ["fe80::1%1", "2a02:6b8::1%2", "", "scratch.mit.edu"])
async def test_address_with_a_scope_or_no_address_at_all_is_refused(address: str, site: Site) -> None:
    doctor = LinkDoctor(HOSTS, gate=SitePort(site), resolver=Names(site, {"school.example": [[address]]}), limits=QUICK)
    assert (await doctor.examine("https://school.example/")).state is LinkState.REFUSED


async def test_name_with_a_public_and_a_private_address_is_refused_whole(site: Site) -> None:
    site.answers["school.example/"] = page("Работа")
    for addresses in (
        ["127.0.0.1", "10.0.0.1"],
        ["10.0.0.1", "127.0.0.1"],
    ):  # here 127.0.0.1 plays the public one
        names = Names(site, {"school.example": [addresses]})
        doctor = LinkDoctor(HOSTS, gate=SiteDoor(site), resolver=names, limits=QUICK)
        assert (await doctor.examine("http://school.example/")).state is LinkState.REFUSED
        assert site.hits == 0
    healthy = LinkDoctor(HOSTS, gate=SiteDoor(site), resolver=Names(site), limits=QUICK)
    assert (await healthy.examine("http://school.example/")).state is LinkState.OPEN


async def test_own_public_address_is_refused(site: Site) -> None:
    names = Names(site, {"school.example": [["93.184.215.14"]]})
    gate = SitePort(site, own_addresses=["93.184.215.14"])
    diagnosis = await LinkDoctor(HOSTS, gate=gate, resolver=names, limits=QUICK).examine("http://school.example/")
    assert diagnosis.detail_key == "link.refused_address"


def test_machine_knows_its_own_addresses_from_others() -> None:
    loopback, stranger = parse_address("127.0.0.1"), parse_address("93.184.215.14")
    assert loopback is not None
    assert stranger is not None
    assert is_own(loopback)
    assert not is_own(stranger)


def test_real_gate_admits_the_internet_at_two_ports_only() -> None:
    gate = Gate()
    for public in ("93.184.215.14", "87.250.250.242", "2a02:6b8::2:242", "2001:4860:4860::8888"):
        address = parse_address(public)
        assert address is not None
        assert is_public(address)
        assert [port for port in (22, 80, 443, 8080) if gate.admits(address, port)] == [80, 443]


async def test_rebinding_name_is_looked_up_once_and_its_second_address_never_used(site: Site) -> None:
    names = Names(site, {"school.example": [["127.0.0.1"], ["10.0.0.1"]]})
    site.answers["school.example/"] = page("Моя работа")
    doctor = LinkDoctor(HOSTS, gate=SiteDoor(site), resolver=names, limits=QUICK)
    assert (await doctor.examine("http://school.example/")).title == "Моя работа"
    assert names.lookups == ["school.example"]
    assert (await doctor.examine("http://school.example/")).state is LinkState.REFUSED
    assert site.hits == 2  # HEAD and GET of the first visit, nothing of the second


async def test_rebinding_between_the_check_and_the_connection_is_caught_at_the_socket(site: Site) -> None:
    passage = Passage(SitePort(site), Names(site))
    with pytest.raises(OSError, match="not open to visits"):
        passage.open_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", site.port)))
    with pytest.raises(OSError, match="not open to visits"):
        passage.open_socket((socket.AF_INET6, socket.SOCK_STREAM, 0, "", ("2a02:6b8::1", site.port, 0, 2)))
    passage.open_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("93.184.215.14", site.port))).close()


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:{port}/",
        "//127.0.0.1:{port}/",
        "//１２７.0.0.1/",
        "http://2130706433/",
        "http://[::1]:{port}/",
        "http://localhost:{port}/",
        "http://169.254.169.254/latest/",
        "http://x@school.example/",
        "http://school.example\\@127.0.0.1/",
        "/\\127.0.0.1/",
        "file:///etc/passwd",
        "file:/etc/passwd",
        "gopher://school.example/",
        "javascript:alert(1)",
        "http://school.example:{port}/",
    ],
)
async def test_redirect_to_a_hostile_place_is_refused(location: str, site: Site, doctor: LinkDoctor) -> None:
    site.answers["school.example/"] = moved(location.replace("{port}", str(site.port)))
    diagnosis = await doctor.examine("http://school.example/")
    assert (diagnosis.state, diagnosis.host) == (LinkState.REFUSED, None)
    assert site.asked == ["HEAD school.example/"]


async def test_redirect_from_a_public_to_a_private_name_is_refused(site: Site) -> None:
    names = Names(site, {"inside.school.example": [["192.168.1.1"]]})
    site.answers["school.example/"] = moved("http://inside.school.example/")
    doctor = LinkDoctor(HOSTS, gate=SiteDoor(site), resolver=names, limits=QUICK)
    assert (await doctor.examine("http://school.example/")).detail_key == "link.refused_address"
    assert site.hits == 1


async def test_three_redirects_are_followed_and_a_fourth_is_refused(site: Site, doctor: LinkDoctor) -> None:
    for hop in range(4):
        site.answers[f"school.example/{hop}"] = moved(f"/{hop + 1}")
    site.answers["school.example/4"] = page("Дошли")
    assert (await doctor.examine("http://school.example/1")).title == "Дошли"
    site.requests.clear()
    assert (await doctor.examine("http://school.example/0")).detail_key == "link.refused_redirects"
    assert "HEAD school.example/4" not in site.asked


async def test_redirect_to_a_site_that_is_not_allowed_is_named_and_not_visited(site: Site, doctor: LinkDoctor) -> None:
    site.answers["school.example/"] = moved("https://elsewhere.example/work")
    diagnosis = await doctor.examine("http://school.example/")
    assert (diagnosis.state, diagnosis.detail_key, diagnosis.host) == (
        LinkState.WRONG_HOST,
        "link.wrong_host_redirect",
        "elsewhere.example",
    )
    assert site.hits == 1


def _endless(start: bytes, more: bytes) -> Answerer:
    async def answer(writer: Writer) -> None:
        writer.write(start)
        while True:
            writer.write(more * 1000)
            await writer.drain()
            await asyncio.sleep(0)  # a full socket blocks drain, an emptied one does not: let the doctor run

    return answer


async def _silence(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    await writer.drain()
    await writer.wait_closed()


async def test_slowloris_costs_no_more_than_the_total_time(site: Site, doctor: LinkDoctor) -> None:
    site.answers["school.example/"] = _silence
    assert (await doctor.examine("http://school.example/")).state is LinkState.UNCHECKED


@pytest.mark.parametrize("more", [b"X", b"X-Header: value\r\n"], ids=["one line", "many lines"])
async def test_endless_header_is_given_up(more: bytes, site: Site, doctor: LinkDoctor) -> None:
    site.answers["school.example/"] = _endless(b"HTTP/1.1 200 OK\r\nX-First: ", more)
    assert (await doctor.examine("http://school.example/")).state is LinkState.UNCHECKED


async def test_endless_body_is_read_up_to_the_cap(site: Site, doctor: LinkDoctor) -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>No end</title>"
    site.answers["school.example/"] = _endless(start, b"<p>")
    assert (await doctor.examine("http://school.example/")).title == "No end"


async def test_gzip_bomb_is_unpacked_up_to_the_cap(site: Site, doctor: LinkDoctor) -> None:
    bomb = gzip.compress(b"<title>Boom</title>" + b"0" * 50_000_000)
    site.answers["school.example/"] = respond(200, bomb, content_type="text/html", content_encoding="gzip")
    assert (await doctor.examine("http://school.example/")).title == "Boom"


async def test_ten_gigabytes_announced_are_not_waited_for(site: Site, doctor: LinkDoctor) -> None:
    body = b"<title>Big</title>" + b" " * 100_000
    site.answers["school.example/"] = respond(200, body, content_type="text/html", content_length="10000000000")
    assert (await doctor.examine("http://school.example/")).title == "Big"
    assert site.requests[-1].headers["range"] == "bytes=0-65535"


async def test_body_shorter_than_announced_or_broken_is_survived(site: Site, doctor: LinkDoctor) -> None:
    for answer in (
        respond(200, b"<title>", content_type="text/html", content_length="999"),
        respond(200, b"\x1f\x8bnonsense", content_type="text/html", content_encoding="gzip"),
        respond(200, b"whatever", content_type="text/html", content_encoding="br"),
        b"\x00\x01\x02\r\n\r\n",
        b"",
    ):
        site.answers["school.example/"] = answer
        diagnosis = await doctor.examine("http://school.example/")
        assert diagnosis.state in {LinkState.OPEN, LinkState.UNCHECKED}
        assert diagnosis.title is None


async def test_cookies_and_passwords_are_never_sent(
    site: Site, doctor: LinkDoctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine school.example login anna password secret\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    site.answers["school.example/"] = moved("/next", set_cookie="sid=1; Path=/")
    site.answers["school.example/next"] = page("Работа")
    assert (await doctor.examine("http://school.example/")).title == "Работа"
    assert [request.method for request in site.requests] == ["HEAD", "HEAD", "GET"]
    for request in site.requests:
        assert not request.headers.keys() & {"cookie", "authorization", "referer", "proxy-authorization"}
        assert request.headers["user-agent"] == "KreITvBot-LinkDoctor/1.0"


async def test_proxies_of_the_environment_are_ignored(
    site: Site, doctor: LinkDoctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        site.answers["school.example/"] = page("Напрямик")
        assert (await doctor.examine("http://school.example/")).title == "Напрямик"
        with pytest.raises(BlockingIOError):
            proxy.accept()


def test_limits_are_those_of_the_rule_unless_a_test_shortens_them() -> None:
    assert Limits() == Limits(connect_s=5.0, total_s=10.0, body_bytes=65_536, redirects=3)


def test_allowed_link_passes_where_its_hostile_neighbours_do_not() -> None:
    assert examine_syntax("https://scratch.mit.edu/projects/612345678/editor", HOSTS) == URL(
        "https://scratch.mit.edu/projects/612345678/editor"
    )
