"""An event without works and jury: everybody who came gets the certificate."""

from __future__ import annotations

from datetime import timedelta

from bot.contest.applications import ApplicationState
from bot.contest.consents import Applicant
from tests.talks.chat import Chat
from tests.talks.organizer_scene import scene
from tests.talks.scenes import WEBINAR


async def test_a_webinar_ends_with_certificates(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR, days=2)
    nina, oleg, zoya = [await made.person(*name) for name in (("Нина", "Орлова"), ("Олег", "Белов"), ("Зоя", "Седых"))]
    facts = {"grade": None, "role": Applicant.SELF, "supervisor": None}
    await made.applies(nina, "Орлова Нина", answers={"role": "speaker", "topic": "Диалоги"}, **facts)  # type: ignore[arg-type]
    absent = await made.applies(oleg, "Белов Олег", answers={"role": "listener"}, **facts)  # type: ignore[arg-type]
    await made.applies(zoya, "Седых Зоя", answers={"role": "listener"}, publish=False, **facts)  # type: ignore[arg-type]
    await made.opens()
    made.organizer.sees_in("Заявок 3: принято 3.")
    assert (
        made.organizer.last.keyboard
        == "[Заявки] [Написать участникам] / [Рейтинг] [Протокол] / [Продлить приём] [Картинки] / [Ещё] [Кабинет]"
    )
    await made.organizer.presses("Протокол")
    made.organizer.sees_in("• приём ещё идёт: до ")

    assert made.event.meeting is not None
    await chat.passes(made.event.meeting.starts_at - chat.clock())
    await made.organizer.presses("Проверить ещё раз")
    made.organizer.sees_in("• встреча ещё не закончилась: до ")
    await chat.passes(timedelta(hours=2))
    await made.organizer.presses("Рейтинг")
    made.organizer.sees_in("предлагается: Сертификат докладчика", "предлагается: Сертификат участника")
    assert "При равенстве" not in made.organizer.last.text
    await made.organizer.presses("Принять предложенные")
    await made.organizer.presses("Рейтинг")
    await made.organizer.presses("Поставить место")
    await made.organizer.writes("Белов")
    await made.organizer.presses("Не присутствовал(а)")
    made.organizer.sees_in(f"{absent.number}, Белов Олег: не присутствовал(а) (вручную).")
    await made.opens("Протокол")
    made.organizer.sees_in("Участников 2, не пришли 1 — всего 3, столько же принято заявок ✓")
    await made.organizer.presses("Утвердить")
    await made.organizer.presses("Публикация итогов")
    made.organizer.sees(
        "Публикация итогов: «Использование Scratch в урочной и внеурочной деятельности»\n"
        "Участников 2, не пришли 1 — всего 3, столько же принято заявок ✓\n"
        "Напишу 3 людям: 3 участника.\n"
        "Без согласия на публикацию 1 участник: в списке вместо имени будет номер.",
    )
    await made.organizer.presses("Опубликовать")
    made.organizer.sees_in("Сертификат докладчика:\n• Орлова Нина", "Сертификат участника:\n• участник № 3")
    await nina.looks()
    nina.sees_in("Орлова Нина: Сертификат докладчика\n\nСпасибо за участие!")
    await oleg.looks()
    oleg.sees_in("Белов Олег: не присутствовал(а)\n\nБудем рады видеть вас в следующий раз.")


async def test_without_a_single_application_there_is_no_protocol(chat: Chat) -> None:
    made = await scene(chat, file=WEBINAR, days=40)
    await made.opens("Протокол")
    made.organizer.sees_in("• нет ни одной принятой заявки")
    nina = await made.person("Нина", "Орлова")
    await made.applies(nina, "Орлова Нина", grade=None, role=Applicant.SELF, state=ApplicationState.ACCEPTED)
    await made.opens("Рейтинг")
    await made.organizer.presses("Принять предложенные")
    await made.organizer.presses("Протокол")
    made.organizer.sees_in("Участников 1 — всего 1, столько же принято заявок ✓")
