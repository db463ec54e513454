"""Links as people type them, and as machines would make them up."""

from __future__ import annotations

import gzip
import tracemalloc
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.links import Diagnosis, LinkState, examine_syntax
from bot.links.page import LONGEST_TITLE, CappedBody, clean_title, page_title
from tests.links.conftest import HOSTS


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("https://scratch.mit.edu/projects/1", "https://scratch.mit.edu/projects/1"),
        ("  https://scratch.mit.edu/projects/1 \n", "https://scratch.mit.edu/projects/1"),
        ("HTTPS://Scratch.MIT.edu/projects/1", "https://scratch.mit.edu/projects/1"),
        ("scratch.mit.edu/projects/1", "https://scratch.mit.edu/projects/1"),
        ("http://m.vk.com:80/video-1_2", "http://m.vk.com/video-1_2"),
        ("https://disk.yandex.ru/d/x#fragment", "https://disk.yandex.ru/d/x"),
        (
            "https://school.example/?to=http://other.example/@x",
            "https://school.example/?to=http://other.example/@x",
        ),
    ],
)
def test_link_is_understood_as_a_person_meant_it(typed: str, understood: str) -> None:
    assert str(examine_syntax(typed, HOSTS)) == understood


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "link.malformed"),
        ("Моя работа", "link.malformed"),
        ("https:scratch.mit.edu", "link.malformed"),
        ("https://", "link.malformed"),
        ("https:///projects/1", "link.malformed"),
        ("https://scratch..mit.edu/", "link.malformed"),
        ("https://scratch.mit.edu:x/", "link.malformed"),
        ("https://scratch.mit.edu/projects/1 вот", "link.malformed"),
        ("https://scratch.mit.edu/" + "1" * 3000, "link.malformed"),
        ("https://school.other/", "link.wrong_host"),
        ("https://evilscratch.mit.edu.example/", "link.wrong_host"),
        ("https://notscratch.mit.edu/", "link.wrong_host"),
        ("https://scratсh.mit.edu/", "link.wrong_host"),  # a Cyrillic «с»
        ("https://школа.рф/", "link.wrong_host"),
        ("C:\\Users\\Anna\\game.sb3", "link.refused_file"),
        ("file:///home/anna/game.sb3", "link.refused_file"),
    ],
)
def test_link_that_will_not_do_is_answered_by_what_is_wrong_with_it(typed: str, key: str) -> None:
    diagnosis = examine_syntax(typed, HOSTS)
    assert isinstance(diagnosis, Diagnosis)
    assert diagnosis.detail_key == key


LINKISH = st.one_of(
    st.text(),
    st.text(alphabet="htps:/@\\[]%.0123456789abcdefx?#&=-_ \t\r\n１。①", max_size=60),
    st.builds("{}{}{}".format, st.sampled_from(["http://", "https://", "//", ""]), st.text(), st.sampled_from(HOSTS)),
    st.builds("https://scratch.mit.edu{}".format, st.text()),
)


@given(LINKISH)
@example("http://scratch.mit.edu:65536/")
@example("https://scratch.mit.edu:٨٠/")
@example("http://xn--/")
def test_whatever_is_typed_ends_in_a_safe_link_or_a_diagnosis(text: str) -> None:
    result = examine_syntax(text, HOSTS)
    if isinstance(result, Diagnosis):
        assert result.state in {LinkState.MALFORMED, LinkState.REFUSED, LinkState.WRONG_HOST}
        return
    host = result.host or ""
    assert any(host == allowed or host.endswith(f".{allowed}") for allowed in HOSTS)
    assert (result.scheme in {"http", "https"}, result.port in {80, 443}, result.user) == (True, True, None)
    assert urlsplit(str(result)).hostname == host  # another parser reads the same host


def _spellings(address: IPv4Address) -> list[str]:
    number = int(address)
    parts = str(address).split(".")
    return [
        str(address),
        str(number),
        hex(number),
        oct(number).replace("o", ""),
        ".".join(hex(int(part)) for part in parts),
        ".".join(f"0{int(part):o}" for part in parts),
        f"{parts[0]}.{number & 0xFFFFFF}",
        str(address).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        str(address).replace(".", "。"),
        f"[::ffff:{address}]",
        f"[64:ff9b::{address}]",
        f"{address}.",
    ]


@given(st.ip_addresses(v=4), st.integers(0, 11), st.sampled_from(["", ":80", ":443"]))
def test_no_address_passes_in_any_spelling_even_when_it_is_on_the_list(
    address: IPv4Address, which: int, port: str
) -> None:
    host = _spellings(address)[which]
    assert isinstance(examine_syntax(f"http://{host}{port}/", [host, host.strip("[]")]), Diagnosis)


@given(st.ip_addresses(v=6))
def test_no_address_of_version_six_passes(address: IPv6Address) -> None:
    assert isinstance(examine_syntax(f"https://[{address}]/", [str(address)]), Diagnosis)


@given(st.text())
def test_title_is_one_short_line_of_visible_characters(text: str) -> None:
    title = clean_title(text)
    assert title is None or (0 < len(title) <= LONGEST_TITLE and (title.isprintable() and title == title.strip()))


@given(st.binary(), st.one_of(st.none(), st.text(max_size=12)))
@example(b"<title", None)
@example(b"<title>\xff\xfe</title>", "base64")
def test_no_page_breaks_the_reading_of_its_title(body: bytes, charset: str | None) -> None:
    title = page_title(body, charset)
    assert title is None or len(title) <= LONGEST_TITLE


@pytest.mark.parametrize(
    ("body", "charset", "title"),
    [
        (b"<TITLE lang=ru>\n  A &amp; B\t</TITLE>", None, "A & B"),
        ("<title>Танец</title>".encode("cp1251"), "windows-1251", "Танец"),
        ('<meta charset="windows-1251"><title>Танец</title>'.encode("cp1251"), None, "Танец"),
        ("<title>a&#x202e;b\u200bc</title>".encode(), "utf-8", "abc"),
        (b"<title></title>", None, None),
        (b"<p>none</p>", None, None),
        (b"<title" * 20_000, None, None),
    ],
)
def test_title_of_a_page(body: bytes, charset: str | None, title: str | None) -> None:
    assert page_title(body, charset) == title


def test_bomb_fills_the_cap_and_not_the_memory() -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    capped = CappedBody(65_536, "gzip")
    tracemalloc.start()
    capped.feed(bomb)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(capped.body), capped.full) == (65_536, True)
    assert peak_bytes < 1_000_000


@given(st.lists(st.binary(max_size=50)), st.sampled_from(["", "identity", "gzip", "deflate", "br"]))
def test_collected_body_never_exceeds_its_cap(chunks: list[bytes], encoding: str) -> None:
    capped = CappedBody(64, encoding)
    for chunk in chunks:
        if not capped.full:
            capped.feed(chunk)
    assert len(capped.body) <= 64
