"""«Мой год»: a teacher's own pupils and own part, on a paper for the attestation."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from bot.contest.awards import Outcome, OutcomeKind
from bot.contest.consents import Applicant
from storage.outcomes import Result
from tests.talks.chat import Chat, Person
from tests.talks.organizer_scene import PROTOCOL, scene


async def words_of(person: Person) -> str:
    """Everything that stands in the file of the newest message."""
    document = Document(BytesIO(await person.file()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")


async def test_a_teachers_year_names_own_pupils_and_nobody_elses(chat: Chat) -> None:
    made = await scene(chat, days=PROTOCOL)
    nina, oleg = await made.person("Нина", "Орлова"), await made.person("Олег", "Дымов")
    vera = await made.applies(nina, "Соколова Вера Ильинична", supervisor="Орлова Нина Петровна")
    await made.applies(nina, "Рябова Зоя", supervisor="Орлова Нина Петровна", consent=False)
    await made.applies(oleg, "Белов Артём", supervisor="Дымов Олег Львович")
    await made.applies(nina, "Орлова Тая", role=Applicant.PARENT, supervisor=None)
    await made.hands_in(vera)
    async with made.storage() as storage:
        won = Result(vera.id, Outcome(OutcomeKind.WINNER, "Победитель, I место"))
        await storage.outcomes.set(won, by=made.organizer.id, at=chat.clock())
        await storage.events.approve(made.event.code, by=made.organizer.id, at=chat.clock())
        await storage.events.publish(made.event.code, by=made.organizer.id, at=chat.clock())
        await storage.jury.join(
            nina.id, made.event.code, full_name="Орлова Нина Петровна", organisation_code=None, at=chat.clock()
        )
    await nina.writes("мой год")
    nina.sees_in("Заявок учеников: 2, участий: 2, наград: 1. Своих участий: 1.")
    await nina.presses("Справка для аттестации")
    nina.sees(
        "Кого назвать в справке? Напишите фамилию, имя и отчество полностью.",
        "[Орлова Нина Петровна] / [Назад] [Отмена]",
    )
    await nina.writes("Н. П. Орлова")
    nina.sees_in("Нужны полные имя и фамилия")
    await nina.presses("Орлова Нина Петровна")
    nina.sees_in("учебный год. Итоги событий, которые ещё не опубликованы, в ней не указаны.")
    text = await words_of(nina)
    for expected in (
        "Педагог: Орлова Нина Петровна",
        "Соколова Вера Ильинична, 3 класс",
        "Победитель, I место",
        "член жюри, оценено работ: 0",
        "1 человек, без имени",
        vera.number,
    ):
        assert expected in text
    for somebody_elses in ("Рябова", "Белов", "Орлова Тая", "Дымов"):
        assert somebody_elses not in text


async def test_who_has_done_nothing_yet_is_told_so(chat: Chat) -> None:
    made = await scene(chat)
    nina = await made.person("Нина", "Орлова")
    await nina.writes("мой год")
    nina.sees_in("Пока нечего показать")
