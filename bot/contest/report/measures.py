"""What is counted in a year's report. Each measure stands under its own label, and none is ever added to another."""

from __future__ import annotations

from enum import StrEnum


class Sheet(StrEnum):
    """The row sheets that figures lead to: one row is one thing that is counted."""

    APPLICATIONS = "applications"
    PARTICIPATIONS = "participations"
    EXPERTS = "experts"
    DOCUMENTS = "documents"

    @property
    def label(self) -> str:
        """As the sheet is called."""
        return _SHEETS[self]


class Measure(StrEnum):
    """One kind of figure."""

    APPLICATIONS = "applications"
    TAKING_PART = "taking_part"
    ORGANISATIONS = "organisations"
    PARTICIPATIONS = "participations"
    PUPILS = "pupils"
    TEACHERS = "teachers"
    UNNAMED = "unnamed"
    FORGOTTEN = "forgotten"
    STAGE = "stage"
    WORKS = "works"
    TEAMS = "teams"
    SPEAKERS = "speakers"
    LISTENERS = "listeners"
    EXPERTS = "experts"
    OUTCOMES = "outcomes"
    DOCUMENTS = "documents"
    EVENTS = "events"
    MUNICIPALITIES = "municipalities"
    REGIONS = "regions"
    COUNTRIES = "countries"
    MEMBERS = "members"

    @property
    def label(self) -> str:
        """«Участий»: what the number is of."""
        return _WORDS[self][0]

    @property
    def unit(self) -> str:
        """The short word beside the number: «чел.»."""
        return _WORDS[self][1]

    @property
    def rule(self) -> str:
        """How it is counted where no counting rule says otherwise."""
        return _WORDS[self][2]


_SHEETS = {
    Sheet.APPLICATIONS: "Заявки",
    Sheet.PARTICIPATIONS: "Участия",
    Sheet.EXPERTS: "Эксперты",
    Sheet.DOCUMENTS: "Документы",
}

_TOOK_PART = "принята, не выбыла до сдачи работы; кто не пришёл или ничего не сдал, не участник"
_ONE_PERSON = "одно имя в одной организации — один человек, в каком бы числе заявок он ни был"

_WORDS: dict[Measure, tuple[str, str, str]] = {
    Measure.APPLICATIONS: ("Заявок подано", "заявок", "все поданные заявки, кроме черновиков"),
    Measure.TAKING_PART: ("Заявок участвовало", "заявок", f"заявка участвовала, если она {_TOOK_PART}"),
    Measure.ORGANISATIONS: ("Организаций", "орг.", "организации участвовавших заявок, каждая один раз"),
    Measure.PARTICIPATIONS: ("Участий", "участий", "каждый человек в каждой участвовавшей заявке"),
    Measure.PUPILS: ("Обучающихся", "чел.", f"воспитанники, школьники и студенты: {_ONE_PERSON}"),
    Measure.TEACHERS: ("Педагогов", "чел.", f"участники-педагоги: {_ONE_PERSON}"),
    Measure.UNNAMED: ("По числу, без имён", "чел.", "людей в заявках, где указано только их число"),
    Measure.FORGOTTEN: ("В том числе обезличено", "чел.", "имена уничтожены по сроку или просьбе, число осталось"),
    Measure.STAGE: ("Участий в этапе", "участий", "люди заявок, которые дошли до этапа"),
    Measure.WORKS: ("Работ", "работ", "участвовавшие заявки, в которых сдана работа; версии не считаются"),
    Measure.TEAMS: ("Команд", "команд", "участвовавшие заявки команд и пар"),
    Measure.SPEAKERS: ("Докладчиков", "участий", "участия в роли докладчика"),
    Measure.LISTENERS: ("Слушателей", "участий", "участия во встрече в любой другой роли"),
    Measure.EXPERTS: ("Экспертов", "чел.", "члены жюри; один человек один раз"),
    Measure.OUTCOMES: ("Итогов", "заявок", "итоги принятых заявок"),
    Measure.DOCUMENTS: ("Документов", "док.", "выданные и не отозванные документы"),
    Measure.EVENTS: ("Событий", "событий", "события, которые проведены в этом году; части одного события — одно"),
    Measure.MUNICIPALITIES: ("Муниципалитетов", "мун.", "муниципалитеты организаций, которые есть в справочнике"),
    Measure.REGIONS: ("Регионов", "рег.", "регионы организаций, которые есть в справочнике"),
    Measure.COUNTRIES: ("Стран", "стран", "страны организаций, которые есть в справочнике"),
    Measure.MEMBERS: ("Участников сети", "орг.", "организации с договором в этом году, без подразделений"),
}

#: Of these a year has a total, made up of its events by a counting rule.
TOTALS = (
    Measure.APPLICATIONS,
    Measure.TAKING_PART,
    Measure.ORGANISATIONS,
    Measure.PARTICIPATIONS,
    Measure.PUPILS,
    Measure.TEACHERS,
    Measure.UNNAMED,
    Measure.WORKS,
    Measure.TEAMS,
    Measure.SPEAKERS,
    Measure.LISTENERS,
    Measure.EXPERTS,
    Measure.DOCUMENTS,
)
