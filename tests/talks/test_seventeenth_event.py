"""A kind of event not seen before takes a file and no code: made of the model's parts, from announcement to outcome.

«Ночь науки»: teams and lone scientists together, a safety question that depends on another answer, a question to each
member, a selection with a quota at a host school, a new work in the final, weighted criteria, titles by points.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from bot.contest.event import Event
from bot.contest.event.loading import read_event
from bot.contest.event.moments import TOMSK
from tests.talks.chat import Chat
from tests.talks.organizer_scene import Scene
from tests.talks.scenes import load, open_application, send
from tests.talks.stage_scene import Reciters, invitation
from tests.talks.unit_scenes import begin, says

NIGHT = """
code: science-night-2026
title: Ночь науки
short_title: Ночь науки
kind: научный турнир
status_line: I открытый турнир
organiser: lyceum-7-tomsk
operator: rcro
number_prefix: НН
age_mark: 6+
texts:
  summary: Покажите опыт, который удивит даже учителя физики.
  for_whom: школьники 5–9 классов, по двое или втроём, и учёные-одиночки
  hand_in: видео опыта, ссылкой

opens_at: 2026-10-01
closes_at: 2026-10-10
judging_until: 2026-10-25
results_until: 2026-10-30

stages:
  - code: selection
    title: Отборочный этап
    kind: selection
    opens_at: 2026-10-01
    closes_at: 2026-10-15
    hosted_by: hosts
    hosts: [school-47-tomsk]
    quotas: [{per: [organisation], most: 1}]
    work: none
    certificate: true
  - {code: night, title: Ночь, kind: final, opens_at: 2026-10-16, closes_at: 2026-10-20, work: new}

unit: {kind: team, roster: {least: 2, most: 3}, captain: true}
other_units: [{kind: person}]
audience: {categories: [pupil], grades: {first: 5, last: 9}}
nominations:
  - code: chemistry
    title: Химия
    children: [{code: crystals, title: Кристаллы}, {code: colours, title: Цвета}]
  - {code: physics, title: Физика, grades: {first: 7, last: 9}}
fields:
  - code: fire
    type: yes_no
    title: Огонь
    question: В опыте будет огонь?
  - code: adult
    type: yes_no
    title: Взрослый рядом
    question: Рядом будет взрослый с огнетушителем?
    shown_if: {field: fire, equals: [true]}
    must_be_yes: true
  - {code: task, type: text, title: Роль в опыте, asked_of: member, example: держит штатив}
moderation: false

submission:
  links: [{kind: video, hosts: [vk.com, rutube.ru], count: {least: 1, most: 1}}]
  title_required: false
criteria:
  - {code: wonder, title: Удивление, max: 5, weight: 1.5}
  - {code: meaning, title: Объяснение, max: 5}
jury: {per_work: 1, digest_hour: 9}
awards:
  scheme: thresholds
  per: [nomination]
  thresholds:
    - {points: 10, title: Светило науки, outcome: winner}
    - {points: 6, title: Лаборант, outcome: prize}
  participant: {title: Зритель, outcome: participant, paper: certificate}
  collective: one_and_certificates
"""


async def test_a_seventeenth_event_is_a_file_and_no_code(chat: Chat, tmp_path: Path) -> None:
    made = await opened(chat, tmp_path)
    night = made.event.stages[1]
    nina = await made.person("Нина", "Орлова")

    await begin(chat, "science-night", person=nina)
    await says(nina, "Искра", "Соколова Вера, 7А\nБелов Артём, 6Б", "[Готово]", "1", "школа 47 томск", "[Да]")
    await nina.writes("без руководителя")
    nina.sees("Без руководителя здесь не обойтись. Напишите его фамилию, имя и отчество.")
    await says(nina, "Кедрова Зоя Львовна", "[Пропустить]", "[Химия]", "[Кристаллы]", "[Да]", "[Нет]")
    nina.sees_in("Без этого заявку не принять.")
    await says(nina, "[Да]", "зажигает", "держит штатив")
    nina.sees_in("1. Соколова Вера, 7А класс, роль в опыте: зажигает, капитан\n", "«Химия: Кристаллы»", "Огонь: да")
    await send(nina)
    nina.sees("Заявка НН-2026-0001 принята.", "[Добавить ещё команду] / [Мои заявки]")

    await begin(chat, "science-night", person=nina)
    await says(nina, "[Автор один]", "Лапина Ольга", "[Да]", "7", "[Без буквы]", "школа 47 томск", "[Да]")
    await says(nina, "Кедрова Зоя Львовна", "[Пропустить]", "[Физика]", "[Нет]", "всё сама")
    await send(nina)

    zoya = await made.person("Зоя", "Седых")
    here = Reciters(made, nina, zoya)
    await zoya.starts(await invitation(made, "47"))
    await here.ticks(1, 2)
    zoya.sees_in("Лапина Ольга: отметить не получится.", "Квота: от школы не больше 1. Уже выбраны: «Искра»")
    await chat.passes(made.event.closes_at + timedelta(days=1) - chat.clock())
    await here.writes_protocol()
    await says(zoya, "[Подтвердить протокол]", "[Подтвердить и сообщить всем]")
    zoya.sees_in("Участников 2: прошли 1, не прошли 1.")
    await nina.looks()
    nina.sees_in("Проходят дальше, впереди Ночь:\n• «Искра»", "Нужна новая работа", "• Лапина Ольга, 7 класс")

    await chat.passes(night.opens_at + timedelta(hours=3) - chat.clock())
    await open_application(nina, "НН-2026-0001")
    await says(nina, "[Сдать работу]", "https://vk.com/video-1_2")
    nina.sees_in("Работа к заявке НН-2026-0001 сдана.")

    egor = await made.juror("Егор", "Лаптев", "Лаптев Егор Ильич")
    await chat.passes(night.closes_at + timedelta(days=1) - chat.clock())
    await made.opens("Распределить")
    await made.organizer.presses("Назначить")
    await egor.writes("меню")
    await says(egor, "[Оценивание]", "[Оценивать]", "[5]", "[4]")
    egor.sees_in("Удивление — 5 из 5\nОбъяснение — 4 из 5\nИтого 11,5 из 12,5")
    await egor.presses("Сохранить")

    await made.opens("Рейтинг")
    made.organizer.sees_in("11,5 из 12,5, листов 1 · предлагается: Светило науки")
    await says(made.organizer, "[Принять предложенные]", "[Протокол]")
    made.organizer.sees_in("Победителей 1, участников 1 — всего 2, столько же принято заявок ✓")
    await says(made.organizer, "[Утвердить]", "[Публикация итогов]", "[Опубликовать]")
    await nina.looks()
    letter = next(message.text for message in nina.all if message.text.startswith("Итоги: «Ночь науки»"))
    assert "«Искра» (2 чел.): Светило науки" in letter
    assert "Лапина Ольга, 7 класс: Участник отборочного этапа" in letter


async def opened(chat: Chat, folder: Path) -> Scene:
    """The file is written, read and loaded; its intake began three days ago, and Olga organizes it."""
    path = folder / "science-night.yaml"
    path.write_text(NIGHT, encoding="utf-8")
    event = read_event(path)
    assert isinstance(event, Event), "\n".join(map(str, event))
    today: date = chat.clock().astimezone(TOMSK).date()
    event = event.moved_to(today - timedelta(days=3))
    await load(chat, event)
    made = Scene(chat, event, await chat.person("Ольга", "Лугова"))
    made.organizer = await made.person("Ольга", "Лугова")
    await made.organizes(made.organizer)
    return made
