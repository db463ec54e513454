from tests.talks.chat import Chat
from tests.talks.scenes import *
from tests.talks.test_try import show

async def test_try2(chat: Chat) -> None:
    await load_event(chat); await load_event(chat, WEBINAR)
    anna = await chat.person("Анна", "Смирнова")
    try:
        n = await apply_as_teacher(anna)
        await hand_in_file(anna, n)
        await open_application(anna, n)
        await anna.presses("Изменить")
        await anna.presses("Класс")
        await anna.writes("12")
        await anna.writes("4А")
        await anna.presses("Сохранить")
        await anna.presses("Открыть заявку")
        await anna.presses("Согласия")
        await anna.presses("Отозвать согласие на публикацию")
        await anna.presses("Да, отозвать")
        await anna.writes("https://scratch.mit.edu/projects/612345678/editor")
        await anna.presses(anna.last.buttons[0][0])
        await anna.looks()
    finally:
        show(anna)
