"""«Спросить автора»: a question without a name, the answer back, and who may not."""

from __future__ import annotations

from bot.contest.event import Event
from tests.talks.chat import Chat
from tests.talks.jury_scene import JuryScene, judging, opens, passes_until, sealed, sends
from tests.talks.organizer_scene import Scene

NOT_AVAILABLE = "Это действие вам недоступно."


def blind(event: Event) -> Event:
    """The jury does not know whose the works are."""
    assert event.jury is not None
    return event.model_copy(update={"jury": event.jury.model_copy(update={"blind": True})})


async def test_a_question_goes_without_a_name_and_its_answer_comes_back(chat: Chat) -> None:
    scene = await judging(chat, changed=blind)
    zinaida = scene.teacher
    await zinaida.starts()
    egor = await opens(scene)
    await egor.presses("Спросить автора")
    egor.sees_in("Что спросить у автора?", "Автор не узнает, кто спросил")
    for typed, refusal in (
        ("Позвоните: 8 (913) 123-45-67", "Вопрос анонимный: без ссылок, телефонов и адресов."),
        ("Это спрашивает Лаптев", "Вопрос анонимный: не называйте себя."),
    ):
        await egor.writes(typed)
        egor.sees_in(refusal)
    await egor.writes("Почему уровней [пять]?")
    assert egor.new[0].text == "Спросил. Ответ придёт сюда и будет виден в работе."
    egor.sees_in("Вопрос жюри: Почему уровней [пять]?\nОтвет автора: пока нет")
    await zinaida.looks()
    number = scene.applications[0].number
    zinaida.sees(
        f"Жюри спрашивает о вашей работе № {number} «Таблица умножения»:\nПочему уровней [пять]?", "[Ответить жюри]"
    )
    assert "Лаптев" not in str(zinaida.views)
    await zinaida.presses("Ответить жюри")
    zinaida.sees_in("Имён не называйте: жюри не знает, чья это работа.")
    await zinaida.attaches("audio_message")
    zinaida.sees_in("Напишите ответ или пришлите ссылку, фото или файл.")
    await zinaida.writes("Так решила Вера Соколова")
    zinaida.sees_in("Жюри не знает, чья это работа: не называйте имён")
    links = "https://scratch.mit.edu/projects/1 и https://evil.example/x"
    await zinaida.attaches("photo", f"Их пять:\n{links} {'а' * 900}!")
    zinaida.sees_in("Передал жюри. Спасибо!")
    await zinaida.presses("Ответить жюри")
    zinaida.sees("Вы уже ответили на этот вопрос, спасибо.")

    await egor.looks()
    egor.sees_in(
        "Автор ответил, работа «Таблица умножения».", "Вы спросили: Почему уровней [пять]?", "Ответ: Их пять:\n"
    )
    assert [one["type"] for one in egor.last.attachments] == ["photo"]
    told = next(one for one in reversed(egor.views) if "Автор ответил" in one["text"])["text"]
    assert "https://evil.example" not in told
    assert "scratch.mit.edu/projects/1" in told
    assert told.endswith("ааа!")
    await egor.presses("К работе")
    egor.sees_in("Ответ автора: Их пять:\n")
    assert await scene.contacts_shown(egor) == []

    await others_see_both(scene)
    async with scene.storage() as storage:
        found = await storage.own_data.of(zinaida.id)
        await storage.forgetting.application(scene.applications[0].id, at=chat.clock())
        (kept,) = await storage.jury_questions.of_application(scene.applications[0].id)
    assert found["jury_questions"][0]["text"] == "Почему уровней [пять]?"
    assert (kept.text, kept.answer, kept.things) == ("", None, ())


async def others_see_both(scene: JuryScene) -> None:
    """The rest of the work's jury sees the question and the answer, the organizer also who has asked."""
    chat = scene.chat
    other = await chat.person("Лев", "Громов")
    await other.starts()
    await scene.seat(other)
    (mark, *_) = await scene.assign(other, works=1)
    await sends(other, await sealed(scene, other, f"jury_work:{mark}"))
    other.sees_in("Вопрос жюри: Почему уровней [пять]?", "Ответ автора: Их пять:\n")
    olga = Scene(chat, scene.event, await chat.person("Ольга", "Лугова"))
    await olga.organizer.starts()
    await olga.organizes(olga.organizer)
    await sends(olga.organizer, await sealed(scene, olga.organizer, f"moderate:{scene.applications[0].id}"))
    olga.organizer.sees_in("Вопрос автору (Лаптев Егор Ильич): Почему уровней [пять]?", "Ответ автора: Их пять:\n")


async def test_a_question_of_the_night_waits_and_three_are_enough(chat: Chat) -> None:
    scene = await judging(chat)
    zinaida = scene.teacher
    await zinaida.starts()
    await passes_until(chat, 23)
    egor = await opens(scene)
    for number in range(3):
        await egor.presses("Спросить автора")
        await egor.writes(f"Вопрос номер {number}")
        assert egor.new[0].text.startswith("Сейчас ночь: автор увидит вопрос завтра в 08:00.")
    await egor.presses("Спросить автора")
    egor.sees_in("Автору уже задано 3 вопроса без ответа: дождитесь ответа.")
    await zinaida.looks()
    assert "Жюри спрашивает" not in zinaida.last.text
    await passes_until(chat, 8, 1)
    await zinaida.looks()
    zinaida.sees_in("Жюри спрашивает о вашей работе", "Вопрос номер 2")

    stranger = await chat.person("Пётр", "Чужаков")
    await stranger.starts()
    mark = scene.assignments[0]
    for go in ("author_answer:1", f"jury_ask:{mark}"):
        await sends(stranger, await sealed(scene, stranger, go))
        stranger.sees(NOT_AVAILABLE)
    async with scene.storage() as storage:
        await storage.jury.conflict(scene.assignments[1], "Родственник")
    await sends(egor, await sealed(scene, egor, f"jury_ask:{scene.assignments[1]}"))
    assert "Что спросить" not in egor.last.text
    await scene.approve()
    await sends(egor, await sealed(scene, egor, f"jury_ask:{scene.assignments[2]}"))
    assert "Что спросить" not in egor.last.text
    await zinaida.presses("Ответить жюри")
    zinaida.sees_in("Оценивание закончено, отвечать уже не нужно.")
