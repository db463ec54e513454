"""A protocol put right after the documents were issued: the documents follow, and everybody hears once."""

from __future__ import annotations

from bot.contest.applications import ApplicationState
from bot.contest.awards import OutcomeKind
from tests.talks.chat import Chat
from tests.talks.organizer_scene import JUDGING, Scene, scene
from tests.talks.papers_scene import PAUSE
from tests.talks.test_organizer_results import approved, judged
from tests.talks.test_organizer_rights import presses_sealed
from tests.talks.test_protocols_corrected import corrects

FOLLOWS = (
    "Будет новая версия протокола, прежняя останется. Итоги уже опубликованы: напишу тем, у кого изменились награда "
    "или место, и сделаю новый список для стены."
)

CORRECTED = (
    "Итоги уточнены: «Создавай со Scratch»\n{}\n"
    "Новые документы по протоколу № СК-2026/2: {}. Предыдущие файлы больше не нужны."
)
WHY = "Причина: чужая работа"


async def papers_of(made: Scene) -> list[tuple[str, str, int, str]]:
    """The register: state, what stands on a paper, its version and the protocol's number."""
    async with made.storage() as storage:
        found = await storage.papers.of_event(made.event.code)
    return [
        (one.state, f"{one.content.name}: {one.content.award}", one.version, one.protocol.split()[3])
        for one in found
        if one.content and one.application_id
    ]


GONE = (
    "Создавай со Scratch\nДиплом № {} больше не действует: изменились итоги или состав. "
    "Проверка по номеру покажет, что документ отозван."
)


async def test_after_a_disqualification_protocol_balance_and_documents_agree_and_everybody_hears_once(
    chat: Chat,
) -> None:
    made, nina, oleg, egor, works = await judged(chat)
    await approved(made)
    olga, code = made.organizer, made.event.code
    await olga.presses("Публикация итогов")
    await olga.presses("Опубликовать")
    await presses_sealed(made, olga, f"papers_issue:{code}")
    await olga.presses("Выдать и отправить")
    await chat.passes(PAUSE)
    assert await papers_of(made) == [
        ("valid", "Соколова Вера: II степени", 1, "СК-2026/1"),
        ("valid", "Ветрова Анна: I степени", 1, "СК-2026/1"),
        ("valid", "Белов Артём: III степени", 1, "СК-2026/1"),
    ]
    heard = {}
    for person in (nina, oleg, egor):
        await person.looks()
        heard[person.id] = len(person.all)

    await presses_sealed(made, olga, f"protocols:{code}")
    await corrects(olga, "Итог или награду", "Ветрова", "Дисквалифицировать", reason="чужая работа")
    vera, anna, artyom = (
        f"{name} ({work.number})"
        for name, work in zip(("Соколова Вера", "Ветрова Анна", "Белов Артём"), works[:3], strict=True)
    )
    olga.sees(
        "Было → станет\n"
        f"• {vera}, место: 2 → 1\n• {vera}: Диплом II степени → Диплом I степени\n"
        f"• {artyom}, место: 3 → 2\n• {artyom}: Диплом III степени → Диплом II степени\n"
        f"• {anna}, место: 1 → —\n• {anna}: Диплом I степени → дисквалифицирован(а)\n"
        f"Причина: чужая работа\n{FOLLOWS}\n"
        "Выданные документы: заменить 2, номер прежний, отозвать 1.",
        "[Исправить и заменить документы] / [Исправить, документы не менять] / [Не исправлять] / [Назад] [Отмена]",
    )
    await olga.presses("Исправить и заменить документы")
    assert olga.new[0].text == (
        "Протокол исправлен: действует № СК-2026/2. Новый итог сообщу 2 людям. "
        "Документы заменю и пришлю в том же сообщении."
    )
    await chat.passes(PAUSE)
    assert await papers_of(made) == [
        ("valid", "Соколова Вера: I степени", 2, "СК-2026/2"),
        ("withdrawn", "Ветрова Анна: I степени", 1, "СК-2026/1"),
        ("valid", "Белов Артём: II степени", 2, "СК-2026/2"),
    ]
    async with made.storage() as storage:
        (gone,) = [one.number for one in await storage.papers.of_event(code) if not one.is_valid]
    news = {}
    for person in (nina, oleg, egor):
        await person.looks()
        news[person.id] = [message.text for message in person.all[heard[person.id] :]]
    assert news == {
        nina.id: [
            f"Заявка {works[1].number} на «Создавай со Scratch» (Ветрова Анна) дисквалифицирована.\n" + WHY,
            GONE.format(gone),
            CORRECTED.format("Соколова Вера, 3 класс: Диплом I степени", "1 диплом, 1 благодарность"),
        ],
        oleg.id: [CORRECTED.format("Белов Артём, 4 класс: Диплом II степени", "1 диплом")],
        egor.id: [],
    }
    assert (await made.application(works[1].id)).state is ApplicationState.DISQUALIFIED
    async with made.storage() as storage:
        last = await storage.protocols.snapshot(code, 2)
        assert await storage.protocols.is_sound(code)
    assert last is not None
    assert last.facts.balance == (
        ("Диплом I степени", 1), ("Диплом II степени", 1),
        (OutcomeKind.NOT_SUBMITTED.label, 1), (OutcomeKind.DISQUALIFIED.label, 1),
    )  # fmt: skip

    await presses_sealed(made, olga, f"protocols:{code}")
    await corrects(olga, "Итог или награду", "Артём", "Диплом III степени", reason="ошибка в списке")
    await olga.presses("Исправить, документы не менять")
    assert "Документы пока прежние: замените их на странице «Документы»." in olga.new[0].text
    assert "[Документы]" in olga.new[0].keyboard
    await chat.passes(PAUSE)
    await oleg.looks()
    assert oleg.last.text.endswith("Основание: протокол № СК-2026/3. Если есть вопрос, нажмите «Помощь».")
    assert (await papers_of(made))[2] == ("valid", "Белов Артём: II степени", 2, "СК-2026/2")


async def test_a_name_put_right_comes_into_the_next_version_of_the_protocol(chat: Chat) -> None:
    made, _, _, _, works = await judged(chat)
    await approved(made)
    olga = made.organizer
    async with made.storage() as storage:
        (person,) = works[0].participants
        assert person.id is not None
        await storage.applications.put_right(person.id, person.name.__class__("Соколова", "Вероника"), person.grade)
    await presses_sealed(made, olga, f"protocols:{made.event.code}")
    await corrects(olga, "Имена и состав", reason="опечатка в заявке")
    olga.sees_in(f"Было → станет\n• {works[0].number}: Соколова Вера → Соколова Вероника\nПричина: опечатка в заявке")
    await olga.presses("Исправить")
    async with made.storage() as storage:
        last = await storage.protocols.snapshot(made.event.code, 2)
        first = await storage.protocols.snapshot(made.event.code, 1)
    assert last is not None
    assert first is not None
    assert "Соколова Вероника" in last.words.values()
    assert "Соколова Вера" in first.words.values()


async def test_the_sheets_of_a_juror_who_has_left_keep_the_name(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina = await made.person("Нина", "Орлова")
    work = await made.applies(nina, "Соколова Вера")
    await made.hands_in(work)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.scores(egor, {work.id: 30})
    async with made.storage() as storage:
        await storage.jury.leave(egor.id, made.event.code)
    await presses_sealed(made, made.organizer, f"protocol_jurors:{made.event.code}/0")
    made.organizer.sees("Чей оценочный лист?", "[Лаптев Егор Ильич] / [К протоколу]")
    async with made.storage() as storage:
        await storage.forgetting.person(egor.id, at=chat.clock())
    await presses_sealed(made, made.organizer, f"protocol_jurors:{made.event.code}/0")
    made.organizer.sees("Чей оценочный лист?", f"[Эксперт № {egor.id}] / [К протоколу]")
