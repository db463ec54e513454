"""Lists about the jury, the results and the stages."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.contest.exports.model import Column, Listing
from bot.contest.exports.pieces import (
    APPLICANT,
    GRADE,
    GROUP,
    NOMINATION,
    NUMBER,
    OUTCOME,
    SCHOOL,
    SUPERVISOR,
    WHO,
    moment,
    number,
)

JUROR = Column("juror", "Эксперт", "член жюри", personal=True)

JURY = Listing(
    "jury",
    "Жюри",
    "один член жюри",
    (
        JUROR,
        SCHOOL,
        number("scored", "Оценено", "сохранённых листов"),
        number("assigned", "Назначено", "работ на оценивании без отводов"),
        number("conflicts", "Отводов", "работ с конфликтом интересов"),
        moment("joined", "В жюри с", "когда принято приглашение"),
        Column("link", "Адрес страницы", "ссылка на страницу эксперта", personal=True, contact=True, printed=False),
    ),
    Action.VIEW_SHEETS,
)

SCORES = Listing(
    "scores",
    "Оценки",
    "одна оценка: работа, эксперт, критерий; у незаполненного листа — одна строка без критерия",
    (
        NUMBER,
        WHO,
        NOMINATION,
        GROUP,
        JUROR,
        Column("sheet", "Лист", "оценён, не закончен или отвод"),
        Column("criterion", "Критерий", "строка листа"),
        number("points", "Балл", "сколько поставлено, без веса критерия"),
        number("most", "Наибольший", "сколько можно поставить", printed=False),
        number("weight", "Вес", "на что балл умножается в сумме", printed=False),
        moment("saved", "Лист сохранён", "когда эксперт закончил"),
        Column("comment", "Комментарий", "слова эксперта о работе", personal=True, printed=False),
        Column("reason", "Причина отвода", "если эксперт не судит эту работу", personal=True, printed=False),
    ),
    Action.VIEW_SHEETS,
    of_jury=True,
)

RANKING = Listing(
    "ranking",
    "Рейтинг",
    "одна работа; сначала сравниваемые, по сравнениям и местам, затем остальные",
    (
        Column("field", "Сравнение", "с кем сравнивается работа: номинация, группа"),
        number("rank", "Место", "место по баллам среди сравниваемых"),
        *APPLICANT,
        SUPERVISOR,
        number("points", "Результат", "средний балл жюри, сумма или сумма мест, как заявлено в положении"),
        number("most", "Наибольший", "сколько баллов можно набрать", printed=False),
        number("sheets", "Листов", "сколько сохранённых листов вошло", printed=False),
        Column("proposed", "Предложено", "что предлагает схема наград"),
        OUTCOME,
        Column("by_hand", "Решено вручную", "«да» — итог поставил организатор", printed=False),
    ),
    Action.VIEW_RANKING,
    of_jury=True,
)

OUTCOMES = Listing(
    "outcomes",
    "Итоги",
    "одна заявка, по которой решено, чем она закончилась",
    (
        Column("kind", "Статус", "победитель, призёр, участник …"),
        OUTCOME,
        number("rank", "Место", "место, с которым итог принят"),
        number("points", "Баллы", "результат, с которым итог принят"),
        *APPLICANT,
        NOMINATION,
        GROUP,
        SUPERVISOR,
        number("people", "Людей", "сколько людей участвует по этой заявке"),
        Column("public", "Можно назвать", "«да» — всех людей заявки можно назвать открыто", printed=False),
        Column("by_hand", "Решено вручную", "«да» — итог поставил организатор", printed=False),
        moment("decided", "Решено", "когда итог принят"),
    ),
    Action.VIEW_RANKING,
    of_jury=True,
)

STANDINGS = Listing(
    "standings",
    "Этапы и финалисты",
    "одна заявка на одном этапе, о которой решено",
    (
        Column("stage", "Этап", "этап мероприятия"),
        Column("standing", "Решение", "прошла дальше, не прошла или отмечена и ещё не подтверждена"),
        *APPLICANT,
        NOMINATION,
        GROUP,
        Column("host", "Кто решил", "опорная школа или организатор"),
        Column("override", "Сверх квоты", "«да» — пропущена сверх квоты", printed=False),
        Column("reason", "Причина", "решения сверх квоты или исправления", personal=True, printed=False),
        moment("decided", "Решено", "когда решено"),
    ),
    Action.VIEW_STAGE,
)

TRIALS = Listing(
    "trials",
    "Результаты испытаний",
    "один результат: заявка, этап, испытание",
    (
        Column("stage", "Этап", "этап мероприятия"),
        Column("trial", "Испытание", "что выполняли"),
        NUMBER,
        WHO,
        GRADE,
        SCHOOL,
        Column("result", "Результат", "как записан в протоколе: баллы, время, раз"),
    ),
    Action.VIEW_STAGE,
)

ATTEMPTS = Listing(
    "attempts",
    "Попытки тестов",
    "одна попытка одного человека или команды",
    (
        Column("stage", "Этап", "этап мероприятия"),
        NUMBER,
        WHO,
        GRADE,
        SCHOOL,
        number("attempt", "Попытка", "какая по счёту"),
        number("points", "Баллы", "сколько набрано; пусто, пока попытка идёт или ответы не проверены"),
        moment("started", "Начата", "когда начата"),
        moment("finished", "Закончена", "когда закончена"),
    ),
    Action.MARK_ANSWERS,
    of_jury=True,
)

RESULT_LISTS = (JURY, SCORES, RANKING, OUTCOMES, STANDINGS, TRIALS, ATTEMPTS)
