from __future__ import annotations
from tests.talks.chat import Chat
from tests.talks.scenes import load_event, EVENTS, load
from tests.talks.organizer_scene import *
from bot.contest.event.loading import read_event

async def go(p, *acts):
    for a in acts:
        print("👤", a)
        if a.startswith("["):
            await p.presses(a[1:-1])
        else:
            await p.writes(a)
        for m in p.new:
            print("🤖", m.text, "\n   ", m.keyboard)

async def begin(p, slug, role="Педагог"):
    await p.starts(slug)
    labels = [l for r in p.last.buttons for l in r]
    await go(p, "["+next(l for l in labels if l.startswith(("Подать","Зарег")))+"]")
    labels = [l for r in p.last.buttons for l in r]
    if role in labels:
        await p.presses(role)
    for _ in range(2):
        labels = [l for r in p.last.buttons for l in r]
        await p.presses(next(l for l in labels if l.startswith(("Подтвержд","Родители", "Согласен","Публиковать"))))
    print("🤖", p.last.text, "\n   ", p.last.keyboard)

async def test_umka(chat: Chat) -> None:
    await load_event(chat, "umka.yaml", opened_days_ago=3)
    p = await chat.person("Нина", "Орлова")
    await begin(p, "umka")
    await go(p, "Знайки", "Соколова Вера, старшая группа\nБелов Артём, подготовительная группа\nКим Ян, 2А\nКим Яна подготовительная\nМаев Олег 1А", "[Готово]", "г13", "[Да]", "Орлова Нина Петровна", "+79131234567", "[Пропустить]", "[Пропустить]", "[Отправить]", "[Добавить ещё команду]")

async def test_number(chat: Chat) -> None:
    def ch(e):
        from bot.contest.event.units import Headcount
        u=e.unit.model_copy(update={"headcount": Headcount.NUMBER})
        return e.model_copy(update={"unit": u})
    await load_event(chat, "spring.yaml", opened_days_ago=3, changed=ch)
    p = await chat.person("Нина", "Орлова")
    await begin(p, "spring")
    await go(p, "[Хор]", "5", "30", "5А", "Весна", "[Без списка имён]", "г13", "[Да]", "Орлова Нина Петровна", "[Никого нет]", "[Никого нет]", "[Пропустить]", "[Вокал]", "[Народный]", "Крылатов. Прекрасное далёко", "3:20", "[Отправить]", "[Мои заявки]")
    await go(p, "["+p.last.buttons[0][0]+"]", "[Изменить]", "[Форма]", "[Соло]", "Соколова Вера", "[Да]", "3А", "[Без буквы]", "[Сохранить]", "[Открыть заявку]")

async def test_tp(chat: Chat) -> None:
    await load_event(chat, "teacher-projects.yaml", opened_days_ago=3)
    p = await chat.person("Нина", "Орлова")
    await begin(p, "teacher-projects")
    await go(p, "Урок за 15 минут", "Орлова Нина Петровна", "учитель химии", "[Пропустить]", "Белов Олег Игоревич", "учитель физики", "физика", "[Больше авторов нет]",  "г13", "[Да]", "[Пропустить]", "[Урок и предмет]", "[Исправить]", "[Ещё ›]", "[Добавить автора]", "Ким Анна Ивановна", "учитель", "[Пропустить]", "[Отправить]", "[Сдать работу]", "https://disk.yandex.ru/i/abc")

async def test_org(chat: Chat) -> None:
    from tests.talks.organizer_scene import scene
    made = await scene(chat, days=3, file="sports-mosaic.yaml")
    p = await chat.person("Нина", "Орлова")
    await begin(p, "sports-mosaic")
    await go(p, "Ракета", "Соколова Вера Ильинична, 6А\nбелов артём олегович 6б\nКедров Лев, 6Б\nКедрова Анна 6Б\nЛаптев Пётр 6А\nКим Яна 6А",
      "[Готово]", "3", "г13", "[Да]", "Орлов Пётр Ильич", "+7 913 123-45-67","[Пропустить]", "[Да]", "Петров Пётр", "[Отправить]")
    print("=====")
    await made.opens("Заявки")
    o = made.organizer
    await go(o, "ракета", "[Принять]")
