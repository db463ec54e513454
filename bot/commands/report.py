"""`report`: the report of a school year from the database, as XLSX and DOCX."""

from __future__ import annotations

import asyncio
import gc
import re
from datetime import UTC, datetime
from pathlib import Path

from bot.app import facts_of
from bot.commands.common import complain, exit_code_of, say, settings_or_complaint
from bot.contest.organisations import Directory
from bot.contest.programme import Programme
from bot.contest.report.counting import USUAL_RULE, Rules, read_rules, shipped_rules
from bot.contest.report.facts import year_title
from bot.contest.report.model import Report
from bot.documents.file import File
from bot.documents.report_docx.drawing import draw_docx
from bot.documents.report_docx.year import report_paper
from bot.documents.report_xlsx.drawing import draw_report
from bot.settings import EXIT_CONFIG, Settings
from handlers.book import texts
from handlers.kinds import Desk
from handlers.reporting import year_report
from storage.database import Database, opened
from storage.errors import StorageError
from storage.storage import Storage

#: Who acts when a report is made at the terminal.
TERMINAL = 0
_YEAR = re.compile(r"(20\d\d)(?:[-–/](?:20)?(\d\d))?")


def make_report(year: str, *, rules: str | None, compare: str | None, to: Path, names: bool) -> int:
    """Write the report of a year into the folder `to`; `names`: its rows name people, and the audit log says so."""
    settings = settings_or_complaint()
    if settings is None:
        return EXIT_CONFIG
    wanted, known = read_year(year), [_rules(name) for name in (rules or USUAL_RULE, compare) if name]
    if wanted is None:
        complain(f"{year}: нужен учебный год вида 2020-21")
    chosen = [one for one in known if one is not None]
    if wanted is None or len(chosen) < len(known):
        return 1

    async def on_database() -> Report | None:
        async with opened(settings.database_path, alone=False) as database:
            return await _counted(database, settings, wanted, chosen, names=names)

    gc.disable()  # looking for cycles among the rows costs a third of the time
    try:
        report = asyncio.run(on_database())
        if report is not None:
            _write(_files(report, chosen, names=names), to)
            _tell(report)
    except StorageError as error:
        return exit_code_of(error)
    except OSError as error:
        complain(f"{to}: не записать ({error.strerror or error})")
        return 1
    finally:
        gc.enable()
    return 1 if report is None else 0


def read_year(typed: str) -> str | None:
    """«2020-21» from «2020–2021», «2020/21» or «2020»; None where it is no school year."""
    found = _YEAR.fullmatch(typed.strip())
    if found is None:
        return None
    second = f"{(int(found[1]) + 1) % 100:02}"
    return f"{found[1]}-{second}" if found[2] in (None, second) else None


def _rules(name: str) -> Rules | None:
    """A rule that ships with the bot, or one of a file; None after saying what is wrong."""
    shipped = shipped_rules()
    if name in shipped:
        return shipped[name]
    if not Path(name).exists():
        complain(f"Правила счёта {name} нет. Есть: {', '.join(sorted(shipped))}; можно назвать свой файл YAML.")
        return None
    read = read_rules(Path(name))
    if isinstance(read, Rules):
        return read
    for mistake in read:
        complain(str(mistake))
    return None


async def _counted(
    database: Database, settings: Settings, year: str, rules: list[Rules], *, names: bool
) -> Report | None:
    """The report; None after saying that there is no such year."""
    async with database.snapshot() as connection:
        desk = _desk(settings, Storage(connection))
        years = await desk.storage.reports.years()
        if year not in years:
            complain(f"Событий {year_title(year)} учебного года в базе нет. Есть: {', '.join(years) or 'никаких'}.")
            return None
        report = await year_report(desk, year, rules[0], beside=rules[1] if len(rules) > 1 else None)
    if names:
        async with database.transaction() as connection:
            detail = {"year": year, "rules": rules[0].code}
            await Storage(connection).audit.add(TERMINAL, "export_report", f"report:{year}", detail, at=report.made_at)
    return report


def _write(files: tuple[File, ...], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / file.name).write_bytes(file.data)
        say(str(folder / file.name))


def _files(report: Report, rules: list[Rules], *, names: bool) -> tuple[File, ...]:
    """The tables, the clean paper, and the working one with what is missing and doubtful."""
    programme = Programme.load()
    papers = (
        File(f"otchyot-{report.year}{end}.docx", draw_docx(report_paper(report, programme, working=working)))
        for end, working in (("", False), ("-rabochij", True))
    )
    return draw_report(report, rules, directory=Directory.load(), names=names), *papers


def _tell(report: Report) -> None:
    say(f"{report.year_title} учебный год, правило «{report.rules.title}»")
    for figure in report.totals:
        other = report.beside_totals.get(figure.measure)
        beside = "" if not other else f"  (по правилу «{report.beside.title}»: {other})" if report.beside else ""
        say(f"{figure.label:<24}{figure.value:>7} {figure.unit}{beside}")
    say(f"Предупреждений: {len(report.warnings)}")


def _desk(settings: Settings, storage: Storage) -> Desk:
    return Desk(now=datetime.now(UTC), storage=storage, texts=texts(), facts=facts_of(settings, community=""))
