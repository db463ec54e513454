"""«Ошибка в документе»: reported with the right wording, decided once, put right everywhere under the same number."""

from __future__ import annotations

from collections.abc import Mapping

from bot.contest.consents import ConsentKind
from bot.contest.names import FullName
from bot.contest.papers.content import PaperKind
from handlers.events import event_of
from handlers.organizer.papers.correcting import outlook
from handlers.organizer.papers.gathering import gather, gather_some
from handlers.participant.applying.filled import keep_name
from tests.talks.chat import Chat
from tests.talks.register_scene import TOOK_PART, WINNER, Papers, desk_on, published
from tests.talks.test_papers_own import goes

MANGLED = "Соколова Вероника Ильинична"


async def noted(made: Papers) -> list[Mapping[str, object]]:
    """What the audit log keeps of corrections: no name."""
    async with made.storage() as storage:
        return [one.detail for one in await storage.audit.tail(9) if one.action == "correct_paper"]


async def test_a_mistake_is_put_right_everywhere_and_the_new_paper_comes_at_once(chat: Chat) -> None:
    made = await published(chat, {"Соколова Вера Ильинична": WINNER, "Белов Артём": TOOK_PART})
    nina, olga, irina = made.teacher, made.organizer, await made.person("Ирина", "Светлова")
    await made.organizes(irina)
    diploma, _, letter = await made.papers()
    await nina.writes("мои документы")
    await nina.presses("Диплом · Соколова Вера")
    await nina.presses("Ошибка в документе")
    nina.sees(
        f"Документ {diploma.number}, диплом. Что в нём неверно?",
        "[Имя] [Класс] / [Школа] [Руководитель] / [Другое] / [Назад] [Отмена]",
    )
    await nina.presses("Имя")
    nina.sees("Как правильно? Напишите фамилию, имя и отчество полностью.\nСейчас: Соколова Вера Ильинична")
    await nina.writes("соколова вера ильинична")
    nina.sees("В документе так и написано: Соколова Вера Ильинична. Напишите, как правильно.")
    await nina.writes("соколова вероника ильинична")
    nina.sees(
        f"Проверьте исправление в документе {diploma.number}.\nИмя сейчас: Соколова Вера Ильинична\n"
        f"Должно быть: {MANGLED}",
        "[Отправить] [Исправить] / [Назад] [Отмена]",
    )
    await nina.presses("Отправить")
    nina.sees_in("Передал организаторам")
    await goes(made, nina, f"mistake:{diploma.id}")
    await nina.presses("Имя")
    await nina.writes(MANGLED)
    await nina.presses("Отправить")
    nina.sees(f"О такой ошибке в документе {diploma.number} организаторы уже знают: второй раз сообщать не нужно.")

    await olga.looks()
    told = f"Сообщили об ошибке в документе {diploma.number} (диплом).\nИмя сейчас: Соколова Вера Ильинична"
    assert [one.text for one in olga.all if told in one.text] == [f"{told}\nДолжно быть: {MANGLED}"]
    await olga.presses("Посмотреть и решить")
    card, picture = olga.new
    assert card.text == (
        f"Ошибка в документе {diploma.number}, диплом\nСообщает: Нина Орлова\nИмя сейчас: Соколова Вера Ильинична\n"
        f"Должно быть: {MANGLED}\n\n"
        f"Диплом № {diploma.number}\n− было: Соколова Вера Ильинична\n+ станет: {MANGLED}\n\n"
        f"Благодарственное письмо № {letter.number}\n"
        "− было: Диплом I степени: Соколова Вера, 3 класс\n+ станет: Диплом I степени: Соколова Вероника, 3 класс"
    )
    assert card.keyboard == "[Подтвердить и перевыпустить] / [Отказать] / [Все ошибки] [К мероприятию]"
    shown = (picture.text, [one["type"] for one in picture.attachments])
    assert shown == (f"Так будет выглядеть новый документ {diploma.number}.", ["photo"])
    await irina.looks()
    await irina.presses("Посмотреть и решить")

    await olga.presses("Подтвердить и перевыпустить")
    olga.sees(f"Исправлено: {diploma.number}. Заново выпускаю 2 документа и отправляю, кому они выданы.")
    await irina.presses("Подтвердить и перевыпустить")
    irina.sees(f"Документ {diploma.number} уже исправлен, решение: Ольга Лугова.", "[Все ошибки] [К мероприятию]")
    await irina.presses("Все ошибки")
    irina.sees("«Создавай со Scratch»: сообщений об ошибках в документах нет.")

    await nina.looks()
    nina.sees_in("Документ исправлен и выдан заново, номер прежний: 1 диплом, 1 благодарность.")
    assert len(nina.last.attachments) == 2
    found = {one.number: (one.version, one.reason) for one in await made.papers()}
    assert found == {
        diploma.number: (2, "исправлено: имя"), made.number(2): (1, None), letter.number: (2, "исправлено: имя"),
    }  # fmt: skip
    right = await made.application(diploma.application_id or 0)
    assert [(one.name.formal, one.id) for one in right.participants] == [(MANGLED, diploma.participant_id)]
    await nina.presses("Мои документы")
    await nina.presses("Диплом · Соколова Вероника")
    nina.sees(f"Диплом: {MANGLED}\n№ {diploma.number}\nС исправлением от {chat.clock():%d.%m.%Y}, номер прежний.")
    assert await noted(made) == [{
        "event": made.event.code, "mistake": 1, "field": "name", "papers": [diploma.number, letter.number],
    }]  # fmt: skip


async def test_a_refusal_has_its_reason_and_may_be_asked_again(chat: Chat) -> None:
    made = await published(chat, {"Соколова Вера Ильинична": WINNER})
    nina, olga = made.teacher, made.organizer
    diploma, letter = await made.papers()
    for paper, wrong, words in (
        (diploma.id, "Школа", ["лицей 7 томск", "Да"]),
        (diploma.id, "Другое", ["Награда должна быть выше"]),
        (letter.id, "Имя", ["Кедрова Зоя Леонидовна"]),
    ):
        await goes(made, nina, f"mistake:{paper}")
        await nina.presses(wrong)
        for one in words:
            await nina.writes(one)
        await nina.presses("Отправить")
        nina.sees_in("Передал организаторам")

    await olga.writes("меню")
    await olga.presses("Кабинет организатора")
    await olga.presses("Ошибки в документах")
    olga.sees(
        "Ошибки в документах\n«Создавай со Scratch»: 3 сообщения, сначала давние.",
        f"[{diploma.number} · Школа] / [{diploma.number} · Другое] / [{letter.number} · Имя] / "
        "[Выгрузить] [К мероприятию]",
    )
    await olga.presses(f"{diploma.number} · Другое")
    olga.sees_in("Исправьте данные и откройте сообщение ещё раз либо ответьте человеку.")
    await olga.presses("Ответить и закрыть")
    await olga.presses("Отмена")
    await olga.presses("Ответить и закрыть")
    await olga.writes("Баллы жюри не изменятся, протокол утверждён")
    olga.sees(f"Документ {diploma.number} остаётся как есть, ответ отправлен.")
    await nina.looks()
    nina.sees(
        f"Документ {diploma.number} оставлен без изменений.\n"
        "Ответ организатора: Баллы жюри не изменятся, протокол утверждён",
        "[Сообщить ещё раз] [Мои документы]",
    )
    await nina.presses("Сообщить ещё раз")
    nina.sees_in("Что в нём неверно?")
    await nina.presses("Отмена")
    nina.sees("Хорошо, документ остаётся как есть.", "[Мои документы] [В меню]")

    await olga.presses("Все ошибки")
    await olga.presses(f"{diploma.number} · Школа")
    olga.sees_in("Так будет выглядеть новый документ")
    card = olga.new[0].text
    assert "− было: МАОУ гимназия № 13 г. Томска\n+ станет: МАОУ лицей № 7" in card
    await olga.presses("Подтвердить и перевыпустить")
    await olga.presses("Все ошибки")
    await olga.presses(f"{letter.number} · Имя")
    await olga.presses("Подтвердить и перевыпустить")
    olga.sees_in(f"Исправлено: {letter.number}.")
    right = await made.application(diploma.application_id or 0)
    assert (right.organisation_code, right.supervisor) == ("lyceum-7-tomsk", "Кедрова Зоя Леонидовна")
    papers = [one for one in await made.papers() if one.is_valid]
    assert [(one.number, one.content.who if one.content else "") for one in papers] == [
        (diploma.number, "обучающаяся 3 класса"), (letter.number, "Кедрова Зоя Леонидовна"),
    ]  # fmt: skip
    assert not await made.issue_fresh()

    async with made.storage() as storage:
        mistake = (await storage.paper_mistakes.of_paper(diploma.id))[0]
    for route in (f"paper_mistake:{mistake.id}", f"mistake_yes:{mistake.id}", f"mistake_no:{mistake.id}",
                  f"paper_mistakes:{made.event.code}", "paper_mistake:999"):  # fmt: skip
        await goes(made, nina, route)
        nina.sees("Это действие вам недоступно.")


async def test_whose_consent_is_taken_back_is_not_named_to_the_organizer(chat: Chat) -> None:
    made = await published(chat, {"Соколова Вера Ильинична": WINNER})
    nina, olga, (diploma, _) = made.teacher, made.organizer, await made.papers()
    await goes(made, nina, f"mistake:{diploma.id}")
    await nina.presses("Класс")
    await nina.writes("двадцатый")
    nina.sees_in("Напишите")
    await nina.writes("4б")
    await nina.presses("Отправить")
    async with made.storage() as storage:
        await storage.consents.record(
            diploma.application_id or 0, ConsentKind.PROCESSING, version=1, text_hash="0" * 64, decision="withdrawn",
            channel="chat", person_id=nina.id, at=chat.clock(),
        )  # fmt: skip
    await olga.looks()
    await olga.presses("Посмотреть и решить")
    olga.sees(
        f"Ошибка в документе {diploma.number}\nСогласие на обработку данных участника больше не действует, поэтому имя "
        "не показываю и документ не перевыпускаю.",
        "[Отказать] / [Все ошибки] [К мероприятию]",
    )
    await goes(made, olga, "mistake_yes:1")
    olga.sees_in("больше не действует")
    assert [one.version for one in await made.papers()] == [1, 1]
    await goes(made, nina, f"mistake:{diploma.id}")
    nina.sees("Такого документа у вас нет.")


async def test_what_a_correction_reads_is_what_the_whole_event_says_of_the_same_people(chat: Chat) -> None:
    made = await published(chat, {"Соколова Вера Ильинична": WINNER, "Белов Артём": TOOK_PART})
    other = await made.applies(made.teacher, "Громов Лев Ильич", supervisor="Лаптев Егор Ильич")
    diploma, *_ = await made.papers()
    async with made.storage() as storage:
        desk = desk_on(chat, storage)
        running = await event_of(desk, made.event.code)
        assert running is not None
        whole = await gather(desk, running)
        ids = {diploma.application_id or 0, other.id}
        some = await gather_some(desk, running, ids, jurors=True)
        assert some.entries == tuple(one for one in whole.entries if one.application_id in ids)
        assert (len(some.entries), some.jurors, some.setting) == (2, whole.jurors, whole.setting)
        kept = await storage.paper_mistakes.report(
            diploma.id, subject=f"participant:{diploma.participant_id}", field="name", was="", wanted=MANGLED,
            answer={"participant": diploma.participant_id, "value": keep_name(FullName(*MANGLED.split()))},
            person_id=made.teacher.id, at=chat.clock(),
        )  # fmt: skip
        mistake = await storage.paper_mistakes.get(kept or 0)
        assert mistake is not None
        seen = await outlook(desk, running, mistake)
    assert seen is not None
    assert [paper.kind for paper, _ in seen.issued] == [PaperKind.DIPLOMA, PaperKind.THANKS]
