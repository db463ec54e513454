"""What every text that people write goes through, and every text that people read.

Lengths are counted in UTF-16 units. VK counts `format_data` so and does not say how it counts messages; a
text within a limit in UTF-16 units is within it in code points as well, so this way is safe whichever it is.

HTML entities are not touched here: whether VK escapes what it delivers belongs to the code that knows VK.

Refusal keys: `text.too_long` (limit, length), `text.picture` (character).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.contest.graphemes import EMOJI_PRESENTATION, ZWJ, ZWNJ, graphemes, is_boundary, is_mark, is_pictograph
from bot.contest.refusal import Refusal

#: The longest message sent: VK's pages name both 4096 and 9000, the smaller is safe.
MESSAGE_LIMIT = 4096

#: Letters that have a stranger's mark on them deserve a limit: more marks are an attack on the reader's eyes.
MARKS_PER_BASE = 8

#: Splits what VK would read as markup and shows nothing; `clean` strips it from what people write.
WORD_JOINER = "\u2060"

#: Signs that every font has, though Unicode calls them symbols as it does pictures.
_SIGNS = frozenset("№°©®™℃")
_KEYCAP = "\u20e3"

_NEWLINES = re.compile("\r\n?|[\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0000-\U000e007f]+")
_JOINERS = re.compile(f"[{ZWJ}{ZWNJ}]+")

# Scripts in which the joiners change the shape of letters: Arabic to Myanmar, Khmer, Mongolian.
_JOINING_SCRIPTS = (("\u0600", "\u109f"), ("\u1780", "\u18af"))

#: Most of what people write: nothing in it needs cleaning.
_PLAIN = re.compile(r"[\n -~А-Яа-яЁё«»–—…№]*")

_MARKUP = re.compile(
    r"(?<=[\[@*#])(?=\w)"  # [id1|x]  @all  *id1 (x)  #tag
    r"|(?<=&)(?=[#\w])"  # &#128522;  &lt;
    r"|(?<=:)(?=//)"  # https://
    r"|(?<=\w[.。．｡])(?=[^\W\d_])"  # evil.ru
)

_QUOTES = re.compile("[\"'`´«»„“”‘’‚‹›ʼʹ]")
_GAPS = re.compile(r"[\s\-‐‑‒–—―−]+")
_TWINS = str.maketrans("abcehikmoptxyё", "авсенікмортхуе")


def clean(text: str) -> str:
    """`text` as it is kept: NFC, without what cannot be seen or would break a database, a log or a line.

    Done once, at the edge. Only joiners that join something (family emoji, Indic and Arabic letters) stay.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _UNSEEN.sub("", _NEWLINES.sub("\n", text))
    while (once := _pass(text)) != text:
        text = once
    return text


def length(text: str) -> int:
    """Length in UTF-16 units, as messengers count it."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def too_long(text: str, limit: int) -> Refusal | None:
    """A refusal that names the limit and the length if `text` is longer than `limit` UTF-16 units."""
    if (units := length(text)) > limit:
        return Refusal("text.too_long", {"limit": limit, "length": units})
    return None


def picture(text: str) -> Refusal | None:
    """A refusal that shows the first emoji or pictograph in `text`: what goes into a diploma has to be printed."""
    found = next((char for char in graphemes(text) if any(map(_is_picture, char))), None)
    return None if found is None else Refusal("text.picture", {"character": found})


def shorten(text: str, limit: int) -> str:
    """`text` cut between graphemes to at most `limit` UTF-16 units, with «…» where something was cut off."""
    if length(text) <= limit:
        return text
    return text[: _cut(text, limit - 1)].rstrip() + "…"


def split_message(text: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """`text` as messages of at most `limit` UTF-16 units: cut at a paragraph, else a line, else a word.

    A word longer than a message is cut between graphemes, a grapheme longer than a message between code
    points. White space at a cut is dropped; a text without anything to read gives no message.
    """
    parts: list[str] = []
    while length(text) > limit:
        cut = _gap(text, _fitting(text, limit)) or _cut(text, limit)
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [part for part in (*parts, text) if part.strip()]


def inert(text: str) -> str:
    """`text` of one person as another may be shown it: VK makes no mention, link or sign of any part of it.

    Source of the markup: VK's text rules. An invisible U+2060 breaks each; the text looks as it was written.
    """
    return _MARKUP.sub(WORD_JOINER, text)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A key for comparing what people typed: never shown.

    Case, ё, hyphens, spaces and quotes make no difference, and Latin letters count as the Cyrillic ones that
    look the same.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return _GAPS.sub(" ", _QUOTES.sub("", folded.translate(_TWINS))).strip()


def initials(full_name: str) -> str:
    """«Орлова Нина Петровна» as «Орлова Н. П.»; words in lower case («оглы») are left out."""
    surname, *names = full_name.split() or [""]
    letters = ["-".join(f"{part[0]}." for part in name.split("-") if part) for name in names if name[0].isupper()]
    return " ".join([surname, *letters])


def _is_picture(char: str) -> bool:
    return char not in _SIGNS and (is_pictograph(char) or char in (EMOJI_PRESENTATION, _KEYCAP))


def _pass(text: str) -> str:
    text = _TAGS.sub(r"\1", text)
    text = _JOINERS.sub(_kept_joiner, text)
    return _without_towers(unicodedata.normalize("NFC", text))


def _kept_joiner(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    if not before or not after:
        return ""
    emoji = (before == EMOJI_PRESENTATION or is_pictograph(before)) and is_pictograph(after)
    letters = _shapes(before) and _shapes(after)
    return found[0][0] if letters or (emoji and found[0][0] == ZWJ) else ""


def _shapes(char: str) -> bool:
    return any(first <= char <= last for first, last in _JOINING_SCRIPTS)


def _without_towers(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if char >= "\u0300" and is_mark(char) else 0
        if marks <= MARKS_PER_BASE:
            kept.append(char)
    return "".join(kept)


def _fitting(text: str, limit: int) -> int:
    """How many code points of `text` fit into `limit` UTF-16 units."""
    units = 0
    for index, char in enumerate(text):
        units += 2 if char > "\uffff" else 1
        if units > limit:
            return index
    return len(text)


def _gap(text: str, end: int) -> int:
    """The best place for a cut at white space in `text[:end]`, or 0.

    A paragraph or a line is worth a cut only in the second half, else messages would be torn to shreds.
    """
    for gap, least in (("\n\n", end // 2), ("\n", end // 2), (" ", 1)):
        at = text.rfind(gap, least, end + 1)
        while at > 0 and not (is_boundary(text, at) and is_boundary(text, at + len(gap))):
            at = text.rfind(gap, least, at)
        if at > 0 and text[:at].strip():
            return at
    return 0


def _cut(text: str, limit: int) -> int:
    end = _fitting(text, limit)
    at = end
    while at > 0 and not is_boundary(text, at):
        at -= 1
    return at or max(end, 1)
