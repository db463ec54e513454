"""A protocol put right: one named change with its reason, shown before and after; the version before it stays."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.awards import OutcomeKind
from bot.contest.deadlines import Longer
from storage.application_rows import Application
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import Scene
from tests.talks.test_jury_limits import CLOSED
from tests.talks.test_organizer_results import approved, judged
from tests.talks.test_organizer_rights import NOT_AVAILABLE, presses_sealed
from tests.talks.test_protocols import opens_protocols, when

STANDS = "Протокол утверждён, теперь это не меняется."
FOLLOWS = "Будет новая версия протокола, прежняя останется."
PUBLISHED = (
    f"{FOLLOWS} Итоги уже опубликованы: напишу тем, у кого изменились награда или место, "
    "и сделаю новый список для стены."
)


async def corrects(olga: Person, *answers: str, reason: str = "техническая апелляция") -> None:
    """Answer the questions of a correction up to «Было → станет»."""
    await olga.presses("Исправить протокол")
    for answer in answers:
        await (olga.presses if f"[{answer}]" in str(olga.last.keyboard) else olga.writes)(answer)
    await olga.writes(reason)


async def test_points_put_right_move_the_places_and_only_those_concerned_hear_once(chat: Chat) -> None:
    made, nina, oleg, egor, works = await judged(chat)
    await approved(made)
    olga = made.organizer
    await olga.presses("Публикация итогов")
    await olga.presses("Опубликовать")
    await chat.passes(timedelta(days=2))
    await opens_protocols(made)
    await olga.presses("Исправить протокол")
    olga.sees(
        "Что исправить в протоколе? «Имена и состав» — взять их из заявок, как там теперь.",
        "[Итог или награду] [Место] / [Баллы жюри] [Номинацию жюри] / [Кто подпишет] [Имена и состав] / "
        "[Назад] [Отмена]",
    )
    await olga.presses("Баллы жюри")
    await olga.writes("Соколова")
    olga.sees("Чьи баллы исправить?", "[Лаптев Егор Ильич] / [Назад] [Отмена]")
    await olga.presses("Лаптев Егор Ильич")
    olga.sees(
        f"{works[0].number}, Соколова Вера, 3 класс. Баллы: Лаптев Егор Ильич\n"
        "• Соответствие номинации (0–2), сейчас: 2\n"
        "• Оригинальность (0–5), сейчас: 5\n"
        "• Творческий подход (0–5), сейчас: 5\n"
        "• Сложность (0–5), сейчас: 5\n"
        "• Интерфейс, дизайн, навигация (0–8), сейчас: 8\n"
        "• Качество алгоритма (0–10), сейчас: 6\n"
        "• Отсутствие ошибок (0–5), сейчас: 0\n"
        "Напишите 7 баллов по порядку, через пробел. Места пересчитаю.",
        "[Назад] [Отмена]",
    )
    await olga.writes("2 5 5")
    olga.sees("Нужно баллов: 7, по порядку, через пробел. Например: 5 4 3,5")
    await olga.writes("2 5 5 5 8 11 5")
    olga.sees("«Качество алгоритма»: можно от 0 до 10. Поставьте, пожалуйста, другой балл.")
    await olga.writes("2 5 5 5 8 10 5")
    await olga.writes("член жюри не увидел второй уровень")
    vera, anna = f"Соколова Вера ({works[0].number})", f"Ветрова Анна ({works[1].number})"
    olga.sees(
        "Было → станет\n"
        f"• {vera}, Лаптев Егор Ильич: 31 → 40\n"
        f"• {vera}, результат: 31 → 40\n"
        f"• {vera}, место: 2 → 1\n"
        f"• {vera}: Диплом II степени → Диплом I степени\n"
        f"• {anna}, место: 1 → 2\n"
        f"• {anna}: Диплом I степени → Диплом II степени\n"
        f"Причина: член жюри не увидел второй уровень\n{PUBLISHED}",
        "[Исправить] / [Не исправлять] / [Назад] [Отмена]",
    )
    async with made.storage() as storage:
        assert (await storage.outcomes.of_event(made.event.code))[works[0].id].result.place == 2
    await olga.presses("Исправить")
    said, wall = olga.new
    assert said.text == "Протокол исправлен: действует № СК-2026/2. Новый итог сообщу 1 человеку."
    assert wall.text == (
        "II открытый конкурс «Создавай со Scratch»: итоги\n\n"
        "Диплом I степени:\n• Соколова Вера, 3 класс, МАОУ гимназия № 13 г. Томска, «Обучающая игра»\n\n"
        "Диплом II степени:\n• участник № 2, 3 класс, «Обучающая игра»\n\n"
        "Диплом III степени:\n• Белов Артём, 4 класс, МАОУ гимназия № 13 г. Томска, «Обучающая игра»\n\n"
        "Поздравляем!"
    )
    await chat.settled()
    await nina.looks()
    (letter,) = [message for message in nina.all if message.text.startswith("Итоги уточнены")]
    assert letter.text == (
        "Итоги уточнены: «Создавай со Scratch»\n"
        "Соколова Вера, 3 класс: Диплом I степени\n"
        "Ветрова Анна, 3 класс: Диплом II степени\n"
        "Основание: протокол № СК-2026/2. Если есть вопрос, нажмите «Помощь»."
    )
    for person in (oleg, egor):
        await person.looks()
        assert not any("уточнены" in message.text for message in person.all)
    await opens_protocols(made)
    first, second = await when(made, 1), await when(made, 2)
    olga.sees(
        "Протоколы жюри: «Создавай со Scratch»\n"
        f"• № СК-2026/1 от {first}, заменён версией 2\n"
        f"• № СК-2026/2 от {second} (исправление: член жюри не увидел второй уровень)",
        "[Протокол № СК-2026/2] / [Протокол № СК-2026/1] / [Исправить протокол] [К мероприятию]",
    )
    await olga.presses("Протокол № СК-2026/1")
    olga.sees_in(f"№ СК-2026/1 от {first}, заменён версией 2")
    async with made.storage() as storage:
        (entry,) = [one for one in await storage.audit.tail(20) if one.action == "correct_protocol"]
        assert await storage.protocols.is_sound(made.event.code)
    assert (entry.detail["version"], entry.detail["what"], entry.detail["juror"]) == (2, "points", egor.id)


async def test_an_outcome_a_place_a_nomination_and_who_signs_make_a_version_each(chat: Chat) -> None:
    made, _, oleg, _, works = await judged(chat)
    await approved(made)
    olga = await opens_protocols(made)
    await corrects(olga, "Итог или награду", "Пётр", "Не присуждать (Сертификат участника)", reason="работу не увидели")
    olga.sees_in(
        f"• Белов Пётр ({works[3].number}): не сдал(а) работу → Сертификат участника\n"
        f"Причина: работу не увидели\n{FOLLOWS}"
    )
    await olga.presses("Исправить")
    olga.sees("Протокол исправлен: действует № СК-2026/2.", "[Протокол № СК-2026/2] / [Все протоколы] [К мероприятию]")
    await olga.presses("Все протоколы")
    await corrects(olga, "Место", "Соколова", "третье", "1")
    olga.sees_in(f"• Соколова Вера ({works[0].number}), место: 2 → 1\n")
    await olga.presses("Исправить")
    await olga.presses("Все протоколы")
    await corrects(olga, "Номинацию жюри", "Соколова", "За доброту")
    olga.sees_in("Диплом II степени → Диплом II степени, «За доброту»")
    await olga.presses("Исправить")
    await olga.presses("Все протоколы")
    await corrects(olga, "Кто подпишет", "Громова Инна Павловна", "Оставить строку пустой")
    olga.sees_in("• председатель: — → Громова Инна Павловна\n")
    await olga.presses("Исправить")
    await olga.presses("Все протоколы")
    await corrects(olga, "Номинацию жюри", "Соколова", "Снять «За доброту»")
    olga.sees_in("Диплом II степени, «За доброту» → Диплом II степени\n")
    await olga.presses("Не исправлять")
    olga.sees_in("• № СК-2026/5 от")
    await corrects(olga, "Место", "Соколова", "1")
    olga.sees_in("Было → станет\nНичего не изменится.")
    await olga.presses("Исправить")
    olga.sees("Ничего не изменилось: в протоколе так и записано.", "[Все протоколы] / [К мероприятию]")
    async with made.storage() as storage:
        latest = await storage.protocols.latest(made.event.code)
        last = await storage.protocols.snapshot(made.event.code, 5)
        counts = await storage.outcomes.counts(made.event.code)
    assert latest is not None
    assert last is not None
    assert latest.version == 5
    (field,) = last.facts.fields
    assert [(one.number, one.place) for one in field.entries] == [
        (works[1].number, 1), (works[0].number, 1), (works[2].number, 3),
    ]  # fmt: skip
    assert sum(counts.values()) == last.facts.accepted == sum(count for _, count in last.facts.balance)
    await oleg.looks()
    assert not any("уточнены" in message.text for message in oleg.all)


async def test_of_two_organizers_who_correct_at_once_one_looks_again(chat: Chat) -> None:
    made, _, _, _, works = await judged(chat)
    await approved(made)
    inga = await made.person("Инга", "Зимина")
    await made.organizes(inga)
    olga = made.organizer
    for person in (olga, inga):
        await presses_sealed(made, person, f"protocols:{made.event.code}")
        await corrects(person, "Место", works[0].number, "1")
    await olga.presses("Исправить")
    await inga.presses("Исправить")
    inga.sees(
        "Протокол уже исправили без вас: действует № СК-2026/2. Посмотрите его и, если нужно, исправьте ещё раз.",
        "[Все протоколы] / [К мероприятию]",
    )
    async with made.storage() as storage:
        assert len(await storage.protocols.of_event(made.event.code)) == 2
    await inga.presses("Все протоколы")
    await corrects(inga, "Место", works[0].number, "2")
    await inga.presses("Исправить")
    inga.sees("Протокол исправлен: действует № СК-2026/3.")


async def test_before_the_approval_there_is_nothing_to_correct(chat: Chat) -> None:
    made, _, _, egor, _ = await judged(chat)
    await presses_sealed(made, made.organizer, f"protocol_correct:{made.event.code}")
    made.organizer.sees(
        "Протокол «Создавай со Scratch» ещё не утверждён: исправлять пока нечего, всё меняется в рейтинге.",
        "[Протокол] / [К мероприятию]",
    )
    await presses_sealed(made, egor, f"protocol_correct:{made.event.code}")
    egor.sees(NOT_AVAILABLE)


async def test_b24_after_the_approval_nothing_but_a_correction_changes_anything(chat: Chat) -> None:
    made, nina, _, egor, works = await judged(chat)
    await approved(made)
    before = await everything(made, works)
    olga, code = made.organizer, made.event.code
    for go in (f"award:{code}", f"tie:{code}", f"name_special:{code}", f"drop_special:{code}/{works[0].id}/0",
               f"take:{code}", f"came_mark:{works[0].id}/0", f"came_paste:{code}"):  # fmt: skip
        await presses_sealed(made, olga, go)
        olga.sees(STANDS, "[К мероприятию]")
    await presses_sealed(made, olga, f"protocol_signers:{code}")
    olga.sees(
        "Протокол утверждён. Подписи меняются вместе с исправлением протокола.",
        "[Исправить протокол] / [Все протоколы]",
    )
    async with made.storage() as storage:
        (card, *_) = await storage.jury.cards(code, egor.id)
        longer = Longer(chat.clock() + timedelta(days=9), nina.id, None)
        await storage.deadlines.give(code, longer, reason="болезнь", by=olga.id, at=chat.clock())
    for route in ("score", "save", "comment", "conflict"):
        await presses_sealed(made, egor, f"jury_{route}:{card.assignment.id}")
        egor.sees(CLOSED)
    await presses_sealed(made, nina, f"submit:{works[0].id}")
    nina.sees_in("Итоги события утверждены, изменить ничего нельзя.")
    assert await everything(made, works) == before


async def everything(made: Scene, works: list[Application]) -> object:
    """Points, outcomes and who came, as they stand."""
    async with made.storage() as storage:
        outcomes = await storage.outcomes.of_event(made.event.code)
        assert outcomes[works[3].id].result.outcome.kind is OutcomeKind.NOT_SUBMITTED
        came = await storage.attendance.of_event(made.event.code)
        return (
            await storage.jury.sheets(made.event.code),
            outcomes,
            came,
            await storage.protocols.of_event(made.event.code),
        )
