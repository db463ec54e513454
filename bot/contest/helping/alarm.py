"""Words that can't wait: of despair and of threats. They are shown to people at once, and never published.

It is a net with wide meshes on purpose: a human reads what it catches, so a false alarm costs a minute.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.contest.text import fold


class Alarm(StrEnum):
    """What somebody's words may mean."""

    DESPAIR = "despair"
    THREAT = "threat"


_HARM = "(?:убью|зарежу|расстреляю|застрелю|изобью|урою|прикончу)"
_WHOM = "(?:тебя|вас|его|ее|их|всех)"
#: Read after folding: lower case, «е» for «ё».
_WORDS = {
    Alarm.DESPAIR: (
        r"(?:не|больше не) хоч(?:у|ется) жить",
        r"хочу умереть|лучше бы (?:я|мне) умер|лучше умереть",
        r"покончить с собой|покончу с собой|свести счеты с жизнью|суицид\w*|самоубийств\w*",
        r"убью себя|убить себя|(?:по|пере)реж\w* (?:себе )?вены|режу себя|повешусь|выпрыгну из окна|прыгну с крыши",
    ),
    Alarm.THREAT: (
        rf"{_HARM} (?:{_WHOM}|учител\w*|одноклассник\w*)",
        rf"{_WHOM} {_HARM}",
        r"взорву (?:школу|всех|вас|гимназию|лицей|класс|здание)|заминирова\w*",
        r"прин(?:есу|ести) (?:в школу |на урок )?(?:нож|пистолет|ружье|оружие|бомбу|гранату)",
    ),
}
_FOUND = {alarm: re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") for alarm, words in _WORDS.items()}


def alarm(text: str) -> Alarm | None:
    """What these words may mean, or None; despair goes before a threat."""
    folded = re.sub(r"[^\w\s]+", " ", fold(text).replace("ё", "е"))
    folded = " ".join(folded.split())
    return next((kind for kind in Alarm if _FOUND[kind].search(folded)), None)
