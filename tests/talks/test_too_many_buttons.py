"""A screen with more buttons than VK shows under a message is still read, and answered by number or label."""

from __future__ import annotations

from bot.talk.model import Button, Reply
from bot.talk.screens import Screens, overflows, spelled_out
from bot.talk.seal import Seal
from bot.talk.texts import Texts

SCREENS = Screens(Texts({"list": "Выберите работу."}), Seal(b"k" * 32), ())


def rows(count: int, width: int = 1) -> list[list[Button]]:
    return [[Button(label=f"Работа {row}-{place}", go="menu") for place in range(width)] for row in range(count)]


def test_six_rows_and_ten_buttons_fit() -> None:
    assert not overflows(SCREENS.of_reply(1, Reply("list", buttons=rows(6))))
    assert not overflows(SCREENS.of_reply(1, Reply("list", buttons=rows(5, 2))))


def test_what_does_not_fit_is_spelled_out_and_keeps_its_choices() -> None:
    for many in (rows(7), rows(4, 3)):
        screen = SCREENS.of_reply(1, Reply("list", buttons=many))
        assert overflows(screen)
        told = spelled_out(screen)
        assert not overflows(told)
        assert told.messages[-1].text.startswith("Выберите работу.\n\n1. Работа 0-0\n2. Работа ")
        assert len(told.keys) == sum(map(len, many))
