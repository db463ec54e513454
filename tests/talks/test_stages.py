"""Stages as organizers and participants meet them: overrides, corrections, works on the way, three stages."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from bot.contest.authorize import Action
from bot.contest.event import Event
from bot.contest.stages import Going
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import scene
from tests.talks.stage_scene import Reciters, reciters
from tests.talks.unit_scenes import says


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


async def test_three_stages_end_with_one_outcome_each_and_one_team_drops_out(chat: Chat) -> None:
    def one_juror(event: Event) -> Event:
        assert event.jury is not None
        return event.model_copy(update={"jury": event.jury.model_copy(update={"per_work": 1})})

    made = await scene(chat, file="memory.yaml", days=1, changed=one_juror)
    intake, tasks, final = made.event.stages
    leaves = [leaf.code for leaf in made.event.leaves]
    nina, olga = await made.person("Нина", "Орлова"), made.organizer
    teams = [
        await made.applies(
            nina, f"Соколова {'абвгдежзиклмнопрстуф'[at].upper()}нна", grade=7, nomination=leaves[at % 4],
            team=f"Отряд {at + 1}", headcount=7,
        )
        for at in range(20)
    ]  # fmt: skip
    await nina.writes(teams[0].number)
    nina.sees_in(f"Сейчас этап «{intake.title}»")
    assert "Сдать работу" not in nina.last.keyboard

    chat.moves_on(tasks.opens_at - chat.clock() + timedelta(hours=1))
    await nina.writes(teams[0].number)
    nina.sees_in(f"Сейчас этап «{tasks.title}»")
    await nina.presses("Сдать работу")
    await nina.writes("https://vk.com/video-1_2")
    await says(nina, "Письма с фронта", "[Пропустить]")
    await nina.writes("меню")
    await made.hands_in(*teams[1:19], url="https://vk.com/video-1_3", check="open")
    await made.opens("Заявки")
    await olga.writes(teams[19].number)
    await olga.presses("Выбыл(а)")
    await olga.writes("Команда не собралась")
    await nina.looks()
    nina.sees_in("отмечена как выбывшая.\nПричина: Команда не собралась")

    chat.moves_on(final.opens_at - chat.clock() + timedelta(hours=1))
    await nina.writes(teams[0].number)
    nina.sees_in(f"Сейчас этап «{final.title}»")
    assert "Заменить работу" not in nina.last.keyboard
    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    async with made.storage() as storage:
        now = chat.clock()
        await storage.jury.assign([(one.id, egor.id) for one in teams[:19]], at=now)
        for at, card in enumerate(await storage.jury.cards(made.event.code, egor.id)):
            for criterion in made.event.criteria:
                points = min(criterion.max or Decimal(0), Decimal(at // 4)) if criterion.code == "facts" else Decimal(0)
                await storage.jury.score(card.assignment.id, criterion.code, points, at=now)
            await storage.jury.save(card.assignment.id, at=now)
    await chat.passes(timedelta(minutes=1))
    await made.opens("Рейтинг")
    await olga.presses("Принять предложенные")
    await olga.presses("Протокол")
    olga.sees_in("Победителей 8, призёров 11, выбыло 1 — всего 20, столько же принято заявок ✓")
    await olga.presses("Утвердить")
    async with made.storage() as storage:
        assert await storage.stages.finalists(made.event.code) is None
        assert len(await storage.outcomes.of_event(made.event.code)) == 20


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
