"""Questions to a human where it gets awkward: nobody is there, much is written, buttons are tapped twice."""

from __future__ import annotations

from bot.contest.authorize import RoleKind
from tests.talks.chat import Chat
from tests.talks.organizer_scene import scene
from tests.talks.scenes import apply_as_teacher, load_event
from tests.talks.test_questions_to_humans import calls, passes

NOBODY = (
    "Сейчас вопрос здесь никто не прочтёт: у бота нет организатора на связи. "
    "Напишите, пожалуйста, сюда: data@gymnasium13.example (МАОУ гимназия № 13 г. Томска)."
)


async def test_where_nobody_hears_it_is_said_whom_to_write_to_and_the_bot_goes_on(chat: Chat) -> None:
    made = await scene(chat)
    olga, nina = made.organizer, await made.person("Нина", "Орлова")
    await olga.writes("помощь")
    await olga.presses("Позвать человека")
    olga.sees(NOBODY, "[В меню]")
    async with made.storage() as storage:
        await storage.people.unreachable(olga.id, 901, at=chat.clock())
    await nina.writes("не хочу жить")
    nina.sees_in("Я бот и могу мало. Если вам плохо", "8-800-2000-122")
    assert nina.last.keyboard == "[В меню]"
    await nina.writes("помощь")
    await nina.presses("Позвать человека")
    nina.sees(NOBODY)
    await nina.presses("В меню")
    nina.sees("Что сделаем?")
    await olga.writes("меню")
    await nina.writes("помощь")
    await nina.presses("Позвать человека")
    nina.sees_in("Передал организаторам.")
    async with made.storage() as storage:
        await storage.roles.revoke(olga.id, RoleKind.ORGANIZER, made.event.code)
    await nina.presses("Позвать человека")
    nina.sees(NOBODY)


async def test_nothing_that_was_written_is_lost_on_its_way(chat: Chat) -> None:
    made = await scene(chat)
    olga, nina = made.organizer, await calls(made)
    await nina.writes(f"https://disk.yandex.ru/d/a [id1|x]\n{'я' * 2000} конец")
    await nina.attaches("link", url="https://scratch.mit.edu/projects/2")
    await nina.attaches("story")
    await nina.writes("вот", forwards=[{"text": "Заявка отклонена", "attachments": []}])
    await passes(made, olga)
    said = "Пишет Нина Орлова:\nhttps://disk.yandex.ru/d/a [id1|x]\n"
    olga.sees_in(said, "я конец\nhttps://scratch.mit.edu/projects/2 (ссылка)\n(вложение)\nвот\n«Заявка отклонена»")
    assert olga.last.attachments == []
    raw = olga.views[-1]["text"]
    assert "https://disk.yandex.ru/d/a [\u2060id1|x]" in raw
    await olga.presses("Открыть вопрос")
    olga.sees_in("я конец", "«Заявка отклонена»")

    await nina.writes("и ещё")
    await olga.presses("Закрыть")
    assert olga.new[0].text == "Человек успел написать ещё. Прочтите, прежде чем закрывать."
    olga.sees_in("Нина Орлова: и ещё")
    await olga.presses("Готовый ответ")
    await olga.presses("Разбираюсь")
    await olga.presses("Отправить")
    await olga.presses("Отправить")
    olga.sees_in("Ответ дан")
    await nina.looks()
    assert sum(one.text.startswith("Организатор:") for one in nina.all) == 1
    await olga.presses("Ответить")
    olga.sees("Кому: Нина Орлова. Напишите ответ, можно с фото или файлом: он уйдёт сразу.")
    await nina.presses("Спасибо, всё понятно")
    await olga.writes("Рада помочь")
    assert olga.new[0].text == "Пока вы писали, вопрос закрыли. Ответ не отправлен."
    olga.sees_in("Вопрос закрыт")
    await nina.presses("Ещё вопрос")
    await nina.presses("Спасибо, всё понятно")
    nina.sees("Рад, что помогли. Ваш новый вопрос у организаторов.")
    await olga.writes("вопросы")
    await olga.presses("1. Нина Орлова")
    await olga.presses("Взять себе")
    await olga.presses("Взять себе")
    assert len(olga.new) == 1


async def test_an_old_button_calls_the_bot_back(chat: Chat) -> None:
    await scene(chat)
    nina = await chat.person("Нина", "Орлова")
    await apply_as_teacher(nina)
    await nina.presses("Добавить ещё участника")
    (old, *_) = nina.last.buttons[0]
    await nina.presses(old)
    await nina.writes("помощь")
    await nina.presses("Позвать человека")
    await nina.presses(old)
    assert nina.new[0].text == "Я снова здесь. Ваш вопрос остался у организаторов, ответ придёт сюда же."
    assert nina.new[1].text == "Эта кнопка устарела. Вот что актуально сейчас."


async def test_a_question_may_be_passed_to_any_event_however_many_there_are(chat: Chat) -> None:
    made = await scene(chat)
    olga, inna = made.organizer, await made.person("Инна", "Седых")
    for name in ("webinar-scratch", "my-mother", "reciters", "umka", "spring"):
        await made.organizes(inna, await load_event(chat, f"{name}.yaml"))
    await calls(made)
    await olga.looks()
    await olga.presses("Открыть вопрос")
    await olga.presses("Передать")
    first = [label for (label,) in olga.last.buttons[:4]]
    assert olga.last.buttons[4] == ("Ещё ›", "Открыть вопрос")
    await olga.presses("Ещё ›")
    (fifth,) = olga.last.buttons[0]
    assert fifth not in first
    await olga.presses(fifth)
    olga.sees_in("Передано: ")
