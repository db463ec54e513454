"""Which letters the fonts have: a name that can't be set is told before the run, not seen on a wall."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Literal

from typst import TypstError
from typst import compile as typeset

#: PDF/A forbids a letter without a picture, so that Typst refuses it; it says nothing otherwise.
_STRICT: Literal["a-2b"] = "a-2b"
_SOURCE = b'#set text(font: "Libertinus Serif")\n#for letter in json(bytes(sys.inputs.letters)) [#letter ]'
_known: dict[str, bool] = {}


def without_picture(texts: Iterable[str]) -> dict[str, str]:
    """Of each text that can't be set, the letters that no font has; empty: all is well."""
    wanted = list(texts)
    _learn(sorted({letter for text in wanted for letter in text if not letter.isspace()} - _known.keys()))
    found = {text: "".join(dict.fromkeys(letter for letter in text if not _known.get(letter, True))) for text in wanted}
    return {text: letters for text, letters in found.items() if letters}


def _learn(letters: Sequence[str]) -> None:
    """By halves: most texts have no such letter, and are known after one try."""
    if not letters:
        return
    if _are_settable(letters):
        _known.update(dict.fromkeys(letters, True))
    elif len(letters) == 1:
        _known[letters[0]] = False
    else:
        half = len(letters) // 2
        _learn(letters[:half])
        _learn(letters[half:])


def _are_settable(letters: Sequence[str]) -> bool:
    inputs = {"letters": json.dumps(letters, ensure_ascii=False)}
    try:
        typeset(_SOURCE, format="pdf", pdf_standards=_STRICT, sys_inputs=inputs, ignore_system_fonts=True, timestamp=0)
    except TypstError:
        return False
    return True
