"""Scoring by tapping: a card a work, a criterion after another, everything kept at once."""

from __future__ import annotations

from decimal import Decimal

from bot.contest.event import Event, UnitKind
from bot.contest.scoring import mean_of_jury
from handlers.jury.points import scale_of
from tests.talks.chat import Chat
from tests.talks.jury_scene import JuryScene, judging

FIVE = "[0] [1] [2] / [3] [4] [5]"
WAYS = "[‹ назад] [Пропустить] / [Конфликт интересов] [Спросить автора]"
FULL = ("2", "4", "5", "3", "8", "9", "5")


def header(number: int, title: str, surname: str, of: int = 3) -> str:
    return (
        f"Работа {number} из {of} · 3–4 классы · «Обучающая игра»\n"
        f"«{title}» · scratch.mit.edu/projects/61234567{number - 1}\n"
        f"{surname} Вера Ильинична, 3Б класс · МАОУ гимназия № 13 г. Томска\n"
        "Описание: Игра про счёт.\n"
        "Ремикс: нет\n"
    )


FIRST = header(1, "Таблица умножения", "Соколова")
SECOND = header(2, "Чистая река", "Ветрова")
THIRD = header(3, "Колобок", "Белова")


async def begin(chat: Chat, **more: object) -> JuryScene:
    scene = await judging(chat, **more)  # type: ignore[arg-type]
    await scene.juror.writes("меню")
    await scene.juror.presses("Оценивание")
    await scene.juror.presses("Оценивать")
    return scene


async def test_a_whole_sheet_is_scored_by_tapping_on_one_card_edited_in_place(chat: Chat) -> None:
    scene = await begin(chat)
    egor = scene.juror
    card = egor.last.cmid
    egor.sees(f"{FIRST}\nСоответствие номинации (0–2)", f"[0] [1] [2] / {WAYS}")
    assert egor.last.bold == ("Работа 1 из 3", "Соответствие номинации")

    await egor.presses("2")
    egor.sees(f"{FIRST}\nСоответствие номинации 2\nОригинальность (0–5)", f"{FIVE} / {WAYS}")
    assert (egor.last.cmid, egor.last.edited) == (card, True)

    await egor.presses("4")
    egor.sees(
        f"{FIRST}\nСоответствие номинации 2 · Оригинальность 4\nТворческий подход (0–5)",
        f"{FIVE} / {WAYS}",
    )
    await egor.presses("5")
    await egor.presses("3")
    assert egor.last.text.endswith("Сложность 3\nИнтерфейс, дизайн, навигация (0–8)")
    assert egor.last.keyboard == "[0] [1] [2] [3] [4] / [5] [6] [7] [8] / [Другое…]"
    await egor.presses("8")
    assert egor.last.text.endswith("Качество алгоритма (0–10)\nБалл можно и написать числом.")
    assert egor.last.keyboard == "[0] [1] [2] / [3] [4] [5] / [6–10 ›] / [‹ назад] [Другое…]"
    await egor.presses("6–10 ›")
    assert egor.last.keyboard == "[6] [7] [8] [9] [10] / [‹ 0–5] / [‹ назад] [Другое…]"
    await egor.presses("9")
    await egor.presses("5")
    egor.sees(
        f"{FIRST}\n"
        "Соответствие номинации — 2 из 2\n"
        "Оригинальность — 4 из 5\n"
        "Творческий подход — 5 из 5\n"
        "Сложность — 3 из 5\n"
        "Интерфейс, дизайн, навигация — 8 из 8\n"
        "Качество алгоритма — 9 из 10\n"
        "Отсутствие ошибок — 5 из 5\n"
        "Итого 36 из 40",
        "[Сохранить] / [Комментарий] [Изменить] / [Спросить автора]",
    )
    assert egor.last.cmid == card

    await egor.presses("Сохранить")
    receipt, following = egor.all[-2:]
    assert (receipt.cmid, receipt.text) == (
        card,
        "✓ Работа 1, «Таблица умножения»: 36 из 40. Сохранено, 1 из 3.",
    )
    assert receipt.keyboard == "[Изменить]"
    assert following.text == f"{SECOND}\nСоответствие номинации (0–2)"
    assert egor.popups[-1] == "Сохранено, 1 из 3"
    assert await scene.points(1) == {
        "nomination-fit": "2",
        "originality": "4",
        "creativity": "5",
        "complexity": "3",
        "design": "8",
        "algorithm": "9",
        "no-errors": "5",
    }
    assert await scene.contacts_shown(egor) == []


async def test_all_works_done_is_said_and_the_list_shows_them(chat: Chat) -> None:
    scene = await begin(chat, works=2)
    egor = scene.juror
    for _ in range(2):
        await scene.scores_all(egor, *FULL)
        await egor.presses("Сохранить")
    egor.sees(
        "«Создавай со Scratch»: вы оценили все работы, 2 из 2. Спасибо!\n"
        "До утверждения протокола баллы можно менять: откройте список.",
        "[Список] [В меню]",
    )
    await egor.presses("Список")
    egor.sees(
        "Работы: «Создавай со Scratch»\n"
        "Оценено 2 из 2, всё готово. Спасибо! Чтобы открыть работу, нажмите её номер.\n\n"
        "1. «Таблица умножения» ✓ 36/40\n"
        "2. «Чистая река» ✓ 36/40",
        "[1] [2] / [К событию]",
    )
    await egor.presses("2")
    assert egor.last.text.endswith("Итого 36 из 40")
    assert egor.last.keyboard == "[Сохранить] / [Комментарий] [Изменить] / [Спросить автора] [Список]"


async def test_back_leads_to_the_criterion_before_and_its_points_may_be_changed(chat: Chat) -> None:
    scene = await begin(chat)
    egor = scene.juror
    await egor.presses("2")
    await egor.presses("‹ назад")
    egor.sees(f"{FIRST}\nСоответствие номинации (0–2, сейчас 2)", f"[0] [1] [2] / {WAYS}")
    await egor.presses("1")
    egor.sees(f"{FIRST}\nСоответствие номинации 1\nОригинальность (0–5)")
    assert await scene.points(1) == {"nomination-fit": "1"}
    await egor.presses("‹ назад")
    await egor.presses("‹ назад")
    egor.sees_in("Оценивание: «Создавай со Scratch»", "Оценено 0 из 3.")
    await egor.presses("Оценивать")
    egor.sees(f"{FIRST}\nСоответствие номинации 1\nОригинальность (0–5)")


async def test_the_buttons_that_do_not_fit_beside_a_long_scale_are_one_tap_away(chat: Chat) -> None:
    scene = await begin(chat)
    egor = scene.juror
    await scene.scores_all(egor, "2", "4", "5", "3")
    card = egor.last
    await egor.presses("Другое…")
    egor.sees(card.text, "[Пропустить] [Конфликт интересов] / [Спросить автора] / [‹ назад] [К баллам]")
    await egor.presses("К баллам")
    egor.sees(card.text, card.keyboard)
    await egor.presses("Другое…")
    await egor.presses("‹ назад")
    egor.sees_in("Сложность (0–5, сейчас 3)")


async def test_a_skipped_work_comes_back_when_the_others_are_done(chat: Chat) -> None:
    scene = await begin(chat)
    egor = scene.juror
    card = egor.last.cmid
    await egor.presses("1")
    await egor.presses("Пропустить")
    egor.sees(f"{SECOND}\nСоответствие номинации (0–2)")
    assert egor.last.cmid == card
    await scene.scores_all(egor, *FULL)
    await egor.presses("Сохранить")
    egor.sees(f"{THIRD}\nСоответствие номинации (0–2)")
    await scene.scores_all(egor, *FULL)
    await egor.presses("Сохранить")
    egor.sees(f"{FIRST}\nСоответствие номинации 1\nОригинальность (0–5)")
    await egor.presses("Пропустить")
    egor.sees(f"{FIRST}\nСоответствие номинации 1\nОригинальность (0–5)")
    assert egor.popups[-1] == "Это последняя неоценённая работа"


async def test_a_comment_is_a_small_talk_that_leads_back_to_the_card(chat: Chat) -> None:
    scene = await begin(chat)
    egor = scene.juror
    await scene.scores_all(egor, *FULL)
    await egor.presses("Комментарий")
    egor.sees("Напишите комментарий к работе. Его увидят организаторы.")
    await egor.attaches("sticker")
    egor.sees_in("Стикер красивый, но здесь нужны слова.\n\nКомментарий нужен словами.")
    await egor.writes("Хорошая идея, [id1|жмите]")
    assert egor.last.text.endswith("Итого 36 из 40\nКомментарий: Хорошая идея, [id1|жмите]")
    async with scene.storage() as storage:
        cards = await storage.jury.cards(scene.event.code, egor.id)
    assert cards[0].assignment.comment == "Хорошая идея, [id1|жмите]"

    await egor.presses("Комментарий")
    await egor.writes("отмена")
    assert egor.last.text.endswith("Комментарий: Хорошая идея, [id1|жмите]")
    await egor.presses("Комментарий")
    await egor.presses("Убрать комментарий")
    assert egor.last.text.endswith("Итого 36 из 40")
    await egor.presses("Сохранить")
    egor.sees_in("Работа 2 из 3")


async def test_a_saved_sheet_may_be_changed_and_the_old_points_stay_in_the_audit(chat: Chat) -> None:
    scene = await begin(chat)
    egor = scene.juror
    await scene.scores_all(egor, *FULL)
    await egor.presses("Сохранить")
    receipt = egor.all[-2].cmid
    await egor.presses("Изменить", cmid=receipt)
    changing = next(message for message in egor.all if message.cmid == receipt)
    assert changing.text == f"{FIRST}\nКакой критерий изменить?"
    assert changing.keyboard == (
        "[Соответствие номинации: 2] [Оригинальность: 4] / [Творческий подход: 5] [Сложность: 3] / "
        "[Интерфейс, дизайн, навигация: 8] [Качество алгоритма: 9] / [Отсутствие ошибок: 5] / [‹ К итогу]"
    )
    await egor.presses("Оригинальность: 4", cmid=receipt)
    await egor.presses("5", cmid=receipt)
    changed = next(message for message in egor.all if message.cmid == receipt)
    assert changed.text.endswith("Итого 37 из 40")
    assert changed.keyboard == "[Сохранить] / [Комментарий] [Изменить] / [Спросить автора] [Список]"
    assert (await scene.audit("jury.score"))[-1] == {"criterion": "originality", "old": "4", "new": "5"}
    await egor.presses("Сохранить", cmid=receipt)
    assert egor.popups[-1] == "Сохранено, 1 из 3"
    assert next(message for message in egor.all if message.cmid == receipt).text == (
        "✓ Работа 1, «Таблица умножения»: 37 из 40. Сохранено, 1 из 3."
    )


async def test_points_may_be_typed_and_what_is_not_on_the_scale_is_refused_with_the_card_again(chat: Chat) -> None:
    scene = await begin(chat)
    egor = scene.juror
    for wrong, why in (
        ("11", "«Соответствие номинации»: можно от 0 до 2. Поставьте, пожалуйста, другой балл."),
        ("четыре", "«Соответствие номинации»: нужно число от 0 до 2, например: 2."),
        ("-1", "«Соответствие номинации»: нужно число от 0 до 2, например: 2."),
        ("1,5", "«Соответствие номинации»: баллы ставятся с шагом 1. Поставьте, пожалуйста, другой балл."),
        ("5", "«Соответствие номинации»: можно от 0 до 2. Поставьте, пожалуйста, другой балл."),
    ):
        await egor.writes(wrong)
        assert [message.text for message in egor.new] == [why, f"{FIRST}\nСоответствие номинации (0–2)"]
    await egor.attaches("sticker")
    assert egor.new[0].text == "«Соответствие номинации»: нужно число от 0 до 2, например: 2."
    assert await scene.points(1) == {}
    await egor.writes("2")
    egor.sees(f"{FIRST}\nСоответствие номинации 2\nОригинальность (0–5)", f"{FIVE} / {WAYS}")
    assert not egor.last.edited
    await egor.writes("пропустить")
    egor.sees_in("Работа 2 из 3")
    assert await scene.points(1) == {"nomination-fit": "2"}


async def test_points_by_halves_are_shown_and_read_with_a_comma(chat: Chat) -> None:
    def by_halves(event: Event) -> Event:
        first = event.criteria[0].model_copy(update={"step": Decimal("0.5")})
        return event.model_copy(update={"criteria": (first, *event.criteria[1:])})

    scene = await begin(chat, changed=by_halves)
    egor = scene.juror
    egor.sees(f"{FIRST}\nСоответствие номинации (0–2, шаг 0,5)", f"[0] [0,5] [1] [1,5] [2] / {WAYS}")
    await egor.presses("1,5")
    egor.sees_in("Соответствие номинации 1,5\nОригинальность (0–5)")
    await egor.presses("‹ назад")
    await egor.writes("0,7")
    assert egor.new[0].text.startswith("«Соответствие номинации»: баллы ставятся с шагом 0,5.")
    await egor.writes("0,5")
    assert await scene.points(1) == {"nomination-fit": "0.5"}


async def test_the_meaning_of_levels_stands_on_the_card(chat: Chat) -> None:
    def with_levels(event: Event) -> Event:
        levels = ({"points": Decimal(0), "means": "не о том"}, {"points": Decimal(2), "means": "точно о том"})
        values = event.criteria[0].model_dump() | {"levels": levels, "description": "О том ли работа."}
        first = type(event.criteria[0]).model_validate(values)
        return event.model_copy(update={"criteria": (first, *event.criteria[1:])})

    scene = await begin(chat, changed=with_levels)
    scene.juror.sees(
        f"{FIRST}\nСоответствие номинации (0–2)\nО том ли работа.\n0 — не о том\n2 — точно о том",
        f"[0] [1] [2] / {WAYS}",
    )


async def test_a_file_stays_on_its_card_from_criterion_to_criterion(chat: Chat) -> None:
    scene = await judging(chat, file=True, works=1)
    egor, mokhova = scene.juror, scene.teacher
    await mokhova.attaches("doc", title="game.sb3", size=20_000)
    written = await chat.control(f"people/{mokhova.id}/dialog")
    sent = next(one for one in written["messages"] if one["attachments"])["attachments"][0]["doc"]
    assert chat.app is not None
    async with scene.storage() as storage:
        name = f"doc{sent['owner_id']}_{sent['id']}_{sent['access_key']}"
        await storage.works.add_version(
            scene.applications[0].id,
            "file",
            said_at=chat.clock(),
            received_at=chat.clock(),
            file_name="game.sb3",
            attachment=name,
        )
    await egor.writes("меню")
    await egor.presses("Оценивание")
    await egor.presses("Оценивать")
    assert egor.last.text.splitlines()[1] == "«Таблица умножения» · файл game.sb3"
    assert [thing["type"] for thing in egor.last.attachments] == ["doc"]
    card = egor.last.cmid
    await egor.presses("2")
    assert egor.last.cmid == card
    assert [thing["type"] for thing in egor.last.attachments] == ["doc"]


async def test_a_blind_juror_sees_neither_names_nor_school_nor_the_name_of_the_file(chat: Chat) -> None:
    def blind(event: Event) -> Event:
        assert event.jury is not None
        return event.model_copy(update={"jury": event.jury.model_copy(update={"blind": True})})

    scene = await begin(chat, changed=blind)
    scene.juror.sees(
        "Работа 1 из 3 · 3–4 классы · «Обучающая игра»\n"
        "«Таблица умножения» · scratch.mit.edu/projects/612345670\n"
        "Описание: Игра про счёт.\n"
        "Ремикс: нет\n\n"
        "Соответствие номинации (0–2)"
    )


async def test_the_mean_of_the_jury_counts_the_sheets_that_were_tapped(chat: Chat) -> None:
    scene = await begin(chat, works=1)
    vera = await chat.person("Вера", "Кольцова")
    await vera.starts()
    await scene.seat(vera)
    await scene.assign(vera)
    for juror, first in ((scene.juror, "2"), (vera, "1")):
        await juror.writes("меню")
        await juror.presses("Оценивание")
        await juror.presses("Оценивать")
        await scene.scores_all(juror, first, *FULL[1:])
        await juror.presses("Сохранить")
    async with scene.storage() as storage:
        sheets = await storage.jury.sheets(scene.event.code)
    scales = [scale_of(criterion) for criterion in scene.event.criteria_for(None, None, UnitKind.PERSON)]
    assert mean_of_jury(sheets[scene.applications[0].id], scales) == Decimal("35.50")
