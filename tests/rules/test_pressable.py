"""Links of one person shown to another: they open, and nothing else in the text does anything."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.pressable import pressable
from bot.contest.text import WORD_JOINER


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("вот https://scratch.mit.edu/projects/1?a=1&b=2#x.", "вот https://scratch.mit.edu/projects/1?a=1&b=2#x."),
        ("(vk.com/wall-1_2)", "(vk.com/wall-1_2)"),
        ("https://школа.рф/урок", "https://школа.рф/урок"),
        ("https://a.ru:8080/x", "https://a.ru:8080/x"),
        ("https://video.example/@nina", "https://video.example/%40nina"),
        ("[https://vk.com/id1|Нина]", "[https://vk.com/id1%7CНина]"),
        ("https://ok.ru/?a&lt;b", "https://ok.ru/?a&lt%3Bb"),
        ("https://ok.ru/?a&lt;", "https://ok.ru/?a&lt%3B"),
        ("https://ok.ru/?a; да", "https://ok.ru/?a; да"),
        ("строка\nhttps://a.ru/x\nещё", "строка\nhttps://a.ru/x\nещё"),
    ],
)
def test_a_link_may_be_pressed(text: str, shown: str) -> None:
    assert pressable(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://bank.ru@evil.example/x",
        "https://bank.ru\\@evil.example/x",
        "https://sbеr.ru/x",  # «е» is Cyrillic
        "https://a.ru/cut…",
        "https://[::1",
        "http://localhost/x",
        "nina@mail.example/x",
        "evil.example",
        "[id1|Нина]",
        "@all",
        "#тег",
    ],
)
def test_what_hides_where_it_leads_or_is_no_link_is_inert(text: str) -> None:
    assert pressable(text) != text or text == "https://[::1"
    assert "://a" not in pressable(text)
    assert pressable(text).replace(WORD_JOINER, "") == text


@given(st.text(alphabet="[]|@*#&;:/.аbid1 \n…", max_size=60), st.sampled_from(["", "https://a.ru/", "vk.com/"]))
def test_no_text_mentions_anybody(text: str, link: str) -> None:
    assert not re.search(r"\[\w+\|\w|[@*]\w|&\w+;", pressable(f"{link}{text}"))
