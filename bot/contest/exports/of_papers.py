"""The register of papers, and what people find wrong in them."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.contest.exports.model import Column, Listing
from bot.contest.exports.pieces import moment, number

PAPERS = Listing(
    "papers",
    "Реестр документов",
    "один документ; отозванные остаются в реестре",
    (
        Column("number", "Номер документа", "номер, напечатанный на документе"),
        Column("kind", "Вид", "диплом, сертификат, благодарственное письмо …"),
        Column("whom", "Кому", "как напечатано; пусто, если люди уже забыты", personal=True),
        Column("state", "Состояние", "действует, заменён другим или отозван"),
        moment("issued", "Выдан", "когда выдан", printed=True),
        number("version", "Редакция", "1 — как выдан впервые, больше — после исправления"),
        moment("reissued", "Исправлен", "когда выдан исправленным"),
        Column("protocol", "Протокол", "протокол жюри, по которому выдан", printed=False),
        Column("reason", "Причина", "исправления или отзыва", personal=True, printed=False),
        Column("replaced", "Вместо него", "номер документа, который действует вместо этого", printed=False),
    ),
    Action.MAKE_PAPERS,
    filters=("all", "valid", "withdrawn"),
)
MISTAKES = Listing(
    "paper_mistakes",
    "Ошибки в документах",
    "одно сообщение об ошибке; решённые остаются в списке",
    (
        Column("number", "Номер документа", "номер, напечатанный на документе"),
        Column("field", "Что неверно", "имя, класс, школа, руководитель, название или другое"),
        Column("was", "Напечатано", "как стоит в документе; пусто, если люди уже забыты", personal=True),
        Column("wanted", "Должно быть", "как просят исправить", personal=True),
        Column("state", "Решение", "ждёт, исправлено, отказано или заменено новым сообщением"),
        moment("reported", "Сообщили", "когда сообщили", printed=True),
        moment("decided", "Решено", "когда решили"),
        Column("reason", "Причина отказа", "что ответил организатор", personal=True, printed=False),
    ),
    Action.CORRECT_PAPER,
    filters=("all", "asked"),
)
PAPER_LISTS = (PAPERS, MISTAKES)
