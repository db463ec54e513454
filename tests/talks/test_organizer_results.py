"""From points to published results: the ranking, places, the protocol, the letters, the list."""

from __future__ import annotations

from decimal import Decimal

from bot.contest.applications import ApplicationState
from bot.contest.awards import OutcomeKind
from bot.contest.consents import Applicant
from bot.contest.event import Event
from bot.contest.event.scoring import Tie
from storage.application_rows import Application
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import JUDGING, PROTOCOL, Scene, scene


async def judged(chat: Chat, *, days: int = JUDGING) -> tuple[Scene, Person, Person, Person, list[Application]]:
    """A teacher with two pupils, a parent with one and with one who handed in nothing; one juror has scored."""
    made = await scene(chat, days=days)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Белов")
    works = [
        await made.applies(nina, "Соколова Вера"),
        await made.applies(nina, "Ветрова Анна", publish=False),
        await made.applies(oleg, "Белов Артём", grade=4, role=Applicant.PARENT),
        await made.applies(oleg, "Белов Пётр", grade=8, role=Applicant.PARENT),
    ]
    await made.hands_in(*works[:3])
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.scores(egor, {works[0].id: 31, works[1].id: 38, works[2].id: 20})
    return made, nina, oleg, egor, works


async def approved(made: Scene) -> None:
    await made.opens("Рейтинг")
    await made.organizer.presses("Принять предложенные")
    await made.organizer.presses("Протокол")
    await made.organizer.presses("Утвердить")
    assert "утверждён" in made.organizer.last.text


async def test_the_ranking_shows_means_and_what_is_proposed(chat: Chat) -> None:
    made, _, _, _, works = await judged(chat)
    inna = await made.juror("Инна", "Жукова", "Жукова Инна Львовна")
    await made.scores(inna, {works[0].id: 32})
    async with made.storage() as storage:
        await storage.jury.assign([(works[1].id, inna.id)], at=chat.clock())
    await made.opens("Рейтинг")
    made.organizer.sees(
        "Рейтинг: «Создавай со Scratch»\n\n"
        "«Обучающая игра» · школьники\n"
        f"1. {works[1].number} · Ветрова Анна, 3 класс · 38 из 40, листов 1, ждём: Жукова Инна Львовна · "
        "предлагается: Диплом I степени\n"
        f"2. {works[0].number} · Соколова Вера, 3 класс · 31,5 из 40, листов 2 · предлагается: Диплом II степени\n"
        f"3. {works[2].number} · Белов Артём, 4 класс · 20 из 40, листов 1 · предлагается: Диплом III степени\n\n"
        "Вне сравнения\n"
        f"{works[3].number} · Белов Пётр, 8 класс · предлагается: не сдал(а) работу\n\n"
        "При равенстве решает председатель.",
        "[Принять предложенные] [Поставить место] / [Номинации жюри] [Протокол] / [Выгрузить] [К мероприятию]",
    )


async def test_ties_are_shown_and_the_protocol_waits_for_the_chair(chat: Chat) -> None:
    made, _, _, egor, works = await judged(chat)
    await made.scores(egor, {works[0].id: 38})
    await made.opens("Рейтинг")
    made.organizer.sees_in(
        f"1 (поровну). {works[0].number}", f"1 (поровну). {works[1].number}", "предлагается: Диплом II степени",
        "Запишите решение кнопкой «Решить равенство».",
    )  # fmt: skip
    await made.organizer.presses("Принять предложенные")
    shared = (
        "При равенстве решает председатель. 1-е место поделили: "
        f"Соколова Вера ({works[0].number}), Ветрова Анна ({works[1].number})."
    )
    made.organizer.sees(
        f"Предложенное принято: 4 результата.\n{shared}",
        "[Решить равенство] [Протокол] / [Номинации жюри] / [Рейтинг] [К мероприятию]",
    )
    await made.organizer.presses("Протокол")
    made.organizer.sees(
        "Утвердить протокол пока нельзя: «Создавай со Scratch»\n"
        f"• равенство не решено. {shared} Откройте «Рейтинг» и нажмите «Решить равенство»",
        "[Рейтинг] [Заявки] / [Решить равенство] / [Проверить ещё раз] [К мероприятию]",
    )
    await made.organizer.presses("Решить равенство")
    vera, anna = f"{works[0].number} Соколова Вера", f"{works[1].number} Ветрова Анна"
    made.organizer.sees(
        f"При равенстве решает председатель.\nПоровну, по 38:\n• {vera}\n• {anna}\nКому 1-е место?",
        f"[{vera}] / [{anna}] / [Место всем поровну] / [Назад] [Отмена]",
    )
    await made.organizer.presses(anna)
    await made.organizer.writes("председатель жюри: алгоритм сложнее")
    made.organizer.sees(
        f"Решение записано:\n1. {anna}\n2. {vera}",
        "[Принять предложенные] / [Рейтинг] [К мероприятию]",
    )
    async with made.storage() as storage:
        (decision,) = await storage.ties.of_event(made.event.code)
        audit = next(one for one in await storage.audit.tail(5) if one.action == "settle_tie")
    assert (decision.way, decision.reason) == ("chair_decides", "председатель жюри: алгоритм сложнее")
    assert decision.order.levels == ((works[1].id,), (works[0].id,))
    assert audit.detail == {"place": 1, "way": "chair_decides", "order": [[works[1].id], [works[0].id]]}

    await made.organizer.presses("Принять предложенные")
    await made.organizer.presses("Рейтинг")
    made.organizer.sees_in(f"1. {works[1].number}", f"2. {works[0].number}", "Диплом III степени")
    await made.organizer.presses("Протокол")
    made.organizer.sees(
        "Утверждение протокола: «Создавай со Scratch»\n"
        "Победителей 1, призёров 2, не сдали работу 1 — всего 4, столько же принято заявок ✓\n"
        "Диплом II степени: 1 · Диплом III степени: 1\n"
        "Документы: 3 диплома\n"
        "После утверждения баллы и места не меняются.",
        "[Утвердить] / [Рейтинг] [Не сейчас]",
    )


async def test_the_chair_may_leave_a_place_to_all_and_a_place_set_by_hand_settles_a_tie_too(chat: Chat) -> None:
    made, _, _, egor, works = await judged(chat)
    await made.scores(egor, {works[0].id: 38})
    await made.opens("Рейтинг")
    await made.organizer.presses("Поставить место")
    await made.organizer.writes("Ветрова")
    made.organizer.sees(
        f"{works[1].number}, Ветрова Анна, 3 класс\nСейчас: предлагается: Диплом I степени. Что поставить?",
        "[Диплом I степени] / [Диплом II степени] / [Диплом III степени] / [Не присуждать (Сертификат участника)] / "
        "[Назад] [Отмена]",
    )
    await made.organizer.presses("Диплом II степени")
    made.organizer.sees(
        f"{works[1].number}, Ветрова Анна: Диплом II степени (вручную).",
        "[Поставить ещё] / [Рейтинг] [К мероприятию]",
    )
    await made.organizer.presses("Рейтинг")
    assert "Решить равенство" not in made.organizer.last.keyboard
    await made.organizer.presses("Принять предложенные")
    made.organizer.sees_in("Предложенное принято: 3 результата.", "Поставлено вручную и оставлено: 1.")
    await made.organizer.presses("Рейтинг")
    await made.organizer.presses("Поставить место")
    await made.organizer.writes(works[1].number)
    await made.organizer.presses("Как предлагает рейтинг")
    made.organizer.sees_in("Ветрова Анна: Диплом I степени.")
    await made.organizer.presses("Рейтинг")
    await made.organizer.presses("Решить равенство")
    await made.organizer.presses("Место всем поровну")
    await made.organizer.writes("жюри решило не делить")
    made.organizer.sees_in(f"1. {works[0].number} Соколова Вера\n1. {works[1].number} Ветрова Анна")
    await approved(made)


async def test_nothing_is_awarded_where_the_jury_says_so(chat: Chat) -> None:
    made, _, _, _, works = await judged(chat)
    await made.opens("Рейтинг")
    await made.organizer.presses("Поставить место")
    await made.organizer.writes("Белов Артём")
    await made.organizer.presses("Не присуждать (Сертификат участника)")
    made.organizer.sees_in(f"{works[2].number}, Белов Артём: Сертификат участника (вручную).")


async def test_what_is_missing_blocks_the_protocol_with_a_list(chat: Chat) -> None:
    made, nina, _, egor, works = await judged(chat)
    late = await made.applies(nina, "Громова Лада", state=ApplicationState.SENT)
    alone = await made.applies(nina, "Лапина Ева")
    await made.hands_in(alone)
    inna = await made.juror("Инна", "Жукова", "Жукова Инна Львовна")
    async with made.storage() as storage:
        await storage.jury.assign([(works[0].id, inna.id)], at=chat.clock())
    await made.opens("Протокол")
    made.organizer.sees(
        "Утвердить протокол пока нельзя: «Создавай со Scratch»\n"
        f"• 1 заявка ждёт решения: {late.number}\n"
        "• Жукова Инна Львовна: не закончено листов 1\n"
        f"• 1 работу некому оценить: {alone.number}. Распределите или поставьте место вручную\n"
        f"• у 5 заявок нет результата: {works[0].number}, {works[1].number}, {works[2].number} и ещё 2. "
        "Откройте «Рейтинг» и нажмите «Принять предложенные»",
        "[Рейтинг] [Заявки] / [Жюри] [Распределить] / [Проверить ещё раз] [К мероприятию]",
    )
    async with made.storage() as storage:
        await storage.applications.set_state(late.id, ApplicationState.REJECTED, reason="поздно", at=chat.clock())
    await made.scores(egor, {alone.id: 10})
    await made.scores(inna, {works[0].id: 40})
    await made.organizer.presses("Рейтинг")
    await made.organizer.presses("Принять предложенные")
    await made.scores(inna, {works[0].id: 30})
    await made.organizer.presses("Протокол")
    made.organizer.sees_in(
        f"• у 1 заявки изменились баллы или состояние: {works[0].number}. "
        "Откройте «Рейтинг» и примите предложенное ещё раз"
    )
    await approved(made)


async def test_during_intake_there_is_no_protocol(chat: Chat) -> None:
    made, _, _, _, _ = await judged(chat, days=12)
    await made.opens("Протокол")
    made.organizer.sees_in("• приём ещё идёт: до ")


async def test_results_are_published_once_and_everybody_hears(chat: Chat) -> None:
    made, nina, oleg, egor, _ = await judged(chat)
    await approved(made)
    await made.organizer.presses("Публикация итогов")
    made.organizer.sees(
        "Публикация итогов: «Создавай со Scratch»\n"
        "Победителей 1, призёров 2, не сдали работу 1 — всего 4, столько же принято заявок ✓\n"
        "Напишу 2 людям: 4 участника, из них 2 через педагогов.\n"
        "Поблагодарю 1 педагога и 1 члена жюри.\n"
        "Без согласия на публикацию 1 участник: в списке вместо имени будет номер.",
        "[Показать письма] / [Опубликовать] [Не сейчас]",
    )
    await made.organizer.presses("Показать письма")
    to_nina = (
        "Итоги: «Создавай со Scratch»\nСоколова Вера, 3 класс: Диплом II степени\n"
        "Ветрова Анна, 3 класс: Диплом I степени\n\nПоздравляем!"
    )
    thanks = (
        "«Создавай со Scratch»: спасибо, что подготовили участников!\n"
        "Диплом I степени: Ветрова Анна\nДиплом II степени: Соколова Вера"
    )
    to_egor = (
        "Лаптев Егор Ильич, спасибо за работу в жюри «Создавай со Scratch»! Итоги опубликованы.\nВы оценили 3 работы."
    )
    assert [message.text for message in made.organizer.new] == [
        "Так выглядят письма, по одному каждого вида. Видов: 3.", to_nina, thanks, to_egor, "Публикуем?",
    ]  # fmt: skip
    await nina.looks()
    assert to_nina not in [message.text for message in nina.all]

    await made.organizer.presses("Опубликовать")
    wall = (
        "II открытый конкурс «Создавай со Scratch»: итоги\n\n"
        "Диплом I степени:\n• участник № 2, 3 класс, «Обучающая игра»\n\n"
        "Диплом II степени:\n• Соколова Вера, 3 класс, МАОУ гимназия № 13 г. Томска, «Обучающая игра»\n\n"
        "Диплом III степени:\n• Белов Артём, 4 класс, МАОУ гимназия № 13 г. Томска, «Обучающая игра»\n\n"
        "Поздравляем!"
    )
    published = "Итоги «Создавай со Scratch» опубликованы. Пишу 3 людям."
    assert [message.text for message in made.organizer.new] == [published, wall]
    await nina.looks()
    assert [message.text for message in nina.all][-2:] == [to_nina, thanks]
    await oleg.looks()
    oleg.sees(
        "Итоги: «Создавай со Scratch»\nБелов Артём, 4 класс: Диплом III степени\n"
        "Белов Пётр, 8 класс: не сдал(а) работу\n\nПоздравляем!",
        "[Мои заявки]",
    )
    await egor.looks()
    egor.sees(to_egor)
    await oleg.presses("Мои заявки")
    oleg.sees_in("Диплом III степени")


async def test_two_organizers_publish_once(chat: Chat) -> None:
    """docs/faults.md F48: the second one hears when it was done."""
    made, nina, _, _, _ = await judged(chat)
    second = await made.person("Инна", "Седых")
    await made.organizes(second)
    await approved(made)
    for person in (made.organizer, second):
        await made.opens("Публикация итогов", person)
    chat.hasty = True
    await made.organizer.presses("Опубликовать")
    await made.organizer.presses("Опубликовать")
    assert made.organizer.new == []
    chat.hasty = False
    await made.organizer.presses("Опубликовать")
    assert made.organizer.last.text.startswith("Уже опубликовано 10:")
    await second.presses("Опубликовать")
    assert second.last.text.startswith("Уже опубликовано 10:")
    assert second.last.keyboard == "[Список для стены] / [К мероприятию]"
    await nina.looks()
    assert sum(message.text.startswith("Итоги:") for message in nina.all) == 1
    async with made.storage() as storage:
        assert [one.action for one in await storage.audit.tail(10)].count("publish_results") == 1
    await second.presses("Список для стены")
    second.sees_in("участник № 2")


async def test_who_can_not_be_reached_is_named_before(chat: Chat) -> None:
    made, nina, _, _, _ = await judged(chat)
    await approved(made)
    async with made.storage() as storage:
        await storage.people.unreachable(nina.id, 901, at=chat.clock())
    await made.organizer.presses("Публикация итогов")
    made.organizer.sees_in(
        "Напишу 1 человеку: 2 участника.",
        "Поблагодарю 1 члена жюри.",
        "Не дойдёт до 1 человека: Нина Орлова (запрещены сообщения от сообщества).",
    )


async def test_the_balance_closes_when_somebody_leaves_after_the_protocol(chat: Chat) -> None:
    made, _, oleg, _, works = await judged(chat)
    await approved(made)
    await oleg.writes("меню")
    await oleg.presses("Мои заявки")
    await oleg.presses(next(b for row in oleg.last.buttons for b in row if b.startswith(works[2].number)))
    await oleg.presses("Отозвать заявку" if "Отозвать заявку" in oleg.last.keyboard else "Отозвать")
    await oleg.presses(oleg.last.buttons[0][0])
    assert (await made.application(works[2].id)).state is ApplicationState.WITHDRAWN
    await made.opens("Публикация итогов")
    made.organizer.sees_in(
        "Победителей 1, призёров 1, не сдали работу 1, отозвано заявок 1 — всего 4, столько же принято заявок ✓"
    )
    await made.organizer.presses("Опубликовать")
    await oleg.looks()
    oleg.sees_in("Белов Пётр, 8 класс: не сдал(а) работу\n\nБудем рады видеть вас в следующий раз.")
    assert "Белов Артём" not in oleg.last.text


async def test_before_the_protocol_nothing_is_published(chat: Chat) -> None:
    made, nina, _, _, _ = await judged(chat, days=PROTOCOL)
    await approved(made)
    async with made.storage() as storage:
        before = await storage.events.get(made.event.code)
    assert before is not None
    assert before.published_at is None
    await nina.looks()
    assert not any("Итоги" in message.text for message in nina.all)
    await made.organizer.presses("Публикация итогов")
    await made.organizer.presses("Не сейчас")
    made.organizer.sees_in("протокол утверждён, итоги не опубликованы")


async def test_ties_broken_by_declared_criteria_are_no_ties(chat: Chat) -> None:
    def by_criteria(event: Event) -> Event:
        rules = event.scoring.model_copy(update={"tie": Tie.CRITERIA, "tie_criteria": ("algorithm",)})
        return event.model_copy(update={"scoring": rules})

    made = await scene(chat, days=JUDGING, changed=by_criteria)
    nina = await made.person("Нина", "Орлова")
    first, second = await made.applies(nina, "Соколова Вера"), await made.applies(nina, "Ветрова Анна")
    await made.hands_in(first, second)
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await made.scores(egor, {first.id: 35, second.id: 35})
    async with made.storage() as storage:
        cards = await storage.jury.cards(made.event.code, egor.id)
        sheet = next(one.assignment.id for one in cards if one.assignment.application_id == second.id)
        for criterion, points in (("algorithm", 8), ("no-errors", 2)):
            await storage.jury.score(sheet, criterion, Decimal(points), at=chat.clock())
    await made.opens("Рейтинг")
    made.organizer.sees_in(
        f"1. {first.number} · Соколова Вера, 3 класс · 35 из 40",
        f"2. {second.number} · Ветрова Анна, 3 класс · 35 из 40",
        "При равенстве сравниваем по критериям, которые объявлены заранее.",
    )
    await made.organizer.presses("Принять предложенные")
    async with made.storage() as storage:
        decided = await storage.outcomes.of_event(made.event.code)
    assert [one.result.outcome.kind for one in decided.values()] == [OutcomeKind.WINNER, OutcomeKind.PRIZE]


async def test_a_letter_about_very_many_pupils_comes_in_parts_and_loses_nobody(chat: Chat) -> None:
    made = await scene(chat, days=JUDGING)
    nina = await made.person("Нина", "Орлова")
    pupils = [await made.applies(nina, f"Соколова Вера{'а' * number}") for number in range(90)]
    await approved(made)
    await made.organizer.presses("Публикация итогов")
    await made.organizer.presses("Опубликовать")
    await nina.looks()
    letter = [message.text for message in nina.all if "3 класс: не сдал(а) работу" in message.text]
    assert len(letter) == 2
    assert "\n".join(letter).count("3 класс: не сдал(а) работу") == len(pupils)
