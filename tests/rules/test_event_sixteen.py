"""All sixteen events of the network's year, each with what is special in it."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bot.contest.event import Category, Event, UnitKind, WorkKind, source
from bot.contest.event.awards import (
    JuryNominations,
    OwnNominations,
    Participation,
    Places,
    Quota,
    Thresholds,
    WinnersPrizes,
)
from bot.contest.event.fields import AskedOf
from bot.contest.event.loading import dump_event, load_stored, read_event, read_events
from bot.contest.event.mistakes import Mistake
from bot.contest.event.scoring import Measure, Ranking
from bot.contest.event.stages import HostedBy, WorkAfter
from bot.contest.event.units import Bundle, Collective, CountedIn, Pair, Team
from bot.contest.grades import PreschoolGroup

HERE = Path(__file__).parents[2] / "bot" / "data" / "events" / "2020-21"
FILES = sorted(HERE.glob("*.yaml"))
#: The sixteen of the year's report, and the parts of two of them.
SIXTEEN = {
    "sports-mosaic", "reciters", "smart-home", "favourite-book", "my-mother", "exhibition", "memory", "umka",
    "scratch", "spring", "pupil-projects",
    "webinar-scratch", "school-cases", "seminar", "teacher-projects", "assessment",
}  # fmt: skip
PARTS = {"smart-home-webinar", "smart-home-blender", "smart-home-projects", "projects"}


def read(name: str) -> Event:
    event = read_event(HERE / f"{name}.yaml")
    assert isinstance(event, Event), "\n".join(map(str, event))
    return event


EVENTS = {path.stem: read(path.stem) for path in FILES}


def test_the_sixteen_events_are_here_each_in_a_file_of_its_name() -> None:
    assert set(EVENTS) == SIXTEEN | PARTS
    assert all(event.slug == name for name, event in EVENTS.items())


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_an_event_is_stored_without_loss(event: Event) -> None:
    assert load_stored(dump_event(event)) == event


def test_all_events_go_together() -> None:
    events = read_events(FILES)
    assert [type(event) for event in events] == [Event] * len(FILES)
    assert len({event.number_prefix for event in EVENTS.values()}) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_says_what_is_assumed(path: Path) -> None:
    assert "предположение" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_an_event_is_complete(event: Event) -> None:
    assert event.announced_at
    assert event.results_until
    assert event.texts.details
    assert (event.texts.hand_in is not None) == (event.submission is not None or bool(event.stages))
    if event.criteria:
        assert event.jury
        assert event.judging_until


def test_every_scheme_of_awards_is_in_the_year() -> None:
    schemes = {type(event.awards) for event in EVENTS.values()}
    assert schemes == {
        Places,
        WinnersPrizes,
        Thresholds,
        JuryNominations,
        OwnNominations,
        Quota,
        Participation,
    }
    assert {kind.value for kind in UnitKind} == {unit.kind.value for event in EVENTS.values() for unit in event.units}


def test_a_child_without_its_parent_is_a_mistake() -> None:
    (mistake,) = read_events([HERE / "smart-home-projects.yaml"])
    assert isinstance(mistake, Mistake)
    assert (mistake.key, mistake.line) == ("parent", 12)
    assert mistake.expected == "среди файлов нет события smart-home-2020 с unit.kind bundle"


def test_people_of_the_smart_home_count_once_and_projects_by_section() -> None:
    home, festival = EVENTS["smart-home"].unit, EVENTS["projects"].unit
    assert isinstance(home, Bundle)
    assert isinstance(festival, Bundle)
    assert (home.counted_in, festival.counted_in) == (CountedIn.PARENT, CountedIn.CHILDREN)


def test_sports_are_won_by_the_least_sum_of_places() -> None:
    event = EVENTS["sports-mosaic"]
    assert isinstance(event.unit, Team)
    assert 7 in event.unit.roster
    assert 9 not in event.unit.roster
    assert event.scoring.ranking is Ranking.SUM_OF_PLACES
    _, theory, course = event.stages
    assert len(theory.questions) == 10
    assert theory.attempts_most == 1
    assert [task.measure for task in course.tasks].count(Measure.TIME_S) == 5
    assert len(course.tasks) == 9
    assert event.max_points(None, None, UnitKind.TEAM, stage="theory") == 10


def test_reciters_pass_a_selection_with_quotas_at_hosts() -> None:
    selection, final = EVENTS["reciters"].stages
    assert selection.hosted_by is HostedBy.HOSTS
    assert [(quota.per, quota.most) for quota in selection.quotas] == [
        (("organisation",), 3),
        (("organisation", "group"), 2),
    ]
    assert selection.share_percent is not None
    assert 96 * selection.share_percent // 100 == 54
    assert final.work is WorkAfter.MAY_CHANGE


def test_little_ones_are_grouped_by_their_kindergarten_and_judged_by_a_criterion_of_their_own() -> None:
    event = EVENTS["my-mother"]
    older = event.age_group_for(Category.PRESCHOOLER, None, None, PreschoolGroup.OLDER)
    assert older is not None
    assert older.code == "older"
    assert event.max_points(None, older, UnitKind.PERSON) == 25
    assert event.max_points(None, "grades-1-2", UnitKind.PERSON) == 20
    assert event.age_group_for(Category.PRESCHOOLER, None, None) is None


def test_a_nomination_narrows_what_is_handed_in() -> None:
    event = EVENTS["exhibition"]
    robots, models = event.submission_for("robots"), event.submission_for("models")
    assert robots is not None
    assert models is not None
    assert len(robots.links) == 1
    assert models.links == ()
    assert [rule.kind for rule in models.files] == [WorkKind.PHOTO]


def test_the_tree_of_nominations_gives_its_leaves_and_their_full_titles() -> None:
    event = EVENTS["spring"]
    assert isinstance(event.unit, Collective)
    assert len(event.nominations_for(Category.PUPIL, 7, "grades-5-9")) == 12
    assert event.nomination_title("pop-vocal") == "Вокал: Эстрадный"
    voices = event.criteria_for("pop-vocal", "grades-1-4", UnitKind.COLLECTIVE)
    assert voices[0].code == "voice"
    drawing = event.submission_for("drawing")
    assert drawing is not None
    assert drawing.links == ()
    assert event.submission is not None
    assert event.submission.video is not None
    assert event.submission.video.duration_most_s == 255


@pytest.mark.parametrize("leaf", EVENTS["spring"].leaves, ids=lambda leaf: leaf.code)
def test_titles_of_the_spring_festival_can_be_reached_in_each_nomination(leaf: object) -> None:
    event = EVENTS["spring"]
    assert event.max_points(getattr(leaf, "code", None), "grades-1-4", UnitKind.COLLECTIVE) == Decimal(10)


def test_a_pair_has_two_roles_and_a_question_for_each_of_the_two() -> None:
    event = EVENTS["school-cases"]
    assert isinstance(event.unit, Pair)
    assert [member.experience_most_years for member in event.unit.members] == [None, 5]
    assert event.fields[0].asked_of is AskedOf.MEMBER
    assert len(event.stages[1].questions) == 3


def test_levels_say_what_each_point_means() -> None:
    for criterion in EVENTS["pupil-projects"].criteria:
        assert [level.points for level in criterion.levels] == list(criterion.scale)


@pytest.mark.parametrize("name", ["scratch", "sports-mosaic", "spring"])
def test_the_slow_yaml_parser_reads_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_Loader", yaml.BaseLoader)
    assert read(name) == EVENTS[name]
