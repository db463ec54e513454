"""Many links in one message, and whose each of them is."""

from __future__ import annotations

import pytest

from bot.contest.bulk_works import Match, Sent, Waiting, links_in, matched

VERA = Waiting(1, "СК-2026-0001", 1, ("Соколова Вера",))
ANNA = Waiting(2, "СК-2026-0002", 2, ("Соколова Анна",))
ROCKET = Waiting(3, "СК-2026-0012", 12, ("Ракета", "Белов Артём", "Котова Мила"))
ALL = (VERA, ANNA, ROCKET)


def test_lines_with_links_and_the_words_beside_or_above_them() -> None:
    text = "Здравствуйте!\n1. Соколова Вера — https://vk.com/video-1_2.\nБелов\nvkvideo.ru/video-1_3\n\nи ещё"
    assert links_in(text) == [
        Sent(2, "https://vk.com/video-1_2", "1. Соколова Вера —"),
        Sent(4, "vkvideo.ru/video-1_3", "Белов"),
    ]
    assert links_in("ссылок нет") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Соколова Вера", (1,)),
        ("соколова вера, 3Б:", (1,)),
        ("Соколова", (1, 2)),
        ("СК-2026-0002", (2,)),
        ("ск-2026-0002 Соколова Вера", (2,)),
        ("СК-2026-0099", ()),
        ("12", (3,)),
        ("№ 2", (2,)),
        ("7", ()),
        ("3. Белов Артём", (3,)),
        ("«Ракета»", (3,)),
        ("Вера", ()),
        ("Иванов Пётр", ()),
        ("", ()),
    ],
)
def test_words_name_somebody(words: str, expected: tuple[int, ...]) -> None:
    assert matched([Sent(1, "https://vk.com/video-1_2", words)], ALL)[0].found == expected


def test_bare_links_go_in_order_if_there_are_as_many() -> None:
    sent = [Sent(n, f"https://vk.com/video-1_{n}", "") for n in (1, 2, 3)]
    assert [one.found for one in matched(sent, ALL)] == [(1,), (2,), (3,)]
    assert [one.found for one in matched(sent[:2], ALL)] == [(), ()]


def test_what_is_sure_leaves_fewer_for_the_unclear() -> None:
    vera, one = Sent(1, "https://a.ru/1", "Соколова Вера"), Sent(2, "https://a.ru/2", "Соколова")
    assert matched([vera, one], ALL) == [Match(vera, (1,)), Match(one, (2,))]
