"""What a report points out before it is signed, and the network of the year."""

from __future__ import annotations

from datetime import date

import pytest

from bot.contest.applications import ApplicationState
from bot.contest.awards import OutcomeKind
from bot.contest.organisations import Agreement, Directory, Organisation, OrganisationRole, OrganisationType
from bot.contest.report.build import Beside
from bot.contest.report.facts import Document, Facts, Held, school_year, year_before
from bot.contest.report.grouping import dates_text
from bot.contest.report.measures import Measure
from bot.contest.report.model import Report
from bot.contest.report.places import Places, is_member, network
from bot.contest.report.rows import ApplicationRow
from tests.rules.report_year import (
    CASES,
    DIRECTORY,
    OTHER,
    READERS,
    SCHOOL,
    entry,
    event,
    facts,
    held,
    report,
    someone,
)


def told(found: Report, concern: str) -> list[str]:
    return [one.text for one in found.warnings if one.concern == concern]


def paper(application_id: int) -> Document:
    return Document("ОЧК-2020-У2-0001", READERS, "диплом", date(2020, 11, 9), application_id)


def test_a_year_in_order_has_nothing_to_point_out() -> None:
    one = entry()
    assert report(facts(one, documents=[paper(one.id)])).warnings == ()


def test_sums_that_do_not_close_lead_to_their_rows() -> None:
    undecided = entry(outcome=None)
    early = entry(state=ApplicationState.SENT, outcome=OutcomeKind.WINNER)
    crowd = entry(READERS, someone("Ветрова Анна"), someone("Кедров Пётр"), headcount=1)
    found = report(facts(entry(), undecided, early, crowd))
    assert told(found, "sum") == [
        "Заявок 1: названо больше людей, чем указано числом.",
        "Заявок 1: итог есть, а заявка не принята: в баланс она не вошла.",
        "Принято заявок 3, итогов 2: не сходится на 1.",
    ]
    rows = found.rows.applications
    assert [[rows[place].entry for place in one.places] for one in found.warnings if one.concern == "sum"] == [
        [crowd], [early], [undecided],
    ]  # fmt: skip


def test_outcomes_that_nobody_has_published_are_pointed_out() -> None:
    found = report(facts(entry(outcome=None), events=held("reciters", published=False)))
    assert told(found, "outcome") == ["«Дни юности мятежной»: итоги не опубликованы, без итога заявок 1 из 1."]


def test_an_event_that_is_not_described_in_full_is_pointed_out() -> None:
    changed = event("reciters").model_copy(update={"module": None, "report_number": None, "organiser": "nowhere"})
    twin = event("my-mother").model_copy(update={"report_number": "П2"})
    found = report(facts(events=[Held(changed), Held(twin), *held("school-cases")]))
    assert told(found, "incomplete") == [
        "«Дни юности мятежной»: не указан модуль.",
        "«Дни юности мятежной»: нет номера в отчёте.",
        "«Дни юности мятежной»: организатора nowhere нет в справочнике.",
        "Номер П2 дан нескольким событиям: «Школьные кейсы», «Мамочка моя!».",
    ]


def test_organisations_that_no_directory_knows_are_told_with_their_rows() -> None:
    gardens = [
        entry(school=None, school_name=f"Сад «{name}»") for name in ("Ёлка", "Лис", "Сыч", "Ёж", "Уж", "Кит", "Кит")
    ]
    found = report(facts(entry(), *gardens))
    assert told(found, "place") == [
        (
            "В справочнике нет 6\u00a0организаций, муниципалитет неизвестен: "
            "Сад «Ёлка», Сад «Лис», Сад «Сыч», Сад «Ёж», Сад «Уж» и ещё 1."
        )
    ]
    assert len(next(one for one in found.warnings if one.concern == "place").places) == 7
    assert found.municipalities[-1].municipality == "не указан"


def test_one_name_in_two_classes_is_told_about() -> None:
    found = report(facts(entry(READERS, someone(grade=8)), entry(READERS, someone(grade=9))))
    assert told(found, "namesake") == [
        "Имя и школа одни, классы разные: 1. Каждое такое имя посчитано одним человеком."
    ]


def test_applications_without_documents_are_told_about() -> None:
    first, second = entry(), entry(CASES)
    assert told(report(facts(first, second)), "document") == ["Ни одного документа этого года не выдано."]
    assert told(report(facts(first, second, documents=[paper(first.id)])), "document") == [
        "Документов нет у заявок: 1 из 1."
    ]


def test_who_left_after_handing_in_is_owed_no_document() -> None:
    stays, leaves = entry(), entry(state=ApplicationState.DROPPED_OUT, outcome=None, accepted=True)
    assert told(report(facts(stays, leaves, documents=[paper(stays.id)])), "document") == []


def test_an_optional_stage_to_which_nobody_came_is_not_told() -> None:
    mosaic = held("sports-mosaic")
    plain = entry("sports-mosaic-2020", stages=("theory", "course"))
    assert report(facts(plain, events=mosaic)).events[0].stages == (
        "Теория, 02.10.2020", "Полоса препятствий, 02.10.2020",
    )  # fmt: skip
    chosen = entry("sports-mosaic-2020", stages=("host-selection", "theory", "course"))
    assert report(facts(chosen, events=mosaic)).events[0].stages[0] == "Отбор в опорной школе, 14.09–30.09.2020"


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2020, 7, 31), "2019-20"),
        (date(2020, 8, 1), "2020-21"),
        (date(2021, 7, 31), "2020-21"),
        (date(2099, 9, 1), "2099-00"),
    ],
)
def test_a_school_year_begins_in_august(day: date, year: str) -> None:
    assert school_year(day) == year


def test_the_year_before() -> None:
    assert (year_before("2020-21"), year_before("2000-01")) == ("2019-20", "1999-00")
    assert dates_text(date(2020, 12, 18), date(2021, 1, 20)) == "18.12.2020–20.01.2021"


def test_the_network_is_told_by_entry_with_the_new_and_those_who_never_came() -> None:
    found = report(facts(entry(school="kozhevnikovo-2-preschool"), entry(school="tpu"))).network
    assert len(found.members) == 20
    assert {one.code for one in found.new} == {"beliy-yar-1", "parabel-gymnasium", "asino-1"}
    assert [one.code for one in found.members][-3:] == ["asino-1", "beliy-yar-1", "parabel-gymnasium"]
    assert "kozhevnikovo-2" not in {one.code for one in found.never}
    assert len(found.never) == 19
    assert found.guests == ("ТПУ",)
    assert report(facts(entry(school="spasskoe-vershinino"))).network.guests == ("Спасская СОШ, Вершининский филиал",)
    assert (found.gone, found.members[0].entered) == ((), "с 2019–20 учебного года")


def test_the_coordinator_who_holds_an_event_is_no_hub() -> None:
    found = report(facts(events=held("assessment", "reciters")))
    assert found.passport.hubs == ("МАОУ гимназия № 13 г. Томска",)


def test_an_event_is_called_as_its_papers_call_it() -> None:
    (exhibition,) = report(facts(events=held("exhibition"))).events
    assert exhibition.full_title == "Открытая выставка научно-технического творчества"


def school(code: str, *agreements: Agreement) -> Organisation:
    return Organisation(
        code=code,
        name_short=code,
        type=OrganisationType.SCHOOL,
        place="tomsk",
        roles=(OrganisationRole.MEMBER,),
        agreements=agreements,
    )


def test_agreements_by_days_make_a_member_of_every_year_that_they_touch() -> None:
    gone = school("gone", Agreement(since=date(2018, 9, 17), until=date(2020, 6, 30)))
    new = school("new", Agreement(since=date(2020, 9, 17)))
    directory = Directory([gone, new], [DIRECTORY.place("school-40-tomsk")])
    rows: list[ApplicationRow] = []
    found = network("2020-21", rows, {"new": ["У1"]}, Places(directory))
    assert [(one.code, one.entered, one.is_new, one.holds) for one in found.members] == [
        ("new", "с 17.09.2020", True, ("У1",))
    ]
    assert [(one.code, one.left) for one in found.gone] == [("gone", "по 30.06.2020")]
    assert not is_member(gone, "2020-21")


def test_an_agreement_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Agreement(since=date(2020, 9, 17), until=date(2020, 9, 16))


def test_the_year_before_is_counted_by_the_same_rule_or_typed_in() -> None:
    before = Facts("2019-20", held("reciters"), (entry(), entry(READERS, someone("Кедров Пётр"))))
    found = report(facts(entry()), beside=Beside(before=before, typed={"pupils": 77, "works": 5}))
    lines = {one.label: one for one in found.comparison}
    assert (lines["Обучающихся"].before, lines["Обучающихся"].difference, lines["Обучающихся"].typed) == (2, -1, False)
    typed = {one.label: one for one in report(facts(entry()), beside=Beside(typed={"pupils": 77})).comparison}
    assert (typed["Обучающихся"].before, typed["Обучающихся"].typed, typed["Работ"].before) == (77, True, None)


def test_an_event_has_its_figures_outcomes_and_places_under_their_own_labels() -> None:
    found = report(
        facts(entry(school=OTHER), entry(READERS, someone("Кедров Пётр"), outcome=OutcomeKind.WINNER, school=SCHOOL))
    )
    one = found.events[0]
    assert (one.key, one.module, one.dates) == ("У2", "Истоки", "19.10–02.11.2020")
    assert one.organiser == "МАОУ гимназия № 13 г. Томска"
    assert {figure.label: figure.value for figure in one.figures if figure.measure is not Measure.STAGE} == {
        "Заявок подано": 2, "Заявок участвовало": 2, "Организаций": 2, "Участий": 2, "Обучающихся": 2, "Работ": 2,
        "Победителей": 1, "Участников без наград": 1,
    }  # fmt: skip
    assert one.geography.municipalities == ("Томск", "Томский район")
    assert [(line.organisation, line.titles) for line in one.by_school] == [
        ("МАОУ гимназия № 13 г. Томска", (("Победитель", 1),)),
        ("МБОУ «Богашевская СОШ им. А.И. Фёдорова»", ()),
    ]
