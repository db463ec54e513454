"""The protocol of the jury: made with the approval, read for years, put right by a new version."""

from __future__ import annotations

from bot.documents.tables.child import read
from tests.talks.chat import Chat
from tests.talks.test_organizer_results import approved, judged

TITLE = "Создавай со Scratch"


async def test_the_approval_makes_the_first_version_and_its_papers_can_be_had(chat: Chat) -> None:
    made, _, _, egor, works = await judged(chat)
    olga = made.organizer
    await made.opens("Ещё")
    await olga.presses("Бумаги и выгрузки")
    await olga.presses("Протоколы жюри")
    print(olga.last.text, olga.last.keyboard)
    await olga.presses("Кто подпишет")
    await olga.writes("Громова Инна Павловна")
    await olga.presses("Оставить строку пустой")
    print(olga.last.text, olga.last.keyboard)
    await olga.presses("Проект протокола")
    print(olga.last.text, olga.last.keyboard)
    await olga.presses("Протокол, Excel")
    print([m.text for m in olga.new])
    sheets = read(await olga.file())
    print(sheets[0].rows)
    await approved(made)
    print(olga.last.text, olga.last.keyboard)
    await olga.presses("Протоколы жюри")
    print(olga.last.text, olga.last.keyboard)
    await olga.presses(olga.last.buttons[0][0])
    print(olga.last.text, olga.last.keyboard)
    await olga.presses("Протокол, PDF")
    print([m.text for m in olga.new])
    open("/tmp/D/chat.pdf","wb").write(await olga.file())
    await olga.presses("К протоколу")
    await olga.presses("Лист одного члена жюри")
    print(olga.last.text, olga.last.keyboard)
    await olga.presses("Лаптев Егор Ильич")
    open("/tmp/D/chatsheet.pdf","wb").write(await olga.file())
    await olga.presses("К протоколу")
    await olga.presses("Все протоколы")
    await olga.presses("Исправить протокол")
    print(olga.last.text, olga.last.keyboard)
    await olga.presses("Баллы члена жюри")
    print(olga.last.text, olga.last.keyboard)
    await olga.writes("Соколова")
    print(olga.last.text, olga.last.keyboard)
    await olga.presses("Лаптев Егор Ильич")
    print(olga.last.text, olga.last.keyboard)
    await olga.writes("5 5 5")
    print(olga.last.text, olga.last.keyboard)
    await olga.writes("2 5 5 5 8 10 5")
    print(olga.last.text, olga.last.keyboard)
    await olga.writes("техническая апелляция")
    print(olga.last.text, olga.last.keyboard)
    await olga.presses("Исправить")
    print(olga.last.text, olga.last.keyboard)
    await olga.presses("Все протоколы")
    print(olga.last.text, olga.last.keyboard)
    await egor.writes("меню"); await egor.presses("Оценивание")
    print(egor.last.text, egor.last.keyboard)
    assert 0
