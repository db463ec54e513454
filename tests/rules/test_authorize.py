"""The permission matrix: every action × every role × whose the object is."""

from __future__ import annotations

from itertools import product

import pytest

from bot.contest.authorize import Action, Actor, Role, RoleKind, Target, authorize

ME, SOMEBODY = 1, 2
HERE, THERE = "scratch", "umka"

ACTORS = {
    "nobody": Actor(ME),
    "jury here": Actor(ME, frozenset((Role(RoleKind.JURY, HERE),))),
    "organizer here": Actor(ME, frozenset((Role(RoleKind.ORGANIZER, HERE),))),
    "organizer everywhere": Actor(ME, frozenset((Role(RoleKind.ORGANIZER),))),
    "admin": Actor(ME, frozenset((Role(RoleKind.ADMIN),))),
}

#: One letter each: the actor's own, one given to them to judge, somebody's here, somebody's of another event
#: (judged by the actor as far as the row of the database goes), something of no event.
TARGETS = {
    "own": Target(HERE, ME),
    "assigned": Target(HERE, SOMEBODY, frozenset((ME,))),
    "foreign": Target(HERE, SOMEBODY, frozenset((SOMEBODY,))),
    "other event": Target(THERE, SOMEBODY, frozenset((ME,))),
    "no event": Target(),
}

#: Columns: nobody, jury here, organizer here, organizer everywhere, admin. In each: own, assigned, foreign,
#: other event, no event; + may, . may not.
MATRIX = """
view_event            +++++ +++++ +++++ +++++ +++++
apply                 +++++ +++++ +++++ +++++ +++++
edit_application      +.... +.... +.... +.... +....
withdraw_application  +.... +.... +.... +.... +....
give_consent          +.... +.... +.... +.... +....
withdraw_consent      +.... +.... +.... +.... +....
submit_work           +.... +.... +.... +.... +....
recheck_link          +.... +.... +++.. +++++ +++++
view_result           +.... +.... +++.. +++++ +++++
view_application      +.... +.... +++.. +++++ +++++
view_contacts         +.... +.... +++.. +++++ +++++
view_work             +.... ++... +++.. +++++ +++++
score                 ..... .+... ..... ..... .....
declare_conflict      ..... .+... ..... ..... .....
view_digest           ..... +++.. ..... ..... .....
view_counts           ..... ..... +++.. +++++ +++++
list_applications     ..... ..... +++.. +++++ +++++
accept_application    ..... ..... +++.. +++++ +++++
ask_changes           ..... ..... +++.. +++++ +++++
reject_application    ..... ..... +++.. +++++ +++++
drop_out              ..... ..... +++.. +++++ +++++
disqualify            ..... ..... +++.. +++++ +++++
extend_deadline       ..... ..... +++.. +++++ +++++
invite_jury           ..... ..... +++.. +++++ +++++
revoke_jury           ..... ..... +++.. +++++ +++++
assign_works          ..... ..... +++.. +++++ +++++
view_sheets           ..... ..... +++.. +++++ +++++
view_ranking          ..... ..... +++.. +++++ +++++
close_judging         ..... ..... +++.. +++++ +++++
set_outcome           ..... ..... +++.. +++++ +++++
approve_results       ..... ..... +++.. +++++ +++++
publish_results       ..... ..... +++.. +++++ +++++
announce              ..... ..... +++.. +++++ +++++
export                ..... ..... +++.. +++++ +++++
answer_person         ..... ..... +++.. +++++ +++++
view_audit            ..... ..... +++.. +++++ +++++
grant_role            ..... ..... ..... ..... +++++
revoke_role           ..... ..... ..... ..... +++++
view_health           ..... ..... ..... ..... +++++
"""


def cells() -> dict[tuple[str, str, str], bool]:
    rows = (line.split() for line in MATRIX.strip().splitlines())
    return {
        (action, actor, target): mark == "+"
        for action, *columns in rows
        for actor, marks in zip(ACTORS, columns, strict=True)
        for target, mark in zip(TARGETS, marks, strict=True)
    }


def test_no_cell_of_the_matrix_is_missing() -> None:
    assert set(cells()) == set(product([action.value for action in Action], ACTORS, TARGETS))


@pytest.mark.parametrize("action", Action)
def test_b17_b18_a_role_in_the_database_decides(action: Action) -> None:
    expected = {cell: may for cell, may in cells().items() if cell[0] == action}
    found = {
        (action.value, actor, target): authorize(ACTORS[actor], action, TARGETS[target])
        for actor, target in product(ACTORS, TARGETS)
    }
    assert found == expected


@pytest.mark.parametrize("action", Action)
def test_b22_two_events_with_equal_people_share_no_rights(action: Action) -> None:
    judged = frozenset((ME,))
    for kind in (RoleKind.JURY, RoleKind.ORGANIZER):
        actor = Actor(ME, frozenset((Role(kind, THERE),)))
        assert authorize(actor, action, Target(HERE, SOMEBODY, judged)) == authorize(
            Actor(ME), action, Target(HERE, SOMEBODY, judged)
        )


def test_b24_a_juror_never_scores_an_own_work() -> None:
    juror = ACTORS["jury here"]
    assert not authorize(juror, Action.SCORE, Target(HERE, ME, frozenset((ME,))))
    assert authorize(juror, Action.SCORE, Target(HERE, SOMEBODY, frozenset((ME,))))


@pytest.mark.parametrize("action", [Action.VIEW_CONTACTS, Action.EXPORT, Action.VIEW_SHEETS, Action.VIEW_APPLICATION])
def test_b23_the_jury_sees_no_contacts_and_no_other_sheets(action: Action) -> None:
    assert not authorize(ACTORS["jury here"], action, TARGETS["assigned"])


def test_every_role_has_a_name_for_people() -> None:
    assert [kind.label for kind in RoleKind] == ["администратор", "организатор", "жюри"]


def test_an_organizer_of_one_event_has_nothing_where_there_is_no_event() -> None:
    assert not any(authorize(ACTORS["organizer here"], action, Target()) for action in Action if action.value not in
                   ("view_event", "apply"))  # fmt: skip
