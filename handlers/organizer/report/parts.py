"""What the year's report and a school's year add to the organizer's side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.talk.model import Route, Talk
from handlers.kinds import Maker, Thinker
from handlers.organizer.report import before, counting, files, rules, schools, showing, words

ROUTES: Mapping[str, Route] = {
    "report": showing.reports,
    "report_again": showing.again,
    "report_warnings": showing.warnings,
    "report_never": showing.never,
    "report_rules": showing.rules,
    "report_rule": rules.ask_rule,
    "report_rule_yes": rules.rule_yes,
    "report_docx": files.ask_docx,
    "report_xlsx": files.ask_xlsx,
    "report_file": files.take,
    "report_words": words.words,
    "report_section": words.section,
    "report_write": words.write,
    "report_clear": words.clear,
    "report_restore": words.restore,
    "report_before": before.before,
    "report_type": before.type_figure,
    f"thought.{counting.THINKER}": showing.thought,
    f"thought.{schools.THINKER}": schools.thought,
    "school_year": schools.ask_school,
    "school_year_of": schools.of_school,
    "school_year_file": schools.take,
}
TALKS: Sequence[Talk] = (words.TEXT, before.FIGURE, schools.SCHOOL_YEAR)
MAKERS: Mapping[str, Maker] = {counting.MAKER: counting.make, schools.MAKER: schools.make}
THINKERS: Mapping[str, Thinker] = {counting.THINKER: counting.Kept().think, schools.THINKER: schools.think}
PHRASES = (schools.phrase,)
