"""Stages as organizers and participants meet them: overrides, corrections, works on the way, trials."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.authorize import Action
from bot.contest.event.stages import HostedBy, StageKind
from bot.contest.stages import Going
from tests.documents.made import xlsx
from tests.talks.bulk_scene import rows_of
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import scene
from tests.talks.scenes import open_application
from tests.talks.stage_scene import Reciters, reciters


async def confirmed(here: Reciters, *labels: int | str) -> None:
    """Zoya marks these and confirms her protocol."""
    await here.ticks(*labels)
    await here.writes_protocol()
    await here.zoya.presses("Подтвердить протокол")
    await here.zoya.presses("Подтвердить и сообщить всем")


async def to_stage(here: Reciters) -> Person:
    """The organizer opens the selection."""
    await here.made.opens("Ещё")
    await here.made.organizer.presses("Этапы")
    await here.made.organizer.presses("Отборочный этап")
    return here.made.organizer


async def test_an_organizer_lets_one_through_with_a_reason_that_the_log_keeps(chat: Chat) -> None:
    here = await reciters(chat)
    await here.ticks(1, 2)
    olga = await to_stage(here)
    await olga.presses("МАОУ СОШ № 47 г. Томска")
    await olga.presses("Отметить финалистов")
    await olga.presses("3")
    olga.sees_in("Квота: от школы в возрастной группе не больше 2.")
    assert olga.last.keyboard == "[Пропустить сверх квоты] / [К отметкам]"
    await olga.presses("Пропустить сверх квоты")
    olga.sees_in("Почему участник проходит сверх квоты?")
    await olga.writes("решение оргкомитета")
    assert olga.new[0].text == "Ветрова Анна: отмечено сверх квоты, причина записана."
    assert await here.going() == dict.fromkeys(("Соколова", "Белов", "Ветрова"), Going.CHOSEN)
    async with here.made.storage() as storage:
        (entry,) = [one for one in await storage.audit.tail(20) if one.action == Action.OVERRIDE_QUOTA]
    assert (entry.actor_id, entry.subject) == (olga.id, f"application:{here.works[2].id}")


async def test_a_confirmed_decision_is_corrected_with_a_reason_and_told_again(chat: Chat) -> None:
    here = await reciters(chat)
    await confirmed(here, 1)
    await here.to_desk()
    assert "Отметить финалистов" not in here.zoya.last.keyboard
    olga = await to_stage(here)
    await olga.presses("Исправить решение")
    await olga.writes("Белов")
    olga.sees_in("Белов Артём. Сейчас: Не проходит дальше.")
    await olga.writes("ошибка в протоколе")
    olga.sees_in("Будет: Проходит дальше.")
    await olga.presses("Исправить")
    await here.nina.looks()
    here.nina.sees_in(
        "Решение исправлено. Причина: ошибка в протоколе", "Поздравляем! Проходят дальше", "• Белов Артём, 8 класс"
    )
    async with here.made.storage() as storage:
        outcomes = await storage.outcomes.of_event(here.made.event.code)
        finalists = await storage.stages.finalists(here.made.event.code)
    assert set(finalists or ()) == {here.works[0].id, here.works[1].id}
    assert sorted(outcomes) == [here.works[2].id, here.works[3].id]


async def test_before_the_intake_is_over_marks_are_kept_but_not_confirmed(chat: Chat) -> None:
    here = await reciters(chat, days=3)
    await here.ticks(1)
    await here.writes_protocol()
    await here.zoya.presses("Подтвердить протокол")
    here.zoya.sees_in("Приём заявок идёт до 26 ноября, 23:59", "Отметки сохранены.")
    await chat.passes(timedelta(days=4))
    await here.to_desk()
    await here.zoya.presses("Подтвердить протокол")
    here.zoya.sees_in("Проходят дальше: 1, остальных: 3.")


async def test_who_is_out_hands_in_nothing_more_and_a_finalist_may_change_the_work(chat: Chat) -> None:
    here = await reciters(chat)
    await here.made.hands_in(*here.works, url="https://vk.com/video-1_2", check="open")
    await confirmed(here, 1)
    nina = here.nina
    await nina.writes("меню")
    await nina.writes(here.works[0].number)
    nina.sees_in("Отборочный этап: прошли, впереди Финал")
    await nina.presses("Заменить работу")
    nina.sees_in("до 29 ноября, 23:59 (томское время, UTC+7)")
    await nina.presses("Отмена")
    await nina.writes("меню")
    await nina.writes(here.works[1].number)
    nina.sees_in("Отборочный этап: участие отмечено, дальше не прошли")
    assert "Заменить работу" not in nina.last.keyboard


async def test_three_stages_end_with_one_outcome_each(chat: Chat) -> None:
    made = await scene(chat, file="memory.yaml", days=1)
    stages = {stage.code: stage for stage in made.event.stages}
    tasks = next(stage for stage in stages.values() if stage.kind is StageKind.TASKS)
    nina = await made.person("Нина", "Орлова")
    team = await made.applies(nina, "Соколова Вера", grade=7, nomination=made.event.leaves[0].code)
    await nina.presses("Мои заявки")
    nina.sees_in(f"Сейчас этап «{made.event.stages[0].title}»")
    await open_application(nina, team.number)
    assert "Сдать работу" not in nina.last.keyboard.replace("[Сдать работу] / [Меню]", "")
    chat.moves_on(tasks.opens_at - chat.clock() + timedelta(hours=1))
    await open_application(nina, team.number)
    nina.sees_in(f"Сейчас этап «{tasks.title}»")
    assert "[Сдать работу]" in nina.last.keyboard
    await made.organizer.writes("меню")
    async with made.storage() as storage:
        assert await storage.stages.finalists(made.event.code) is None


async def test_a_host_that_is_late_is_asked_once_and_may_still_confirm(chat: Chat) -> None:
    here = await reciters(chat)
    await here.ticks(1)
    await chat.passes(timedelta(days=3))
    await here.zoya.looks()
    here.zoya.sees_in("Отборочный этап завершён, а протокол (МАОУ СОШ № 47 г. Томска) не подтверждён.")
    await here.made.organizer.looks()
    here.made.organizer.sees_in("этап завершён, протокол не подтверждён. Не решено: ", "МАОУ СОШ № 58 г. Томска")
    told = len(here.zoya.all)
    await chat.passes(timedelta(minutes=5))
    await here.zoya.looks()
    assert len(here.zoya.all) == told
    await here.zoya.presses("К этапу")
    await here.writes_protocol()
    await here.zoya.presses("Подтвердить протокол")
    await here.zoya.presses("Подтвердить и сообщить всем")
    here.zoya.sees_in("Участников 4: прошли 1, не прошли 3.")


async def test_raw_results_are_entered_put_right_and_become_places(chat: Chat) -> None:
    made = await scene(chat, file="sports-mosaic.yaml", days=1)
    course = next(one for one in made.event.stages if one.code == "course")
    chat.moves_on(course.opens_at - chat.clock() + timedelta(hours=1))
    nina, olga = await made.person("Нина", "Орлова"), made.organizer
    first = await made.applies(nina, "Соколова Вера", grade=6)
    second = await made.applies(nina, "Белов Артём", grade=6)
    await made.opens("Ещё")
    await olga.presses("Этапы")
    await olga.presses(course.title)
    await olga.presses("Результаты испытаний")
    olga.sees_in(f"{first.number} · Соколова Вера: вписано 0 из")
    await olga.presses(f"{first.number} · Соколова Вера")
    await olga.presses("Вписать результаты")
    await olga.writes("много")
    olga.sees_in("не понял результат. Напишите число, например:")
    olga_titles = [one.title for one in made.event.criteria if course.code in one.stages] or [
        task.title for task in course.tasks if task.measure
    ]
    await olga.writes(f"{olga_titles[0]}: 12,4")
    await olga.presses("Отмена")
    olga.sees_in(f"• {olga_titles[0]}: 12,4")
    await olga.presses("Исправить результат")
    await olga.presses(f"{olga_titles[0]}: 12,4")
    await olga.writes("11,9")
    await olga.writes("пересмотр по протесту")
    assert olga.new[0].text == "Результат исправлен, прежний остался в журнале."
    async with made.storage() as storage:
        results = await storage.trials.results(made.event.code, course.code)
        entry = next(one for one in await storage.audit.tail(5) if one.action == Action.ENTER_RESULTS)
        await storage.trials.put(second.id, course.code, entry.detail["trial"], 20, by=olga.id, at=chat.clock())  # type: ignore[arg-type]
    assert [str(value) for value in results[first.id].values()] == ["11.9"]
    assert (entry.detail["before"], entry.detail["value"], entry.detail["corrected"]) == ("12.4", "11.9", True)
    await olga.presses("К списку команд")
    await olga.presses("Скачать таблицу")
    await olga.looks()
    rows = rows_of(await olga.file())
    head = next(at for at, row in enumerate(rows) if row and row[0] == "№ заявки")
    assert rows[head + 1][:4] == [first.number, "Соколова Вера", rows[head + 1][2], "11,9"]
    back: list[list[str | None]] = [rows[head], [first.number, "", "", "11,5"], [second.number, "", "", "медленно"]]
    await made.opens("Ещё")
    for button in ("Этапы", course.title, "Результаты испытаний", "Прислать таблицу"):
        await olga.presses(button)
    await olga.sends_file("Результаты.xlsx", xlsx(back))
    olga.sees_in("Прочитал: команд 1, результатов 1.", f"{second.number}, {olga_titles[0]}:")
    await olga.presses("Перенести результаты")
    assert olga.new[0].text == "Из файла перенесено: 1 результат."
    await olga.presses("Места")
    assert olga.last.text.index("1. Соколова Вера") < olga.last.text.index("2. Белов Артём")

    await nina.writes("меню")
    await open_application(nina, first.number)
    if course.hosted_by is HostedBy.OWN_SCHOOL:
        await nina.presses("Результаты испытаний")
        nina.sees_in(f"• {olga_titles[0]}: 11,5")
