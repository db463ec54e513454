"""Organisations of a report: what they are called, where they stand, since when they belong to the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.contest.awards import OutcomeKind
from bot.contest.organisations import Directory, Organisation
from bot.contest.report.facts import Entry, school_year, year_before, year_title
from bot.contest.report.model import Geography, Member, MunicipalityYear, Network, OrganisationYear, SchoolOutcome
from bot.contest.report.people import organisation_key
from bot.contest.report.rows import ApplicationRow

#: Stands where no directory knows.
UNKNOWN = "не указан"


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation as a report names it."""

    name: str
    municipality: str = UNKNOWN
    region: str = UNKNOWN
    country: str = UNKNOWN

    @property
    def is_known(self) -> bool:
        """Whether a directory knows it."""
        return self.municipality != UNKNOWN


class Places:
    """Looks organisations up; each only once."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._known: dict[str, Standing] = {}

    def name(self, code: str) -> str:
        """As it is shown; the code itself where no directory knows it."""
        return self.directory.get(code).name_short if code in self.directory.codes else code

    def of(self, entry: Entry) -> Standing:
        """Where an application comes from."""
        key = organisation_key(entry)
        if key not in self._known:
            self._known[key] = self._looked_up(entry)
        return self._known[key]

    def _looked_up(self, entry: Entry) -> Standing:
        code = entry.organisation_code
        if code is None or code not in self.directory.codes:
            return Standing(entry.organisation)
        place = self.directory.place(code)
        return Standing(self.name(code), place.municipality, place.region, place.country)


def geography(rows: Iterable[ApplicationRow], places: Places) -> Geography:
    """From where those who took part came."""
    found = {places.of(row.entry) for row in rows if row.entry.took_part}
    known = [one for one in found if one.is_known]
    return Geography(
        tuple(sorted({one.municipality for one in known})),
        tuple(sorted({one.region for one in known})),
        tuple(sorted({one.country for one in known})),
        tuple(sorted(one.name for one in found if not one.is_known)),
    )


def by_school(rows: Sequence[ApplicationRow], places: Places) -> tuple[SchoolOutcome, ...]:
    """What became of the accepted applications of each organisation, the most awards first."""
    kinds: dict[Standing, Counter[OutcomeKind]] = {}
    titles: dict[Standing, Counter[str]] = {}
    for row in rows:
        fate = row.entry.fate
        if not row.entry.accepted or fate is None:
            continue
        where = places.of(row.entry)
        kinds.setdefault(where, Counter())[fate] += 1
        if fate.is_award:
            titles.setdefault(where, Counter())[row.entry.outcome_title or fate.label] += 1
    found = [
        SchoolOutcome(
            where.name,
            where.municipality,
            {kind: counts[kind] for kind in OutcomeKind if counts[kind]},
            tuple(sorted(titles.get(where, Counter()).items(), key=lambda pair: (-pair[1], pair[0]))),
        )
        for where, counts in kinds.items()
    ]
    return tuple(sorted(found, key=lambda one: (-sum(count for _, count in one.titles), one.organisation)))


def network(year: str, rows: Iterable[ApplicationRow], holds: Mapping[str, Sequence[str]], places: Places) -> Network:
    """The members of a year, by the day of entry as far as it is known; `holds` has each organiser's events."""
    directory = places.directory
    codes = {row.entry.organisation_code for row in rows if row.entry.took_part}
    own = {code for code in codes if code is not None and code in directory.codes}
    came = own | {directory.get(code).parent or code for code in own}
    alone = [one for one in directory.all if one.parent is None]
    members = [_member(one, year, came, holds, places) for one in alone if is_member(one, year)]
    gone = [
        _member(one, year, came, holds, places)
        for one in alone
        if is_member(one, year_before(year)) and not is_member(one, year)
    ]
    inside = {one.code for one in directory.all if is_member(_whole(one, directory), year)}
    guests = sorted(places.name(code) for code in own - inside)
    members.sort(key=lambda member: _entry_order(directory.get(member.code)))
    return Network(tuple(members), tuple(gone), tuple(guests))


def is_member(organisation: Organisation, year: str) -> bool:
    """Whether it has an agreement at any day of a school year."""
    by_days = (
        school_year(one.since) <= year and (one.until is None or school_year(one.until) >= year)
        for one in organisation.agreements
    )
    return year in organisation.membership or any(by_days)


def organisations(rows: Sequence[ApplicationRow], places: Places, year: str) -> tuple[OrganisationYear, ...]:
    """Every organisation that took part, by name."""
    found: dict[str, list[ApplicationRow]] = {}
    for row in rows:
        if row.entry.took_part:
            found.setdefault(organisation_key(row.entry), []).append(row)
    years = [_organisation(own, places, year) for own in found.values()]
    return tuple(sorted(years, key=lambda one: (one.municipality, one.name)))


def municipalities(found: Iterable[OrganisationYear]) -> tuple[MunicipalityYear, ...]:
    """The same by municipality, the unknown one last."""
    together: dict[tuple[str, str, str], list[OrganisationYear]] = {}
    for one in found:
        together.setdefault((one.municipality, one.region, one.country), []).append(one)
    return tuple(
        MunicipalityYear(
            *place,
            len(own),
            sum(one.applications for one in own),
            sum(one.participations for one in own),
        )
        for place, own in sorted(together.items(), key=lambda pair: (pair[0][0] == UNKNOWN, pair[0]))
    )


def _organisation(own: Sequence[ApplicationRow], places: Places, year: str) -> OrganisationYear:
    entry = own[0].entry
    where, code = places.of(entry), entry.organisation_code
    directory = places.directory
    known = directory.get(code) if code is not None and code in directory.codes else None
    return OrganisationYear(
        where.name,
        code,
        where.municipality,
        where.region,
        where.country,
        known is not None and is_member(_whole(known, directory), year),
        tuple(dict.fromkeys(row.event for row in own)),
        len(own),
        sum(row.entry.size for row in own),
        sum(row.entry.fate is not None and row.entry.fate.is_award for row in own),
    )


def _whole(organisation: Organisation, directory: Directory) -> Organisation:
    return directory.get(organisation.parent) if organisation.parent else organisation


def _member(one: Organisation, year: str, came: set[str], holds: Mapping[str, Sequence[str]], places: Places) -> Member:
    place = places.directory.place(one.code)
    return Member(
        code=one.code,
        name=one.name_short,
        municipality=place.municipality,
        region=place.region,
        country=place.country,
        entered=_entered(one),
        left=_left(one, year),
        is_new=is_member(one, year) and not is_member(one, year_before(year)),
        took_part=one.code in came,
        holds=tuple(holds.get(one.code, ())),
    )


def _entered(one: Organisation) -> str:
    if one.agreements:
        return f"с {min(agreement.since for agreement in one.agreements):%d.%m.%Y}"
    return f"с {year_title(min(one.membership))} учебного года" if one.membership else ""


def _left(one: Organisation, year: str) -> str:
    ends = [agreement.until for agreement in one.agreements]
    days = [day for day in ends if day is not None]
    if one.agreements and len(days) == len(ends):
        return f"по {max(days):%d.%m.%Y}"
    if one.membership and not one.agreements and max(one.membership) < year:
        return f"по {year_title(max(one.membership))} учебный год"
    return ""


def _entry_order(one: Organisation) -> tuple[str, str, str]:
    firsts = [school_year(agreement.since) for agreement in one.agreements] + list(one.membership)
    days = [agreement.since.isoformat() for agreement in one.agreements]
    return min(firsts, default=""), min(days, default=""), one.name_short
