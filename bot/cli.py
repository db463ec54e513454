"""The command line. Each command imports what it needs when it runs: vkbottle alone takes over a second."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Бот школьных конкурсов для сообщества ВКонтакте.",
)
events = typer.Typer(no_args_is_help=True, help="Мероприятия: проверить файл, загрузить, посмотреть список.")
people = typer.Typer(no_args_is_help=True, help="Роли людей: выдать и посмотреть.")
app.add_typer(events, name="events")
app.add_typer(people, name="people")

Files = Annotated[list[Path], typer.Argument(metavar="ФАЙЛ…", help="Файлы мероприятий, YAML.")]


@app.command()
def run() -> None:
    """Запустить бота: работает, пока не остановят (Ctrl-C, SIGTERM)."""
    from bot.commands.run import run_bot

    raise typer.Exit(run_bot())


@app.command()
def demo(
    *,
    tour: Annotated[bool, typer.Option("--tour", help="Сыграть целый конкурс в терминале и выйти.")] = False,
    year: Annotated[
        bool, typer.Option("--year", help="Сыграть весь 2020–21 год в его размерах, показать таблицу и выйти.")
    ] = False,
    papers: Annotated[
        Path | None,
        typer.Option(metavar="ПАПКА", help="С --year: выдать документы всех мероприятий и записать их сюда."),
    ] = None,
    keep: Annotated[Path | None, typer.Option(metavar="ФАЙЛ", help="С --year: сохранить базу этого года сюда.")] = None,
    port: Annotated[int, typer.Option(help="Порт страницы чата.")] = 8099,
    browser: Annotated[bool, typer.Option(help="Открыть страницу в браузере.")] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Забыть прежнюю игру и начать заново.")] = False,
) -> None:
    """Показать бота в деле: песочница вместо ВКонтакте, мероприятия и люди для примера, своя база."""
    if tour:
        from bot.commands.tour import play_tour

        raise typer.Exit(play_tour())
    if year:
        from bot.commands.year.play import Results, play_year

        raise typer.Exit(play_year(Results(papers, keep)))
    if papers or keep:
        raise typer.BadParameter("--papers и --keep нужны вместе с --year")
    from bot.commands.demo import run_demo

    raise typer.Exit(run_demo(port, browser=browser, fresh=fresh))


@app.command()
def sandbox(port: Annotated[int, typer.Option(help="Порт.")] = 8099) -> None:
    """Запустить одну песочницу: местный VK для проб и тестов."""
    from bot.sandbox.server import main as serve

    serve(port)


@app.command()
def check(
    *,
    database: Annotated[
        bool, typer.Option("--database", help="Только база, без сети: сходится ли в ней всё одно с другим.")
    ] = False,
) -> None:
    """Проверить настройки, базу и сообщество: ключ, права, Long Poll, события, сообщения."""
    if database:
        from bot.commands.invariants import check_database

        raise typer.Exit(check_database())
    from bot.commands.check import check_all

    raise typer.Exit(check_all())


@app.command()
def backup(
    path: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Куда записать копию; с --keep — в какую папку.")],
    *,
    keep: Annotated[
        int | None, typer.Option(min=1, metavar="ЧИСЛО", help="Записать в папку и оставить столько последних копий.")
    ] = None,
) -> None:
    """Записать копию базы; можно, пока бот работает."""
    from bot.commands.backup import make_backup

    raise typer.Exit(make_backup(path, keep=keep))


@app.command()
def restore(path: Annotated[Path, typer.Argument(metavar="КОПИЯ", help="Файл, записанный командой backup.")]) -> None:
    """Поставить копию на место базы; бот должен быть остановлен, прежняя база останется рядом."""
    from bot.commands.restore import restore as put_in_place

    raise typer.Exit(put_in_place(path))


@app.command()
def retention(
    *,
    destroy: Annotated[bool, typer.Option("--destroy", help="Уничтожить то, чей срок закончился.")] = False,
    act: Annotated[Path | None, typer.Option(metavar="ФАЙЛ", help="Куда записать акт об уничтожении.")] = None,
) -> None:
    """Показать сроки хранения и что будет уничтожено; с --destroy — уничтожить и составить акт."""
    from bot.commands.retention import show_or_destroy

    raise typer.Exit(show_or_destroy(sure=destroy, act=act))


@app.command()
def report(
    year: Annotated[str, typer.Argument(metavar="ГОД", help="Учебный год: 2020-21.")],
    *,
    to: Annotated[Path, typer.Option(metavar="ПАПКА", help="Куда записать файлы.")],
    rules: Annotated[
        str | None, typer.Option(metavar="ПРАВИЛО", help="Правило счёта: unique, printed-2020-21 или свой файл YAML.")
    ] = None,
    compare: Annotated[str | None, typer.Option(metavar="ПРАВИЛО", help="Второе правило рядом.")] = None,
    names: Annotated[bool, typer.Option("--names", help="С именами в строках; об этом останется запись.")] = False,
) -> None:
    """Составить годовой отчёт: таблицы XLSX, где каждая цифра ведёт к своим строкам, и текст DOCX."""
    from bot.commands.report import make_report

    raise typer.Exit(make_report(year, rules=rules, compare=compare, to=to, names=names))


@app.command()
def papers(
    event: Annotated[str, typer.Argument(metavar="СОБЫТИЕ", help="Код события: scratch-2026.")],
    *,
    to: Annotated[Path, typer.Option(metavar="ПАПКА", help="Куда записать файлы PDF.")],
) -> None:
    """Записать все выданные документы события в папку, чтобы напечатать; об этом останется запись в журнале."""
    from bot.commands.papers import write_papers

    raise typer.Exit(write_papers(event, to))


@app.command()
def bench(
    *,
    quick: Annotated[bool, typer.Option("--quick", help="В меньших размерах: минуты вместо четверти часа.")] = False,
    only: Annotated[str | None, typer.Option(metavar="ЧТО", help="Измерить одно: replies, latency, claim…")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Таблицей для документации.")] = False,
) -> None:
    """Измерить скорость рядом с обычными ботами на vkbottle; код 1, если какая-то цель не достигнута."""
    from bot.commands.bench import run_bench

    raise typer.Exit(run_bench(quick=quick, only=only, as_markdown=markdown))


@events.command("check")
def check_events(files: Files) -> None:
    """Проверить файлы: каждая ошибка называется с файлом, ключом и тем, что ожидалось."""
    from bot.commands.events import check_files

    raise typer.Exit(check_files(files))


@events.command("load")
def load_events(
    files: Files,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="ДАТА", help="Перенести все даты: приём начнётся в этот день (или today)."),
    ] = None,
) -> None:
    """Загрузить мероприятия в базу."""
    from bot.commands.events import load_files

    raise typer.Exit(load_files(files, start))


@events.command("list")
def list_events() -> None:
    """Показать загруженные мероприятия."""
    from bot.commands.events import print_events

    raise typer.Exit(print_events())


@events.command("new")
def new_event(
    path: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Куда записать.")],
    *,
    title: Annotated[str | None, typer.Option(help="Название.")] = None,
    short_title: Annotated[str | None, typer.Option(help="Короткое название, до 40 знаков.")] = None,
    kind: Annotated[str | None, typer.Option(help="Конкурс, фестиваль, вебинар…")] = None,
    prefix: Annotated[str | None, typer.Option(help="Буквы номера заявки.")] = None,
    organiser: Annotated[str | None, typer.Option(help="Кто проводит: код или «гимназия 13».")] = None,
    opens: Annotated[str | None, typer.Option(help="Приём с.")] = None,
    closes: Annotated[str | None, typer.Option(help="Приём по.")] = None,
    code: Annotated[str | None, typer.Option(help="Код латиницей, с годом.")] = None,
    who: Annotated[str | None, typer.Option(help="preschooler, pupil, student, teacher — через запятую.")] = None,
    grades: Annotated[str | None, typer.Option(help="Классы: 1-4.")] = None,
    unit: Annotated[str | None, typer.Option(help="person, team, pair, collective, project, attendance.")] = None,
    hand_in: Annotated[str | None, typer.Option(help="link, photo, video, document, audio, nothing.")] = None,
    awards: Annotated[str | None, typer.Option(help="Схема наград: places, thresholds…")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ничего не спрашивать, взять предложенное.")] = False,
) -> None:
    """Завести файл мероприятия: несколько вопросов — и файл с пояснениями готов."""
    from bot.commands.events_new import new_file

    given = {
        "title": title,
        "short-title": short_title,
        "kind": kind,
        "prefix": prefix,
        "organiser": organiser,
        "opens": opens,
        "closes": closes,
        "code": code,
        "who": who,
        "grades": grades,
        "unit": unit,
        "hand-in": hand_in,
        "awards": awards,
    }
    raise typer.Exit(new_file(path, given, quiet=yes))


@events.command("copy")
def copy_event(
    sources: Annotated[list[str], typer.Argument(metavar="ФАЙЛ|КОД…", help="Прошлогодний файл или код из базы.")],
    start: Annotated[str, typer.Option("--from", metavar="ДАТА", help="Когда начнётся приём: 2026-04-01 или today.")],
    to: Annotated[Path | None, typer.Option(metavar="ФАЙЛ", help="Куда записать; для нескольких — папка.")] = None,
) -> None:
    """Повторить мероприятие: новый файл с перенесёнными датами, пояснения остаются."""
    from bot.commands.events import copy_to

    raise typer.Exit(copy_to(sources, start, to))


@events.command("keys")
def event_keys(
    path: Annotated[Path | None, typer.Argument(metavar="ФАЙЛ", help="Куда записать; без него — на экран.")] = None,
) -> None:
    """Справочник ключей файла мероприятия, собранный из модели."""
    from bot.commands.events_keys import write_keys

    raise typer.Exit(write_keys(path))


@people.command("grant")
def grant_role(
    vk_id: Annotated[int, typer.Argument(help="Номер страницы VK.")],
    role: Annotated[str, typer.Argument(help="admin, organizer, jury или host.")],
    event: Annotated[str | None, typer.Option(help="Код мероприятия; без него — все.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Код опорной школы, для роли host.")] = None,
) -> None:
    """Выдать роль."""
    from bot.commands.people import grant

    raise typer.Exit(grant(vk_id, role, event, organisation))


@people.command("list")
def list_people() -> None:
    """Показать, у кого какие роли."""
    from bot.commands.people import print_people

    raise typer.Exit(print_people())


def main() -> None:
    """The entry of `python -m bot`."""
    app()
