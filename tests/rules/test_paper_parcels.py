"""Who gets papers in which form, what the files are called, what is to be done after a change, what is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.papers.changes import changes
from bot.contest.papers.content import Group, PaperContent, PaperKind, Planned
from bot.contest.papers.parcels import MOST_FILES, MOST_IN_ARCHIVE, Due, Form, file_name, letters
from bot.contest.papers.samples import Sample, samples

CONTENT = PaperContent(
    kind=PaperKind.DIPLOMA, programme="Программа", event="Конкурс", title="Диплом", lead="вручается",
    name="Соколова Вера",
)  # fmt: skip


def planned(key: str, content: PaperContent = CONTENT, application: int | None = 1) -> Planned:
    return Planned(
        key=key, kind=content.kind, application_id=application, participant_id=None, person_id=1, content=content
    )


@dataclass(frozen=True)
class Held:
    id: int
    key: str
    application_id: int | None = 1
    content: PaperContent | None = CONTENT


FORMS = [
    (1, True, Form.FILES, [1]),
    (10, True, Form.FILES, [10]),
    (11, True, Form.ARCHIVE, [1]),
    (100, True, Form.ARCHIVE, [1]),
    (101, True, Form.ARCHIVE, [2]),
    (1001, True, Form.ARCHIVE, [10, 1]),
    (1, False, Form.BY_HAND, [1]),
    (30, False, Form.BY_HAND, [30]),
]


@pytest.mark.parametrize(("papers", "reachable", "form", "attachments"), FORMS)
def test_the_form_depends_on_how_many_papers_somebody_gets(
    papers: int, reachable: bool, form: Form, attachments: list[int]
) -> None:
    found = letters((Due(number, 1, 7) for number in range(papers)), unreachable=() if reachable else (7,))
    assert [one.form for one in found] == [form] * len(attachments)
    assert [len(one.parts) for one in found] == attachments


def test_nobodys_papers_are_handed_over() -> None:
    assert [(one.person_id, one.form) for one in letters([Due(1, 1, None), Due(2, 1, 5)])] == [
        (None, Form.BY_HAND),
        (5, Form.FILES),
    ]


@given(st.lists(st.sampled_from([None, 1, 2, 3]), max_size=300))
def test_each_paper_goes_once_to_whose_it_is(people: list[int | None]) -> None:
    due = [Due(number, 1, person) for number, person in enumerate(people)]
    found = letters(due, unreachable={3})
    gone = [(paper, letter.person_id) for letter in found for part in letter.parts for paper in part]
    assert sorted(paper.paper_id for paper, _ in gone) == list(range(len(due)))
    assert all(paper.person_id == person for paper, person in gone)
    assert [letter.number for letter in found] == list(range(1, len(found) + 1))
    assert all(len(one.parts) <= MOST_FILES for one in found if one.form is not Form.BY_HAND)
    assert all(len(part) <= MOST_IN_ARCHIVE for one in found for part in one.parts)


NAMES = [
    ("Соколова Вера Ильинична", "Диплом — Соколова Вера Ильинична — ОЧК-2026-У5-0147.pdf"),
    ("«Ракета»", "Диплом — Ракета — ОЧК-2026-У5-0147.pdf"),
    ("../../etc/passwd", "Диплом — etc passwd — ОЧК-2026-У5-0147.pdf"),
    ("Ветрова\nАнна", "Диплом — Ветрова Анна — ОЧК-2026-У5-0147.pdf"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_b35_a_file_is_called_after_the_person_and_is_always_a_pdf_in_no_folder(name: str, expected: str) -> None:
    assert file_name(replace(CONTENT, name=name), "ОЧК-2026-У5-0147") == expected


def test_a_letter_is_called_after_the_teacher() -> None:
    title, name = "Благодарственное письмо", "Уважаемая Нина Петровна!"
    letter = replace(CONTENT, kind=PaperKind.THANKS, title=title, name=name, who="Орлова Нина Петровна")
    assert file_name(letter, "1") == "Благодарственное письмо — Орлова Нина Петровна — 1.pdf"


@given(st.text(max_size=300))
def test_no_name_makes_a_folder_or_another_ending(name: str) -> None:
    found = file_name(replace(CONTENT, name=name), "ОЧК-2026-У5-0147")
    assert not set('\\/:*?"<>|\n\x00') & set(found)
    assert found.endswith(" — ОЧК-2026-У5-0147.pdf")
    assert len(found) < 200


def test_only_what_differs_is_done() -> None:
    better = replace(CONTENT, award="I степени")
    found = changes(
        [planned("stays"), planned("better", better), planned("new")],
        [Held(1, "stays"), Held(2, "better"), Held(3, "gone")],
    )
    assert [one.key for one in found.missing] == ["new"]
    assert found.changed == ((2, better),)
    assert found.overdue == (3,)
    assert found.any


def test_other_words_and_another_protocol_issue_nothing_again() -> None:
    reworded = replace(CONTENT, lead="награждён(а)", basis="Протокол № 2", programme="Иначе", place="Томск, 2027")
    assert not changes([planned("one", reworded)], [Held(1, "one")]).any


def test_what_was_issued_to_those_who_may_not_be_named_any_more_is_left() -> None:
    letter = replace(CONTENT, kind=PaperKind.THANKS, groups=(Group("Победители", ("Ли Анна, 3 класс",)),))
    held = [Held(1, "theirs", 5), Held(2, "letter", None, letter), Held(3, "others", 6)]
    assert changes([], held, hidden={5: ("Ли Анна",)}).overdue == (3,)
    assert changes([], held, hidden={5: ("Белов Артём",)}).overdue == (2, 3)
    assert changes([], [Held(4, "forgotten", 7, None)]).overdue == ()


def test_samples_are_those_in_which_something_may_not_fit() -> None:
    def one(key: str, kind: PaperKind, name: str, **more: object) -> Planned:
        return planned(key, replace(CONTENT, kind=kind, name=name, **more))  # type: ignore[arg-type]

    papers = [
        one("short", PaperKind.DIPLOMA, "Ли Анна"),
        one("long", PaperKind.CERTIFICATE, "Воскресенская Александра Святославовна"),
        one("team", PaperKind.TEAM_DIPLOMA, "«Ракета»"),
        one("letter", PaperKind.THANKS, "Уважаемая!", groups=(Group("Победители", ("Ли Анна",)),)),
    ]
    assert {sample: paper.key for sample, paper in samples(papers).items()} == {
        Sample.LONGEST: "long",
        Sample.NO_PATRONYMIC: "short",
        Sample.TEAM: "team",
        Sample.LETTER: "letter",
    }
    assert samples([]) == {}
