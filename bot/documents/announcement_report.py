"""How an announcement went, as XLSX: a row a person, and a sheet of the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.contest.exports.model import Column, Kind
from bot.documents.exports.cells import Value
from bot.documents.exports.table import Table
from bot.documents.exports.xlsx import XlsxWriter
from bot.documents.file import File

COLUMNS = (
    Column("name", "Получатель", "как называется страница; пусто, если согласие отозвано", personal=True),
    Column("page", "Адрес страницы", "адрес во ВКонтакте", personal=True, contact=True),
    Column("what", "Что с сообщением", "доставлено, ещё в пути или почему не доставлено"),
    Column("sent", "Доставлено", "когда ВКонтакте принял сообщение", Kind.MOMENT),
    Column("read", "Прочитано", "когда ВКонтакте сообщил, что диалог прочитан дальше этого сообщения", Kind.MOMENT),
)


def draw_report(
    name: str, *, about: Sequence[tuple[str, str]], rows: Iterable[Sequence[Value]], zone: ZoneInfo
) -> File:
    """The workbook `name`.xlsx: `rows` with a value for each of `COLUMNS`, `about` on the sheet of figures.

    Nothing that people wrote is a formula or a link in it (B27).
    """
    with TemporaryDirectory(prefix="announcement-") as folder:
        path = Path(folder) / "report"
        with XlsxWriter(path, Table("Получатели", COLUMNS, tuple(about), zone)) as writer:
            for row in rows:
                writer.write(row)
        return File(f"{name}.xlsx", path.read_bytes())
