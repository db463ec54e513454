"""Links to works, in the forms in which people copy them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.refusal import Refusal
from bot.contest.work_links import Link, Service, read_link

SCRATCH = ("scratch.mit.edu",)
VIDEO = ("vk.com", "vkvideo.ru", "rutube.ru", "disk.yandex.ru", "cloud.mail.ru")
PROJECT = Link("https://scratch.mit.edu/projects/612345678", Service.SCRATCH)
CODE = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    "typed",
    [
        "https://scratch.mit.edu/projects/612345678",
        "https://scratch.mit.edu/projects/612345678/",
        "https://scratch.mit.edu/projects/612345678/editor",
        "https://scratch.mit.edu/projects/612345678/fullscreen/",
        "https://scratch.mit.edu/projects/612345678#editor",
        "https://scratch.mit.edu/projects/612345678/?utm_source=x#player",
        "http://SCRATCH.mit.edu:80/projects/612345678/embed",
        "scratch.mit.edu/projects/612345678",
        "Здравствуйте! Вот (https://scratch.mit.edu/projects/612345678), спасибо",
        "Ссылка:https://scratch.mit.edu/projects/612345678.",
        "«https://scratch.mit.edu/projects/612345678»",
        "почта vera@mail.ru, проект https://scratch.mit.edu/projects/612345678",
        "https://example.org и https://scratch.mit.edu/projects/612345678",
        "https://scratch.\u200bmit.edu/projects/612345678",
    ],
)
def test_a_project_has_one_form_however_it_is_copied(typed: str) -> None:
    assert read_link(typed, SCRATCH) == PROJECT
    assert PROJECT.label == "scratch.mit.edu/projects/612345678"


@pytest.mark.parametrize(
    ("typed", "url", "service"),
    [
        ("https://vk.com/video-1_2", "https://vk.com/video-1_2", Service.VK_VIDEO),
        ("https://m.vk.com/video5_6?from=x", "https://vk.com/video5_6", Service.VK_VIDEO),
        ("https://vkvideo.ru/video-1_2?list=ln-aB", "https://vk.com/video-1_2?list=ln-aB", Service.VK_VIDEO),
        ("https://vk.com/clip-1_2", "https://vk.com/clip-1_2", Service.VK_VIDEO),
        ("https://vk.com/clips-1?z=clip-1_2", "https://vk.com/clip-1_2", Service.VK_VIDEO),
        ("https://vk.com/feed?z=video-1_2%2Fpl_x", "https://vk.com/video-1_2", Service.VK_VIDEO),
        ("https://vk.com/video_ext.php?oid=-1&id=2&hash=f", "https://vk.com/video-1_2", Service.VK_VIDEO),
        ("https://vk.ru/video-1_2", "https://vk.com/video-1_2", Service.VK_VIDEO),
        ("https://vk.com/wall-1_2?reply=3", "https://vk.com/wall-1_2", Service.VK_POST),
        (f"https://rutube.ru/video/{CODE}/?r=wd", f"https://rutube.ru/video/{CODE}/", Service.RUTUBE),
        (f"rutube.ru/play/embed/{CODE}", f"https://rutube.ru/video/{CODE}/", Service.RUTUBE),
        (
            f"https://rutube.ru/video/private/{CODE}/?p=Ke-y",
            f"https://rutube.ru/video/private/{CODE}/?p=Ke-y",
            Service.RUTUBE,
        ),
        ("https://yadi.sk/i/AbC-_1", "https://disk.yandex.ru/i/AbC-_1", Service.YANDEX_DISK),
        ("https://disk.yandex.ru/d/AbC/игра.mp4", "https://disk.yandex.ru/d/AbC/игра.mp4", Service.YANDEX_DISK),
        ("https://cloud.mail.ru/public/AbC/dEf/", "https://cloud.mail.ru/public/AbC/dEf", Service.MAIL_CLOUD),
    ],
)
def test_a_video_or_a_file_keeps_what_it_needs_to_open(typed: str, url: str, service: Service) -> None:
    assert read_link(typed, VIDEO) == Link(url, service)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("https://scratch.mit.edu/projects/editor/?tutorial=getStarted", "link.scratch_not_project"),
        ("https://scratch.mit.edu/users/vera", "link.scratch_not_project"),
        ("https://vk.com/id1", "link.vk_not_work"),
        ("https://rutube.ru/channel/1", "link.rutube_not_video"),
        ("https://disk.yandex.ru/client/disk/x", "link.disk_private"),
        ("https://disk.yandex.ru/d/../client/disk", "link.disk_private"),
        ("https://cloud.mail.ru/home/x", "link.disk_private"),
    ],
)
def test_a_page_beside_the_work_is_refused_with_the_way_to_mend_it(typed: str, key: str) -> None:
    assert read_link(typed, (*SCRATCH, *VIDEO)) == Refusal(key)


@pytest.mark.parametrize(
    "typed", ["", "работа готова", "я. ты. мы", "vera@mail.ru", "3.5 балла", "готово.спасибо", "https"]
)
def test_a_message_without_a_link_is_refused_with_the_hosts(typed: str) -> None:
    assert read_link(typed, SCRATCH) == Refusal("link.none", {"allowed": "scratch.mit.edu"})


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("https://scratch.mit.edu@evil.example/projects/1", "link.malformed"),
        ("https://user:pw@scratch.mit.edu/projects/1", "link.malformed"),
        ("https://scratch.mit.edu\\@evil.example/projects/1", "link.malformed"),
        ("https://scratch.mit.edu:8080/projects/1", "link.malformed"),
        ("http://scratch.mit.edu:443/projects/1", "link.malformed"),
        ("https://scratch.mit.edu:99999/projects/1", "link.malformed"),
        ("https://scratch.mit.edu.evil.example/projects/1", "link.host"),
        ("https://evilscratch.mit.edu/projects/1", "link.host"),
        ("https://notscratch-mit.edu/projects/1", "link.host"),
        ("https://sсratch.mit.edu/projects/1", "link.malformed"),
        ("ftp://scratch.mit.edu/projects/1", "link.scheme"),
        ("javascript:alert(1)", "link.scheme"),
        ("file:///etc/passwd", "link.scheme"),
        ("data:text/html,x", "link.scheme"),
        ("http://localhost/", "link.malformed"),
        ("http://127.0.0.1/", "link.host"),
        ("http://2130706433/", "link.malformed"),
        ("http://0x7f000001/", "link.malformed"),
        ("http://127。0。0。1/", "link.malformed"),
        ("http://①②⑦.0.0.1/", "link.malformed"),
        ("http://[::1]/", "link.malformed"),
        ("http://[::1", "link.malformed"),
    ],
)
def test_a_trick_never_passes_for_an_allowed_host(typed: str, key: str) -> None:
    refusal = read_link(typed, SCRATCH)
    assert isinstance(refusal, Refusal)
    assert refusal.key == key


def test_a_host_that_is_not_allowed_is_named_without_becoming_a_link() -> None:
    assert read_link("https://evil.example/x", SCRATCH) == Refusal(
        "link.host", {"host": "evil.\u2060example", "allowed": "scratch.mit.edu"}
    )


def test_without_a_list_any_site_is_taken_and_only_tracking_is_dropped() -> None:
    link = read_link("http://Site.Example/Work/?id=7&utm_source=vk#top", ())
    assert link == Link("https://site.example/Work?id=7", Service.OTHER)
    assert link.host == "site.example"


def test_b2_a_novel_with_a_link_is_refused_with_the_limit() -> None:
    refusal = read_link("а" * 5000 + " https://scratch.mit.edu/projects/1", SCRATCH)
    assert isinstance(refusal, Refusal)
    assert refusal.key == "text.too_long"


@pytest.mark.parametrize("bomb", ["a" * 4000, "a-" * 2000, "a." * 2000, "a:" * 2000, "http://" * 571, "/z=" * 1333])
def test_b15_a_hostile_message_takes_no_longer_than_an_honest_one(bomb: str) -> None:
    begun_s = time.perf_counter()
    read_link(bomb, SCRATCH)
    assert time.perf_counter() - begun_s < 1


@given(st.text(max_size=60), st.sampled_from([*SCRATCH, *VIDEO]))
def test_whatever_is_read_is_https_below_an_allowed_host_and_reads_as_itself(text: str, host: str) -> None:
    for typed in (text, f"https://{host}/{text}", f"https://{text}{host}/projects/1"):
        link = read_link(typed, (*SCRATCH, *VIDEO))
        if isinstance(link, Link):
            assert link.url.startswith("https://")
            assert any(link.host == known or link.host.endswith(f".{known}") for known in (*SCRATCH, *VIDEO))
