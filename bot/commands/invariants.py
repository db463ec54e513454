"""`check --database`: does what the database says fit together; without the network, beside the running bot."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.common import complain, exit_code_of, say, settings_or_complaint
from bot.settings import EXIT_CONFIG
from storage.database import opened
from storage.errors import StorageError
from storage.invariants import PARTS, Invariants, Violation

#: What each broken rule means, for who must mend it.
MEANINGS = {
    "answers_of_undone": "ответ записан, а сообщение, на которое он отвечает, ещё не обработано (строки outbox)",
    "ordinals_behind": "номер заявки больше последнего выданного: следующая получила бы занятый (строки application)",
    "sent_without_message": "сообщение считается отправленным, а номера от VK у него нет (строки outbox)",
    "random_ids_twice": "у двух сообщений одному человеку один random_id: VK примет только одно (строки outbox)",
    "unnumbered": "сообщение без random_id: повтор дойдёт дважды (строки outbox)",
    "changes_of_nothing": "правка сообщения, которого нет (строки outbox)",
    "accepted_without_time": "заявка принята, а когда — не записано (строки application)",
    "unsaved_sheets": "лист жюри закончен, а баллов в нём нет (строки assignment)",
    "states": "заявка в состоянии, которого не бывает (строки application)",
    "references": "строка ссылается на то, чего нет (таблица:строка)",
    "file": "файл базы повреждён",
    "audit": "журнал действий изменён или в нём не хватает записи (номер первой не на месте)",
    "seats": "мест занято больше, чем есть (коды мероприятий)",
}


def check_database() -> int:
    """Look at every rule; 0 where all hold."""
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG
    if not settings.database_path.exists():
        complain(f"Базы {settings.database_path} нет: она появится при первом запуске.")
        return 1
    try:
        violations = asyncio.run(violations_of(settings.database_path))
    except StorageError as error:
        return exit_code_of(error)
    for violation in violations:
        complain(line(violation))
    if violations:
        complain("Остановите бота, сохраните файл базы и журнал и восстановите последнюю целую копию.")
        return 1
    say(f"✓ База {settings.database_path}: всё сходится, правил проверено {len(PARTS)}")
    return 0


async def violations_of(path: Path) -> list[Violation]:
    """What is broken in the database at `path`; the bot may run meanwhile. Raises StorageError."""
    async with opened(path, alone=False) as database, database.snapshot() as connection:
        return await Invariants(connection).violations(now=datetime.now(UTC))


def line(violation: Violation) -> str:
    """A line for the terminal."""
    more = "" if violation.count == len(violation.rows) else f" и ещё {violation.count - len(violation.rows)}"
    return f"✗ {violation.rule}: {MEANINGS[violation.part]}: {', '.join(violation.rows)}{more}"
