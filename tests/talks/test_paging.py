"""Long lists a page at a time."""

from __future__ import annotations

import pytest

from handlers.paging import paged


@pytest.mark.parametrize(
    ("number", "page", "shown", "ways"),
    [
        (0, 0, "ab", ["list:1/x"]),
        (1, 1, "cd", ["list:0/x", "list:2/x"]),
        (2, 2, "e", ["list:1/x"]),
        (3, 0, "ab", ["list:1/x"]),
        (10**18, 0, "ab", ["list:1/x"]),
    ],
)
def test_a_page_has_ways_to_its_neighbours_and_a_page_that_is_gone_is_the_first(
    number: int, page: int, shown: str, ways: list[str]
) -> None:
    found = paged("abcde", number, 2, "list:", "/x")
    assert (found[0], found[1], [button.go for button in found[2]]) == (page, shown, ways)


def test_an_empty_list_has_one_empty_page() -> None:
    assert paged([], 4, 5, "list:") == (0, [], [])
