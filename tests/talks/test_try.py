from tests.talks.chat import Chat
from tests.talks.scenes import *

async def test_try(chat: Chat) -> None:
    await load_event(chat); await load_event(chat, WEBINAR)
    anna = await chat.person("Анна", "Смирнова")
    try:
        n = await apply_as_teacher(anna)
        await register_for_webinar(anna)
        await anna.presses("Мои заявки")
        await open_application(anna, n)
    finally:
        show(anna)

def show(p):
    for m in p._dialog["messages"]:
        who = "🤖" if m["out"] else "👤"
        kb = m.get("keyboard")
        print(who, m["text"], " ".join("[%s]" % k["action"]["label"] for r in (kb or {"buttons":[]})["buttons"] for k in r) if kb and kb.get("inline") else "")
