from tests.talks.jury_scene import judging, passes_until
from tests.talks.chat import Chat
def show(p):
    for m in p.new or [p.last]:
        print("---", m.cmid, "edited" if m.edited else "", m.bold); print(m.text); print(m.keyboard)
    print("popups", p.popups)
async def test_try(chat: Chat):
    s = await judging(chat)
    j = s.juror
    await passes_until(chat, 9)
    await j.looks()
    show(j)
    await j.presses("Оценивать"); show(j)
    for label in "2 4 5 3 8 6–10› 9 5".split():
        label = label.replace("›"," ›")
        await chat.passes(__import__("datetime").timedelta(seconds=1))
        await j.presses(label); print("PRESS", label); print(j.last.cmid, j.last.text); print(j.last.keyboard)
    await j.presses("Изменить"); show(j)
    await j.presses("‹ К итогу"); show(j)
    await j.presses("Сохранить"); 
    for m in j.all[-2:]: print("---", m.cmid, m.edited); print(m.text); print(m.keyboard)
    print(j.popups)
    await j.presses("‹ назад"); show(j)
    await j.presses("Список"); show(j)
    await j.writes("меню"); show(j)
    await j.presses("Оценивание"); show(j)
    await j.presses("Сегодня не смогу"); show(j)
