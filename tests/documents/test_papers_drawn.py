"""Papers as PDF: nothing is cut, nothing leaves the page, nothing that people typed is read as markup."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.contest.papers.content import Group, PaperContent, PaperKind
from bot.documents.papers.child import Setter, pages_of
from bot.documents.papers.designs import BUILT_IN, Design
from bot.documents.papers.drawing import Sheet, draw, draw_many, preview_png
from bot.documents.papers.extremes import CHECK_URL, LETTER, LONGEST, NUMBER, SAMPLES, USUAL, sheet
from bot.documents.papers.fields import as_json
from bot.documents.papers.setting import files_of
from tests.documents.pdf_text import pages, words

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһіАБЖЩЮЯӘҒҚҢӨҰҮІ"
#: Of a page whose corners are at 0.
FRAME_PT = 40
WIDTH, HEIGHT = 595.3, 841.9


@pytest.fixture(scope="module")
def setter(tmp_path_factory: pytest.TempPathFactory) -> Setter:
    """The built-in design in this process: hundreds of papers are set with it."""
    folder = tmp_path_factory.mktemp("papers")
    for name, data in files_of(BUILT_IN).items():
        (folder / name).write_bytes(data)
    return Setter(folder)


def pdf_of(setter: Setter, content: PaperContent) -> bytes:
    kind, data = setter.set(as_json(sheet(content), BUILT_IN), "pdf", 72)
    assert kind == b"d", data.decode()
    return pages_of(data)[0]


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u00a0", "")


def assert_whole(pdf: bytes, content: PaperContent, *, most: int = 1) -> None:
    """Every word stands on the page, inside of the frame, and there are not more pages than `most`."""
    found = pages(pdf)
    assert len(found) <= most
    landscape = content.kind in (PaperKind.CERTIFICATE, PaperKind.JUROR, PaperKind.SPEAKER, PaperKind.LISTENER)
    width, height = (HEIGHT, WIDTH) if landscape else (WIDTH, HEIGHT)
    for run in (run for page in found for run in page):
        assert run.left >= FRAME_PT, run
        assert run.right <= width - FRAME_PT, run
        assert FRAME_PT <= run.base <= height - FRAME_PT, run
    told = words(pdf)
    lines = [content.name, content.who, content.school, content.event, content.nomination, content.topic, content.text]
    people = [name for group in content.groups for name in group.people]
    for line in [*lines, *content.supervisors, *content.people, *people, NUMBER]:
        assert squeezed(line) in told


@pytest.mark.parametrize(("what", "content"), SAMPLES)
def test_the_hardest_papers_stand_whole_on_their_page(setter: Setter, what: str, content: PaperContent) -> None:
    assert_whole(pdf_of(setter, content), content)


_word = st.text(LETTERS, min_size=1, max_size=40)
_name = st.lists(_word, min_size=1, max_size=4).map(" ".join).filter(lambda name: len(name) <= 100)
_line = st.lists(_word, min_size=1, max_size=30).map(lambda parts: " ".join(parts)[:200].strip())
_unbroken = st.text(LETTERS, min_size=150, max_size=200)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    name=_name | st.text(LETTERS, min_size=60, max_size=100),
    school=_line | _unbroken,
    event=_line,
    topic=_line | st.just(""),
    supervisors=st.lists(_name, max_size=3).map(tuple),
    kind=st.sampled_from([PaperKind.DIPLOMA, PaperKind.HONOUR, PaperKind.CERTIFICATE]),
)
def test_any_name_and_school_up_to_the_stored_limits_fit_on_one_page(
    setter: Setter, name: str, school: str, event: str, topic: str, supervisors: tuple[str, ...], kind: PaperKind
) -> None:
    content = replace(LONGEST, kind=kind, name=name, school=school, event=event, topic=topic, supervisors=supervisors)
    assert_whole(pdf_of(setter, content), content)


@pytest.mark.parametrize(("kind", "most"), [(PaperKind.DIPLOMA, 260), (PaperKind.HONOUR, 260), (PaperKind.JUROR, 200)])
@pytest.mark.parametrize("longest", ["name", "school", "event", "nomination", "topic", "text"])
def test_few_words_fit_unmeasured_even_of_the_widest_letters(
    setter: Setter, kind: PaperKind, most: int, longest: str
) -> None:
    lines: dict[str, Any] = dict.fromkeys(["name", "school", "event", "nomination", "topic", "text"], "Щ" * 15)
    lines[longest] = "Щ" * (most - 5 * 15 - 2 * 10)
    titled = replace(USUAL, title="Специальный диплом жюри", award="«За бережное отношение к семейной памяти»")
    content = replace(titled, kind=kind, supervisors=("Щ" * 10, "Щ" * 10), **lines)
    assert_whole(pdf_of(setter, content), content)


def test_a_letter_with_more_pupils_than_a_page_holds_goes_on_to_the_next(setter: Setter) -> None:
    many = tuple(f"Константинопольская Александра {number}, 3 класс" for number in range(160))
    content = replace(LETTER, groups=(Group("Участники", many),))
    pdf = pdf_of(setter, content)
    assert len(pages(pdf)) > 1
    assert_whole(pdf, content, most=4)


NASTY = (
    '#read("/etc/passwd")',
    "#panic()[x] $ x^2 $ `raw` <label> @ref",
    "= Heading\n- list *bold* _it_ \\ // comment /* x */",
    "{{7*7}} %s {0.__class__} ${x} <script>alert(1)</script> &lt;",
    '"quoted\\" ] ) }',
)


@pytest.mark.parametrize("text", NASTY)
def test_b6_what_people_typed_is_never_markup(setter: Setter, text: str) -> None:
    content = replace(USUAL, name=text, school=text, supervisors=(text,), people=(text,))
    told = words(pdf_of(setter, content))
    assert told.count(squeezed(text)) == 4


def test_the_same_data_give_the_same_bytes_in_another_process_too() -> None:
    first = draw(LONGEST, number=NUMBER, check_url=CHECK_URL)
    assert draw(LONGEST, number=NUMBER, check_url=CHECK_URL) == first
    source = (
        "import sys; from bot.documents.papers.drawing import draw; "
        "from bot.documents.papers.extremes import LONGEST, NUMBER, CHECK_URL; "
        "sys.stdout.buffer.write(draw(LONGEST, number=NUMBER, check_url=CHECK_URL))"
    )
    root = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-c", source], cwd=root, stdout=subprocess.PIPE, check=True)
    assert other.stdout == first


def test_f4_a_paper_drawn_again_after_others_has_the_same_bytes() -> None:
    sheets = [Sheet(content=content, number=NUMBER, check_url=CHECK_URL) for _, content in SAMPLES[-3:]]
    forwards = list(draw_many(sheets))
    assert list(draw_many(sheets[::-1])) == forwards[::-1]


def test_f4_what_a_run_that_was_cut_off_has_left_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / "kreitv-papers-left"
    left.mkdir()
    (left / "main.typ").write_text("…", encoding="utf-8")
    os.utime(left, (0, 0))
    papers = draw_many([sheet(USUAL), sheet(USUAL)])
    next(papers)
    (running,) = tmp_path.glob("kreitv-papers-*")
    assert running != left
    papers.close()
    assert not list(tmp_path.iterdir())


def test_a_corrected_paper_says_so() -> None:
    mark = "Выдан взамен документа от 12.05.2026, исправлен 20.05.2026"
    assert squeezed(mark) in words(draw(USUAL, number=NUMBER, check_url=CHECK_URL, mark=mark))
    assert "взамен" not in words(draw(USUAL, number=NUMBER, check_url=CHECK_URL))


def test_an_organizers_words_take_the_place_of_the_usual_ones() -> None:
    design = Design(heading="Школа талантов", lead="вручается")
    told = words(draw(USUAL, design, number=NUMBER, check_url=CHECK_URL))
    assert "Школаталантов" in told
    assert "вручается" in told
    assert "награждается" not in told
    certificate = replace(USUAL, kind=PaperKind.CERTIFICATE, lead="подтверждает, что")
    assert "подтверждает,что" in words(draw(certificate, design, number=NUMBER, check_url=CHECK_URL))


def test_a_preview_is_a_picture_for_a_phone() -> None:
    picture = preview_png(USUAL, number=NUMBER, check_url=CHECK_URL)
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 1_000_000
