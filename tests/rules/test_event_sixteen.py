"""All sixteen events of the network's year are expressed by the model, each with what is special in it."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bot.contest.event import Category, Event, UnitKind, WorkKind, source
from bot.contest.event.awards import JuryNominations, OwnNominations, Quota, Thresholds
from bot.contest.event.fields import AskedOf
from bot.contest.event.loading import dump_event, load_stored, read_event, read_events
from bot.contest.event.mistakes import Mistake
from bot.contest.event.scoring import Better, Ranking
from bot.contest.event.stages import HostedBy, WorkAfter
from bot.contest.event.units import Bundle, Pair, Team

HERE = Path(__file__).parent / "events"
FILES = sorted(HERE.glob("*.yaml"))


def read(name: str) -> Event:
    event = read_event(HERE / f"{name}.yaml")
    assert isinstance(event, Event), "\n".join(map(str, event))
    return event


def test_the_fourteen_other_events_are_here() -> None:
    names = {path.name.split("-")[0] for path in FILES}
    assert names == {
        "u01",
        "u02",
        "u03",
        "u04",
        "u05",
        "u06",
        "u07",
        "u08",
        "u10",
        "u11",
        "p02",
        "p03",
        "p04",
        "p05",
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_event_is_read_and_stored_without_loss(path: Path) -> None:
    event = read(path.stem)
    assert load_stored(dump_event(event)) == event


def test_all_events_go_together() -> None:
    events = read_events(FILES)
    assert [type(event) for event in events] == [Event] * len(FILES)


def test_a_child_without_its_parent_is_a_mistake() -> None:
    child = HERE / "u03-smart-home-projects.yaml"
    (mistake,) = read_events([child])
    assert isinstance(mistake, Mistake)
    assert (mistake.key, mistake.line) == ("parent", 8)
    assert isinstance(read("u03-smart-home").unit, Bundle)


def test_two_events_of_a_year_with_one_prefix_are_a_mistake(tmp_path: Path) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_text((HERE / "u08-umka.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    mistakes = read_events([HERE / "u08-umka.yaml", copy])
    assert {m.key for m in mistakes if isinstance(m, Mistake)} == {"code", "number_prefix"}


def test_sports_are_won_by_the_least_sum_of_places() -> None:
    event = read("u01-sports-mosaic")
    assert isinstance(event.unit, Team)
    assert 7 in event.unit.roster
    assert 9 not in event.unit.roster
    assert event.scoring.ranking is Ranking.SUM_OF_PLACES
    race, rope, faults = event.criteria_for(None, None, UnitKind.TEAM, stage="course")
    assert (race.direction, rope.direction, faults.direction) == (Better.LESS, Better.MORE, Better.LESS)
    assert race.scale == ()
    assert race.allows(Decimal("12.3"))
    assert event.max_points(None, None, UnitKind.TEAM, stage="theory") == 30


def test_reciters_pass_a_selection_with_quotas_at_hosts() -> None:
    selection, final = read("u02-reciters").stages
    assert selection.hosted_by is HostedBy.HOSTS
    assert [(quota.per, quota.most) for quota in selection.quotas][:2] == [
        (("organisation",), 3),
        (("organisation", "group"), 2),
    ]
    assert final.work is WorkAfter.SAME


def test_little_ones_are_grouped_by_age_and_judged_by_a_criterion_of_their_own() -> None:
    event = read("u05-my-mother")
    older = event.age_group_for(Category.PRESCHOOLER, None, 6)
    assert older is not None
    assert older.code == "older"
    assert event.max_points(None, older, UnitKind.PERSON) == 20
    assert event.max_points(None, "grades-1-2", UnitKind.PERSON) == 15
    assert event.age_group_for(Category.PRESCHOOLER, None, None) is None


def test_a_nomination_narrows_who_enters_and_what_is_handed_in() -> None:
    event = read("u06-exhibition")
    little = [leaf.code for leaf in event.nominations_for(Category.PUPIL, 3, "grades-1-4")]
    assert little == ["robots", "models", "production", "painting"]
    robots, models = event.submission_for("robots"), event.submission_for("models")
    assert robots is not None
    assert models is not None
    assert len(robots.links) == 1
    assert models.links == ()
    assert [rule.kind for rule in models.files] == [WorkKind.PHOTO]


def test_the_tree_of_nominations_gives_its_leaves_and_their_full_titles() -> None:
    event = read("u10-spring")
    assert len(event.nominations_for(Category.PUPIL, 7, "grades-5-9")) == 12
    assert len(event.nominations_for(Category.PUPIL, 2, "grades-1-4")) == 11
    assert event.nomination_title("pop-vocal") == "Вокал: Эстрадный"
    assert [c.code for c in event.criteria_for("pop-vocal", "grades-1-4", UnitKind.COLLECTIVE)] == ["voice"]
    crafts = event.submission_for("drawing")
    assert crafts is not None
    assert crafts.links == ()
    assert len(event.criteria[0].scale) == 101
    assert isinstance(event.awards, Thresholds)
    assert event.submission is not None
    assert event.submission.video is not None
    assert event.submission.video.duration_most_s == 240


def test_schemes_of_awards_differ_by_event() -> None:
    assert isinstance(read("u07-memory").awards, JuryNominations)
    assert isinstance(read("u08-umka").awards, OwnNominations)
    assert isinstance(read("u03-smart-home-projects").awards, Quota)


def test_a_pair_has_two_roles_and_a_question_for_each_of_the_two() -> None:
    event = read("p02-school-cases")
    assert isinstance(event.unit, Pair)
    assert [member.experience_most_years for member in event.unit.members] == [None, 5]
    assert event.fields[0].asked_of is AskedOf.MEMBER


def test_levels_say_what_each_point_means() -> None:
    goal = read("u11-projects").criteria[0]
    assert [level.points for level in goal.levels] == list(goal.scale)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_slow_yaml_parser_reads_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = read(path.stem)
    monkeypatch.setattr(source, "_Loader", yaml.BaseLoader)
    assert read(path.stem) == quick
