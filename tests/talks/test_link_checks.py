"""What becomes of a link that was handed in: the receipt turns into the diagnosis, mending is told, none is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.links import Limits, LinkDoctor
from bot.works import Works
from storage.storage import Storage
from tests.links.site import Names, Site, SiteDoor, facts, respond
from tests.talks.chat import Chat, Person, chat_with_sandbox
from tests.talks.doctors import InClear
from tests.talks.scenes import apply_as_teacher, in_april, open_application

API = "api.scratch.mit.edu/projects/612345678"
LINK = "https://scratch.mit.edu/projects/612345678/editor"
CLOSED = (
    "Проект по ссылке закрыт: жюри его не увидит. Откройте проект на Scratch и нажмите «Поделиться», "
    "затем проверьте ещё раз. Заменить работу можно до 30 апреля, 23:59 (томское время)."
)


@dataclass
class Scene:
    """A teacher who is asked for a work, and the site that their links lead to."""

    chat: Chat
    site: Site
    nina: Person

    @property
    def receipt(self) -> str:
        """What has become of the receipt, without its first line."""
        receipts = [message for message in self.nina.all if message.text.startswith("Принято")]
        assert len(receipts) == 1
        return receipts[0].text.partition("\n")[2]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """Every name is a site of our own."""
    site = Site()
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    doctor = LinkDoctor((), gate=SiteDoor(site), resolver=Names(site), limits=Limits(connect_s=0.3, total_s=0.5))
    async with chat_with_sandbox() as chat, chat.runs(tmp_path / "bot.db", works=Works(InClear(doctor))):
        await in_april(chat)
        nina = await chat.person("Нина", "Орлова")
        await apply_as_teacher(nina)
        await nina.presses("Сдать работу")
        yield Scene(chat, site, nina)
    server.close()
    await server.wait_closed()


async def test_a_closed_link_is_mended_and_checked_again_in_place(scene: Scene) -> None:
    nina, site = scene.nina, scene.site
    site.answers[API] = facts(404, code="NotFound")
    await nina.writes(LINK)
    assert scene.receipt == CLOSED
    receipt = next(message for message in nina.all if message.text.startswith("Принято"))
    assert receipt.edited
    assert receipt.keyboard == "[Проверить ещё раз] / [Заменить работу]"
    assert nina.last.text == "1 из 3 · Как называется работа?"

    site.answers[API] = facts(title="Таблица умножения")
    await nina.presses("Проверить ещё раз")
    assert scene.receipt == "Ссылка открывается: «Таблица умножения» ✓\nРабота у организатора."
    assert nina.last.text == "1 из 3 · Как называется работа?"
    await nina.writes("Таблица умножения")
    nina.sees_in("2 из 3")
    await nina.presses("Меню")
    await open_application(nina, "СК-2026-0001")
    nina.sees_in("scratch.mit.edu/projects/612345678; ссылка открывается")


async def test_a_closed_link_is_replaced_by_its_own_button(scene: Scene) -> None:
    nina, site = scene.nina, scene.site
    site.answers[API] = facts(404, code="NotFound")
    await nina.writes(LINK)
    await nina.presses("Заменить работу")
    nina.sees_in("Работа к заявке СК-2026-0001, Соколова Вера.")
    await nina.attaches("doc", title="game.sb3", size=20_000)
    assert "версия 2" in nina.new[0].text


async def test_a_title_of_a_page_is_shown_inert(scene: Scene) -> None:
    scene.site.answers[API] = facts(title="@all [id1|Админ] evil.ru")
    await scene.nina.writes(LINK)
    raw = "".join(one["text"] for one in scene.nina._dialog["messages"])
    assert "@all" in scene.receipt
    assert "@all" not in raw
    assert "[id1|" not in raw


async def test_an_unchecked_link_is_kept_and_tried_again_in_silence(scene: Scene) -> None:
    nina, site, chat = scene.nina, scene.site, scene.chat
    site.answers[API] = respond(503)
    await nina.writes(LINK)
    assert scene.receipt.startswith("Ссылка пока не проверена: сайт scratch.mit.edu не ответил. Работа принята")
    before = len(nina.all)
    await chat.passes(timedelta(minutes=11))
    site.answers[API] = facts(title="Таблица умножения")
    await chat.passes(timedelta(minutes=61))
    await nina.looks()
    assert scene.receipt == "Ссылка открывается: «Таблица умножения» ✓\nРабота у организатора."
    assert len(nina.all) == before
    hits = site.hits
    await chat.passes(timedelta(hours=7))
    assert site.hits == hits


async def test_a_link_that_turns_out_closed_later_is_said_aloud(scene: Scene) -> None:
    nina, site, chat = scene.nina, scene.site, scene.chat
    site.answers[API] = respond(503)
    await nina.writes(LINK)
    site.answers[API] = facts(404, code="NotFound")
    await chat.passes(timedelta(minutes=11))
    await nina.looks()
    nina.sees_in("СК-2026-0001, версия 1", "Проект по ссылке закрыт")
    await nina.writes("Таблица умножения")
    nina.sees_in("2 из 3 · Опишите работу")


async def test_a_work_without_a_network_is_accepted_and_never_refused(scene: Scene) -> None:
    nina, site, chat = scene.nina, scene.site, scene.chat
    site.answers[API] = respond(503)
    await nina.writes(LINK)
    for _ in range(5):
        await chat.passes(timedelta(hours=7))
    assert chat.app is not None
    async with chat.app.database.transaction() as connection:
        work = await Storage(connection).works.current(1)
    assert work is not None
    assert work.check_state == "unchecked"
    await nina.looks()
    assert scene.receipt.startswith("Ссылка пока не проверена")


async def test_a_person_has_ten_checks_an_hour(scene: Scene) -> None:
    nina, site, chat = scene.nina, scene.site, scene.chat
    site.answers[API] = facts(404, code="NotFound")
    await nina.writes(LINK)
    for _ in range(9):
        await nina.presses("Проверить ещё раз")
    hits = site.hits
    await nina.presses("Проверить ещё раз")
    nina.sees_in("За час я проверил уже 10 ваших ссылок.")
    assert site.hits == hits
    await chat.passes(timedelta(hours=1))
    site.answers[API] = facts(title="Таблица умножения")
    await nina.presses("Проверить ещё раз")
    assert scene.receipt.startswith("Ссылка открывается")


async def test_the_diagnosis_of_a_replaced_version_does_not_disturb(scene: Scene) -> None:
    nina, site = scene.nina, scene.site
    site.answers[API] = facts(404, code="NotFound")
    await nina.writes(LINK)
    old = next(message for message in nina.all if message.text.startswith("Принято"))
    await nina.presses("Заменить работу")
    await nina.attaches("doc", title="game.sb3", size=20_000)
    await nina._act("press", {"cmid": old.cmid, "row": 0, "column": 0})
    (changed,) = [message for message in nina.all if message.cmid == old.cmid]
    assert changed.text.endswith("Её сменила версия 2.")
    await nina.writes("Таблица умножения")
    nina.sees_in("2 из 3")
