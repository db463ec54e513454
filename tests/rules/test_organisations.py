"""A school is found as people type it, and only that school."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.organisations import Directory, Organisation, OrganisationRole, OrganisationType, Place
from bot.contest.words import wording

DIRECTORY = Directory.load()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("гимназия 13", "gymnasium-13-tomsk"),
        ("13 гимназия", "gymnasium-13-tomsk"),
        ("13-я гимназия", "gymnasium-13-tomsk"),
        ("г13", "gymnasium-13-tomsk"),
        ("Г-13", "gymnasium-13-tomsk"),
        ("школа 13", "gymnasium-13-tomsk"),
        ("МАОУ гимназия №13 г. Томска", "gymnasium-13-tomsk"),
        (
            "Муниципальное автономное общеобразовательное учреждение гимназия № 13 г. Томска",
            "gymnasium-13-tomsk",
        ),
        ("лицей №7", "lyceum-7-tomsk"),
        ("школа 50", "school-50-tomsk"),
        ("СОШ № 50", "school-50-tomsk"),
        ("средняя общеобразовательная школа 50", "school-50-tomsk"),
        ("школа 40", "school-40-tomsk"),
        ("г. Томск, школа 47", "school-47-tomsk"),
        ("богашевская", "bogashevo"),
        ("богашево", "bogashevo"),
        ("МБОУ «Богашевская СОШ им. А.И. Федорова»", "bogashevo"),
        ("сад богашево", "kindergarten-bogashevo"),
        ("сош 2 колпашево", "kolpashevo-2"),
        ("белый яр", "beliy-yar-1"),
        ("факел", "fakel-tomsk"),
        ("эврика", "eureka-tomsk"),
        ("гимназия города Юрги", "yurga-gymnasium"),
        ("вершининский филиал", "spasskoe-vershinino"),
        ("тгу", "tsu"),
        ("тгпу", "tspu"),
    ],
)
def test_what_people_type_means_one_organisation(typed: str, code: str) -> None:
    first = DIRECTORY.find(typed)[0]
    assert (first.organisation.code, first.certain) == (code, True)


@pytest.mark.parametrize("typed", ["школа 1", "асино", "томск", "2", "школа 2", "40"])
def test_what_may_mean_several_is_offered_and_never_certain(typed: str) -> None:
    found = DIRECTORY.find(typed)
    assert found
    assert not any(match.certain for match in found)


def test_a_typing_error_is_offered_but_asked_about() -> None:
    first = DIRECTORY.find("богашевской школы")[0]
    assert (first.organisation.code, first.certain) == ("bogashevo", False)


@pytest.mark.parametrize("typed", ["", "   ", ".", "№№№", "ыва лвыоа", "😀", "школа", "школа 57", "\x00"])
def test_empty_garbage_and_unknown_numbers_find_nobody(typed: str) -> None:
    assert DIRECTORY.find(typed) == ()


def test_another_town_is_not_certain() -> None:
    assert not any(match.certain for match in DIRECTORY.find("гимназия 13 северск"))


@given(number=st.integers(0, 999))
def test_a_number_finds_only_organisations_of_this_number(number: int) -> None:
    for match in DIRECTORY.find(f"школа {number}"):
        assert wording(match.organisation.name_short).numbers == {number}


@given(typed=st.text(max_size=400))
def test_any_text_is_answered_with_at_most_eight_best_first(typed: str) -> None:
    found = DIRECTORY.find(typed)
    assert len(found) <= 8
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert all(0 < match.score <= 100 for match in found)
    assert not any(match.certain for match in found[1:])


@pytest.mark.parametrize("organisation", DIRECTORY.all, ids=lambda organisation: organisation.code)
def test_every_organisation_is_found_by_its_own_name(organisation: Organisation) -> None:
    first = DIRECTORY.find(organisation.name_short)[0]
    assert (first.organisation, first.certain) == (organisation, True)


@pytest.mark.parametrize("organisation", DIRECTORY.all, ids=lambda organisation: organisation.code)
def test_every_alias_offers_its_organisation(organisation: Organisation) -> None:
    for alias in organisation.aliases:
        assert organisation in [match.organisation for match in DIRECTORY.find(alias)]


def test_twenty_organisations_are_members_of_2020_21() -> None:
    members = [o for o in DIRECTORY.all if "2020-21" in o.membership and o.parent is None]
    assert len(members) == 20
    assert all(OrganisationRole.MEMBER in member.roles for member in members)


def test_a_branch_stands_where_its_parent_does() -> None:
    assert DIRECTORY.get("spasskoe-vershinino").place is None
    assert DIRECTORY.municipality("spasskoe-vershinino") == "Томский район"
    assert DIRECTORY.municipality("kozhevnikovo-2-preschool") == "Кожевниковский район"
    assert DIRECTORY.region("kyzyl-3") == "Республика Тыва"
    assert DIRECTORY.country("dubrovnoe") == "Казахстан"


def test_an_unknown_code_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        DIRECTORY.get("hogwarts")


def test_a_directory_that_contradicts_itself_is_refused() -> None:
    place = Place(code="here", municipality="Томск", region="Томская область", country="Россия")
    school = Organisation(
        code="a",
        name_short="Школа",
        type=OrganisationType.SCHOOL,
        place="here",
        roles=(OrganisationRole.GUEST,),
    )
    with pytest.raises(ValueError, match="listed twice"):
        Directory([school, school], [place])
    with pytest.raises(ValueError, match="place"):
        Directory([school.model_copy(update={"place": "there"})], [place])
    with pytest.raises(ValueError, match="parent"):
        Directory([school.model_copy(update={"place": None, "parent": "b"})], [place])


def test_a_search_takes_less_than_five_milliseconds() -> None:
    started = time.perf_counter()
    for _ in range(50):
        DIRECTORY.find("МБОУ «Богашевская средняя школа им. А.И. Фёдорова» Томского района")
    assert (time.perf_counter() - started) / 50 < 0.005
