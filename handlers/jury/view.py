"""What a juror sees of a work: its header, its link or file, and no way to reach anybody."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from bot.contest.event import Event
from bot.contest.event.fields import ChoiceField, EventField
from bot.contest.event.units import UnitKind
from bot.contest.naming import UNIT_KEY
from bot.contest.refusal import Refusal
from bot.contest.text import inert, shorten
from bot.contest.work_links import read_link
from bot.contest.works import safe_label
from bot.talk.texts import Trusted
from handlers.kinds import Case
from handlers.participant.works.work_answers import DESCRIPTION, TITLE
from storage.jury_rows import Card, SeenWork

MOST_DESCRIPTION = 1500
MOST_FIELD = 1000
#: Everything else in a link is percent-encoded: brackets, «@» and «*» could begin a mention.
PLAIN_IN_LINK = "/:?=&%~+-._"
#: A link that did not open when it was checked: the jury is told, so that they don't look for the fault at home.
SHUT = ("closed", "needs_login", "not_found")


def title_of(card: Card) -> str:
    """What the author calls the work; empty where there is no title."""
    title = card.answers.get(TITLE)
    return title if isinstance(title, str) else ""


def place_of(case: Case, event: Event, card: Card) -> Trusted:
    """« · 3–4 классы · «Обучающая игра»»: where the work competes."""
    place = ""
    if card.age_group is not None:
        place += case.say("jury.in_group", group=Trusted(event.age_group(card.age_group).title))
    if card.nomination is not None:
        place += case.say("jury.in_nomination", nomination=Trusted(event.nomination_title(card.nomination)))
    return Trusted(place)


def about(case: Case, event: Event, card: Card) -> Trusted:
    """The work in a few lines. Of the people only who made it, and not even that where the jury is blind."""
    blind = event.jury is not None and event.jury.blind
    lines = [_work(case, event, card, blind=blind)]
    if card.team and (not blind or card.answers.get(UNIT_KEY) == UnitKind.PROJECT):
        lines.append(case.say("jury.team", title=card.team if "«" in card.team else f"«{card.team}»"))
    if card.participants and not blind:
        lines.append(_authors(case, card))
    if card.replaced:
        lines.append(case.say("jury.replaced"))
    if card.work is not None and any(one.check_state in SHUT for one in card.work.pieces):
        lines.append(case.say("jury.shut"))
    description = card.answers.get(DESCRIPTION)
    if isinstance(description, str) and description:
        value = shorten(description, MOST_DESCRIPTION)
        lines.append(case.say("jury.field", title=case.say("jury.description"), value=value))
    lines += _fields(case, event, card)
    return Trusted("\n".join(lines))


def attachments(card: Card) -> tuple[str, ...]:
    """The work itself, where it is made of things that the messenger stores."""
    return tuple(one.attachment for one in card.work.pieces if one.attachment) if card.work is not None else ()


def _work(case: Case, event: Event, card: Card, *, blind: bool) -> str:
    title = title_of(card)
    where = case.say("jury.no_work") if card.work is None else _where(case, event, card, card.work, blind=blind)
    return case.say("jury.work", title=title, where=Trusted(where)) if title else where


def _where(case: Case, event: Event, card: Card, work: SeenWork, *, blind: bool) -> str:
    """All links, a line each, and the files."""
    links = [link_shown(event, card.nomination, one.url) for one in work.pieces if one.url]
    files = [one for one in work.pieces if not one.url]
    names = "; ".join(safe_label(one.name) for one in files if one.name)
    if files or not links:
        links.append(case.say("jury.file") if blind or not names else case.say("jury.file_named", name=names))
    return "\n".join(links)


def link_shown(event: Event, nomination: str | None, url: str) -> str:
    """A link that may be pressed: only of a host that the event takes."""
    submission = event.submission_for(nomination)
    hosts = [host for rule in submission.links for host in rule.hosts] if submission else []
    link = read_link(url, hosts) if hosts else None
    return inert(url) if link is None or isinstance(link, Refusal) else quote(link.label, safe=PLAIN_IN_LINK)


def _authors(case: Case, card: Card) -> str:
    people = []
    for person in card.participants:
        key = "jury.author" if person.grade is None else "jury.author_of_grade"
        grade = person.grade.label if person.grade else ""
        people.append(case.say(key, name=person.name.formal, grade=grade))
    return case.say("jury.authors", people=Trusted(", ".join(people)), school=card.organisation_name)


def _fields(case: Case, event: Event, card: Card) -> Iterator[str]:
    """The event's own questions whose answers are meant for the jury."""
    for field in event.fields:
        value = card.answers.get(field.code)
        if field.for_jury and value not in (None, "", []):
            yield case.say("jury.field", title=Trusted(field.title), value=_value(case, field, value))


def _value(case: Case, field: EventField, value: object) -> str:
    if isinstance(value, bool):
        return case.say("jury.yes" if value else "jury.no")
    if isinstance(field, ChoiceField):
        titles = {option.code: option.title for option in field.options}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(titles.get(str(one), str(one)) for one in chosen)
    return shorten(str(value), MOST_FIELD)
