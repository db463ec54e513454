"""What each site's answers come to, and what a person is told."""

from __future__ import annotations

import pytest

from bot.links import DETAIL_KEYS, Diagnosis, LinkDoctor, LinkState
from tests.links.conftest import HOSTS, QUICK
from tests.links.site import Names, Site, SiteDoor, facts, moved, page, respond

SCRATCH = "http://scratch.mit.edu/projects/612345678"
SCRATCH_API = "api.scratch.mit.edu/projects/612345678"
YANDEX = "http://disk.yandex.ru/d/AaaBbb1122Ccc"
YANDEX_API = "cloud-api.yandex.net/v1/disk/public/resources"
RUTUBE_ID = "3eac3b4561676c17df9132a9a1e62e3e"
RUTUBE_API = f"rutube.ru/api/video/{RUTUBE_ID}/"
YOUTUBE = "http://www.youtube.com/watch?v=dQw4w9WgXcQ"
YOUTUBE_API = "www.youtube.com/oembed"


def outcome(diagnosis: Diagnosis) -> tuple[LinkState, str, str | None]:
    """What matters to the chat."""
    assert diagnosis.detail_key in DETAIL_KEYS
    return diagnosis.state, diagnosis.detail_key, diagnosis.title


@pytest.mark.parametrize("tail", ["", "/", "/editor", "/fullscreen/", "?utm=1", "#player", "."])
async def test_shared_scratch_project_is_open_with_its_title(tail: str, site: Site, doctor: LinkDoctor) -> None:
    site.answers[SCRATCH_API] = facts(title="Таблица умножения", public=True, is_published=True)
    assert outcome(await doctor.examine(SCRATCH + tail)) == (
        LinkState.OPEN,
        "link.open_titled",
        "Таблица умножения",
    )
    assert site.asked == [f"GET {SCRATCH_API}"]


async def test_unshared_scratch_project_is_closed_and_open_once_it_is_shared(site: Site, doctor: LinkDoctor) -> None:
    site.answers[SCRATCH_API] = facts(404, code="NotFound", message="")
    closed = await doctor.examine(SCRATCH)
    assert outcome(closed) == (LinkState.CLOSED, "link.closed_scratch", None)
    assert (closed.host, closed.status) == ("scratch.mit.edu", 404)
    site.answers[SCRATCH_API] = facts(title="Таблица умножения")
    assert (await doctor.examine(SCRATCH)).state is LinkState.OPEN


async def test_scratch_project_said_to_be_unpublished_is_closed(site: Site, doctor: LinkDoctor) -> None:
    site.answers[SCRATCH_API] = facts(title="Черновик", is_published=False)
    assert outcome(await doctor.examine(SCRATCH)) == (LinkState.CLOSED, "link.closed_scratch", None)


@pytest.mark.parametrize("path", ["", "/", "/mystuff/", "/projects/", "/projects/editor", "/users/anna", "/studios/1"])
async def test_scratch_page_that_is_no_project_is_explained_without_asking(
    path: str, site: Site, doctor: LinkDoctor
) -> None:
    diagnosis = await doctor.examine(f"scratch.mit.edu{path}")
    assert outcome(diagnosis) == (LinkState.MALFORMED, "link.malformed_scratch", None)
    assert site.hits == 0


@pytest.mark.parametrize("status", [408, 418, 429, 500, 502, 503])
async def test_trouble_of_the_site_leaves_the_link_unchecked(status: int, site: Site, doctor: LinkDoctor) -> None:
    site.answers[SCRATCH_API] = respond(status)
    site.answers["school.example/work"] = respond(status)
    for link in (SCRATCH, "http://school.example/work"):
        assert outcome(await doctor.examine(link)) == (LinkState.UNCHECKED, "link.unchecked", None)


async def test_network_out_of_reach_leaves_the_link_unchecked(site: Site) -> None:
    class NoNetwork(Names):
        async def resolve(self, *_: object, **__: object) -> list[object]:  # type: ignore[override]
            raise OSError("Temporary failure in name resolution")

    doctor = LinkDoctor(HOSTS, gate=SiteDoor(site), resolver=NoNetwork(site), limits=QUICK)
    assert outcome(await doctor.examine(SCRATCH)) == (LinkState.UNCHECKED, "link.unchecked", None)


async def test_refused_connection_leaves_the_link_unchecked(site: Site, unused_tcp_port: int) -> None:
    nobody = Site(port=unused_tcp_port)
    doctor = LinkDoctor(HOSTS, gate=SiteDoor(nobody), resolver=Names(nobody), limits=QUICK)
    assert (await doctor.examine(SCRATCH)).state is LinkState.UNCHECKED


async def test_site_that_does_not_speak_tls_leaves_the_link_unchecked(site: Site, doctor: LinkDoctor) -> None:
    assert (await doctor.examine("https://scratch.mit.edu/projects/1")).state is LinkState.UNCHECKED


async def test_published_yandex_file_is_open_with_its_name(site: Site, doctor: LinkDoctor) -> None:
    site.answers[YANDEX_API] = facts(name="Танец.mp4")
    assert outcome(await doctor.examine(f"{YANDEX}?w=1")) == (LinkState.OPEN, "link.open_titled", "Танец.mp4")
    assert "public_key=http://disk.yandex.ru/d/AaaBbb1122Ccc&" in site.asked[0].replace("%3A", ":").replace("%2F", "/")


async def test_yandex_interface_that_denies_a_file_is_believed_only_if_the_page_agrees(
    site: Site, doctor: LinkDoctor
) -> None:
    site.answers[YANDEX_API] = facts(404, error="DiskNotFoundError")
    assert outcome(await doctor.examine(YANDEX)) == (LinkState.CLOSED, "link.closed_yandex", None)
    site.answers["disk.yandex.ru/d/AaaBbb1122Ccc"] = page("Танец.mp4 — Яндекс Диск")
    assert (await doctor.examine(YANDEX)).state is LinkState.OPEN


async def test_yandex_captcha_says_nothing_of_the_file(site: Site, doctor: LinkDoctor) -> None:
    site.answers[YANDEX_API] = facts(429, error="TooManyRequestsError")
    site.answers["disk.yandex.ru/d/AaaBbb1122Ccc"] = moved("http://disk.yandex.ru/showcaptcha?retpath=x")
    assert (await doctor.examine(YANDEX)).state is LinkState.UNCHECKED


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://disk.yandex.ru/client/disk/Видео", "link.needs_login_yandex"),
        ("https://cloud.mail.ru/home/Видео.mp4", "link.needs_login_mail"),
        ("https://vk.com/login?to=x", "link.needs_login_vk"),
    ],
)
async def test_owners_own_page_is_told_from_a_shared_one_without_asking(
    link: str, key: str, site: Site, doctor: LinkDoctor
) -> None:
    assert outcome(await doctor.examine(link)) == (LinkState.NEEDS_LOGIN, key, None)
    assert site.hits == 0


async def test_rutube_video_by_its_secret_link_is_open(site: Site, doctor: LinkDoctor) -> None:
    site.answers[RUTUBE_API] = facts(title="Номер 12")
    diagnosis = await doctor.examine(f"http://rutube.ru/video/private/{RUTUBE_ID}/?p=secret&r=x")
    assert outcome(diagnosis) == (LinkState.OPEN, "link.open_titled", "Номер 12")
    assert site.asked == [f"GET {RUTUBE_API}?format=json&p=secret"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (403, (LinkState.NEEDS_LOGIN, "link.needs_login_rutube", None)),
        (404, (LinkState.CLOSED, "link.closed_rutube", None)),
    ],
)
async def test_hidden_and_removed_rutube_videos_differ(
    status: int, expected: tuple[LinkState, str, None], site: Site, doctor: LinkDoctor
) -> None:
    site.answers[RUTUBE_API] = facts(status, detail="…")
    assert outcome(await doctor.examine(f"http://rutube.ru/video/{RUTUBE_ID}/")) == expected


@pytest.mark.parametrize("link", [YOUTUBE, "http://youtu.be/dQw4w9WgXcQ?t=5", "http://youtube.com/shorts/dQw4w9WgXcQ"])
async def test_youtube_video_is_asked_of_oembed(link: str, site: Site, doctor: LinkDoctor) -> None:
    site.answers[YOUTUBE_API] = facts(title="Опыт")
    assert outcome(await doctor.examine(link)) == (LinkState.OPEN, "link.open_titled", "Опыт")


@pytest.mark.parametrize(
    ("answer", "state", "key"),
    [
        (respond(404, b"Not Found"), LinkState.NOT_FOUND, "link.not_found_youtube"),
        (respond(400, b"Bad Request"), LinkState.NOT_FOUND, "link.not_found_youtube"),
        (respond(401, b"Unauthorized"), LinkState.UNCHECKED, "link.unchecked_youtube"),
        (respond(200, b"Forbidden"), LinkState.UNCHECKED, "link.unchecked_youtube"),
    ],
)
async def test_youtube_video_that_oembed_will_not_show(
    answer: bytes, state: LinkState, key: str, site: Site, doctor: LinkDoctor
) -> None:
    site.answers[YOUTUBE_API] = answer
    assert outcome(await doctor.examine(YOUTUBE)) == (state, key, None)


async def test_google_document_that_is_not_shared_wants_a_login_and_the_login_page_is_not_visited(
    site: Site, doctor: LinkDoctor
) -> None:
    link = "http://docs.google.com/document/d/1abc/edit"
    site.answers["docs.google.com/document/d/1abc/edit"] = moved(
        "https://accounts.google.com/ServiceLogin?continue=https://docs.google.com/document/d/1abc/edit"
    )
    assert outcome(await doctor.examine(link)) == (LinkState.NEEDS_LOGIN, "link.needs_login_google", None)
    assert site.hits == 1
    site.answers["docs.google.com/document/d/1abc/edit"] = page("Паспорт проекта - Google Документы")
    assert (await doctor.examine(link)).title == "Паспорт проекта - Google Документы"


async def test_removed_mail_file_is_closed(site: Site, doctor: LinkDoctor) -> None:
    assert (await doctor.examine("http://cloud.mail.ru/public/AbCd/EfGh")).detail_key == "link.closed_mail"


async def test_closed_vk_video_is_told_though_its_page_opens(site: Site, doctor: LinkDoctor) -> None:
    body = '<title>ВКонтакте</title><div class="video_layer_message">Access denied</div>'.encode()
    site.answers["vk.com/video-1_2"] = respond(200, body, content_type="text/html; charset=utf-8")
    assert outcome(await doctor.examine("http://vk.com/video-1_2")) == (
        LinkState.CLOSED,
        "link.closed_vk",
        None,
    )
    site.answers["vk.com/video-1_2"] = page("Видео")
    assert (await doctor.examine("http://vk.com/video-1_2")).state is LinkState.OPEN


async def test_vk_challenge_for_machines_says_nothing_of_the_video(site: Site, doctor: LinkDoctor) -> None:
    site.answers["vk.com/video-1_2"] = moved("https://vk.com/429.html?r=x")
    assert (await doctor.examine("http://vk.com/video-1_2")).state is LinkState.UNCHECKED


async def test_redirects_among_the_hosts_of_one_site_are_followed(site: Site, doctor: LinkDoctor) -> None:
    site.answers[YANDEX_API] = facts(404)
    site.answers["yadi.sk/d/abc"] = moved("http://disk.yandex.com/d/abc")
    site.answers["disk.yandex.com/d/abc"] = page("Файл")
    assert (await doctor.examine("http://yadi.sk/d/abc")).title == "Файл"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (401, LinkState.NEEDS_LOGIN),
        (403, LinkState.NEEDS_LOGIN),
        (404, LinkState.NOT_FOUND),
        (410, LinkState.NOT_FOUND),
        (416, LinkState.OPEN),
        (304, LinkState.UNCHECKED),
    ],
)
async def test_ordinary_page_is_read_by_its_status(
    status: int, state: LinkState, site: Site, doctor: LinkDoctor
) -> None:
    site.answers["school.example/work"] = respond(status)
    diagnosis = await doctor.examine("http://school.example/work")
    assert (diagnosis.state, diagnosis.status) == (state, status)


async def test_relative_redirect_to_a_login_page_with_an_address_in_its_query_wants_a_login(
    site: Site, doctor: LinkDoctor
) -> None:
    site.answers["school.example/work"] = moved("/login?next=https://school.example/work")
    assert (await doctor.examine("http://school.example/work")).state is LinkState.NEEDS_LOGIN


async def test_unreadable_redirect_is_the_sites_trouble(site: Site, doctor: LinkDoctor) -> None:
    for location in ("http://", "https://[", "http://school.example:port/", "http://-/"):
        site.answers["school.example/work"] = moved(location)
        diagnosis = await doctor.examine("http://school.example/work")
        assert diagnosis.state in {LinkState.UNCHECKED, LinkState.REFUSED}


async def test_file_that_is_no_page_is_open_after_head_alone(site: Site, doctor: LinkDoctor) -> None:
    site.answers["school.example/a.mp4"] = respond(200, b"video", content_type="video/mp4")
    assert outcome(await doctor.examine("http://school.example/a.mp4")) == (LinkState.OPEN, "link.open", None)
    assert [request.method for request in site.requests] == ["HEAD"]


async def test_hosts_of_an_event_replace_the_doctors_own(site: Site, doctor: LinkDoctor) -> None:
    site.answers["other.example/"] = page("Работа")
    elsewhere = await doctor.examine("http://other.example/")
    assert (elsewhere.state, elsewhere.host) == (LinkState.WRONG_HOST, "other.example")
    assert (await doctor.examine("http://other.example/", hosts=["Other.example"])).title == "Работа"
