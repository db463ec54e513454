"""What is kept of a text, how it is cut, and how it is shown to others."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.graphemes import graphemes
from bot.contest.refusal import Refusal
from bot.contest.text import clean, fold, inert, initials, length, picture, shorten, split_message, too_long

FAMILY = "👨‍👩‍👧‍👦"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
GRAPHEMES = (
    FAMILY,
    "🇷🇺",
    "👍🏽",
    "❤️",
    "1️⃣",
    "й",
    "e\u0301\u0323",
    "각",
    "\u1100\u1161\u11a8",
    "\r\n",
    ENGLAND,
    "a",
    " ",
    "\n",
)

whole_characters = st.lists(st.sampled_from(GRAPHEMES), max_size=60)
anything = st.text(st.characters(exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u0000b", "ab"),
        ("\x1b[31mкрасный", "[31mкрасный"),
        ("раз\r\nдва\rтри\u2028четыре", "раз\nдва\nтри\nчетыре"),
        ("\x85\x9fтекст\tс табуляцией", "текст\tс табуляцией"),
        ("и\u0306", "й"),
        ("нуле\u200bвой\ufeff про\u2060бел", "нулевой пробел"),
        ("С\u200dо\u200cкол", "Сокол"),
        ("\u200d👨\u200d", "👨"),
    ],
)
def test_b5_what_cannot_be_seen_is_stripped(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_b5_a_forged_line_and_a_nul_reach_neither_the_log_nor_the_database(caplog: pytest.LogCaptureFixture) -> None:
    kept = clean("Вера\x00\r\u2028\x1b[2JERROR всё пропало")
    with caplog.at_level(logging.INFO):
        logging.getLogger("rules").info("name %r", kept)
    assert len(caplog.text.splitlines()) == 1
    with sqlite3.connect(":memory:") as connection:
        assert connection.execute("select length(?)", (kept,)).fetchone() == (len(kept),)
    connection.close()


def test_a_lone_surrogate_from_json_can_be_stored() -> None:
    assert clean(json.loads('"Вера \\ud800 Соколова"')).encode() == "Вера  Соколова".encode()


def test_b4_an_override_of_the_direction_is_stripped() -> None:
    assert clean("\u202egpj.exe") == "gpj.exe"
    assert clean("\u2066скрыто\u2069\u200f\u200e\u061c") == "скрыто"


@pytest.mark.parametrize("kept", [FAMILY, "🇷🇺🇰🇿", "👍🏽", "❤️‍🔥", ENGLAND, "क्‍ष", "می‌خواهم"])
def test_b3_emoji_flags_and_joined_letters_are_kept_whole(kept: str) -> None:
    assert clean(kept) == kept


def test_b3_towers_of_marks_lose_what_is_above_the_eighth() -> None:
    tower = "ж" + "\u0300" * 200 + "а"
    assert clean(tower) == "ж" + "\u0300" * 8 + "а"


def test_tags_outside_of_a_flag_are_stripped() -> None:
    assert clean("a\U000e0041\U000e0042b") == "ab"


@given(anything)
def test_cleaning_twice_changes_nothing_and_leaves_only_what_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()
    assert not any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in once)


@given(whole_characters)
def test_graphemes_are_what_a_person_counts(parts: list[str]) -> None:
    text = "|".join(parts)
    assert list(graphemes(text)) == [piece for part in parts for piece in (part, "|")][:-1]


def test_b2_a_refusal_names_the_limit_and_the_length() -> None:
    assert too_long("а" * 4097, 4096) == Refusal("text.too_long", {"limit": 4096, "length": 4097})
    assert too_long("😀" * 51, 100) == Refusal("text.too_long", {"limit": 100, "length": 102})
    assert too_long("😀" * 50, 100) is None


def test_b2_a_long_answer_is_cut_at_paragraphs_lines_and_words() -> None:
    paragraph = "слово " * 300
    parts = split_message("\n\n".join([paragraph.strip()] * 5))
    assert [length(part) for part in parts] == [3600, 3600, 1799]
    assert split_message("раз два три", 8) == ["раз два", "три"]
    assert split_message("первая\nвторая третья", 16) == ["первая\nвторая", "третья"]
    assert split_message("первая строка\nвторая", 16) == ["первая строка", "вторая"]
    assert split_message("коротко") == ["коротко"]
    assert split_message(" \n ") == []


@given(st.lists(st.sampled_from((*GRAPHEMES, "слово", "\n\n")), max_size=60).map("".join), st.integers(26, 60))
def test_b2_b3_a_cut_loses_nothing_and_never_falls_inside_a_grapheme(text: str, limit: int) -> None:
    parts = split_message(text, limit)
    assert all(0 < length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    whole = [grapheme for grapheme in graphemes(text) if grapheme.strip()]
    if not any(grapheme[0].isspace() for grapheme in whole):
        assert [grapheme for part in parts for grapheme in graphemes(part) if grapheme.strip()] == whole


def test_b3_a_family_is_not_torn_apart_at_the_limit() -> None:
    assert split_message(FAMILY * 3, 30) == [FAMILY * 2, FAMILY]
    assert shorten("ab" + FAMILY, 10) == "ab…"
    assert shorten("ab", 10) == "ab"


def test_a_grapheme_longer_than_a_message_is_cut_all_the_same() -> None:
    parts = split_message("👨" + "‍👨" * 40, 16)
    assert all(length(part) <= 16 for part in parts)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[id1|Админ]", "[~id1|Админ]"),
        ("[club1|x]", "[~club1|x]"),
        ("@all и @online", "@~all и @~online"),
        ("*id1 (x)", "*~id1 (x)"),
        ("&#128522; &lt;", "&~#~128522; &~lt;"),
        ("https://evil.ru/x", "https:~//evil.~ru/x"),
        ("vera@mail.ru", "vera@~mail.~ru"),
        ("5 * 3 = 15, т. е. 3.5 & ура", "5 * 3 = 15, т. е. 3.5 & ура"),
    ],
)
def test_b7_markup_of_one_person_does_nothing_to_another(typed: str, shown: str) -> None:
    assert inert(typed) == shown.replace("~", "\u2060")
    assert inert(inert(typed)) == inert(typed)
    assert clean(inert(typed)) == typed


def test_b8_a_bare_domain_is_no_link() -> None:
    assert "evil.ru" not in inert("Команда evil.ru")


def test_b6_braces_and_percents_stay_as_they_are() -> None:
    literal = "<script>{{7*7}} %s {0.__class__}"
    assert clean(literal) == literal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Артём", "артем"),
        ("Cкpетч", "скретч"),
        ("йод", "и\u0306од"),
        ("Мария-Антуанетта", "мария  антуанетта"),
        ("«Факел»", '"факел"'),
        ("О’Нил", "ОʼНИЛ"),
    ],
)
def test_b9_what_looks_the_same_has_the_same_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=40))
def test_b9_a_key_of_a_key_is_the_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_b9_different_names_have_different_keys() -> None:
    assert fold("Соколова Вера") != fold("Соколова Нера")


def test_initials_leave_the_surname() -> None:
    assert initials("Орлова Нина Петровна") == "Орлова Н. П."
    assert initials("Алиев Самир Рашид оглы") == "Алиев С. Р."
    assert initials("Белова Анна-Мария") == "Белова А.-М."


@pytest.mark.parametrize("bomb", ["a" * 100_000, "[@" * 50_000, "a." * 50_000, "\u0300" * 100_000, "‍" * 100_000])
def test_b15_a_hostile_text_takes_no_longer_than_an_honest_one(bomb: str) -> None:
    begun_s = time.perf_counter()
    inert(clean(bomb))
    assert time.perf_counter() - begun_s < 2


@pytest.mark.parametrize(
    "title",
    [
        "Таблица умножения № 2",
        "«Ракета» — 5 «Б»: кто быстрее?",
        "C++ & Python, 90 %",
        "Ночь +20 °С",
        "Чөдүраа",
        "ПО «Луч»®",
        "",
    ],
)
def test_what_is_printed_may_have_letters_digits_and_punctuation(title: str) -> None:
    assert picture(title) is None


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Ракета 🚀", "🚀"),
        ("👨‍👩‍👧‍👦 семья", "👨‍👩‍👧‍👦"),
        ("Звезда ★", "★"),
        ("❤️ маме", "❤️"),
        ("Сыграем 🇷🇺?", "🇷🇺"),
        ("1️⃣ место", "1️⃣"),
    ],
)
def test_b3_what_is_printed_has_no_pictures(title: str, shown: str) -> None:
    assert picture(title) == Refusal("text.picture", {"character": shown})
