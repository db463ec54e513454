"""What people do in a fault test, done to the sandbox's world itself: whether the bot lives at that moment or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.sandbox import acts
from bot.sandbox.control.buttons import find_button, visible
from bot.sandbox.dialogs import Content
from bot.sandbox.objects import describe_doc, doc_object
from bot.sandbox.wire import Wire
from bot.sandbox.world import World

#: Between one person's messages, by the messenger's clock: nobody is too fast.
BETWEEN_ACTS_S = 10.0
DOCUMENT_BYTES = 20_000
#: A file out of another one, with what puts a person's own words in place.
Making = Callable[[bytes, Callable[[str], str]], bytes]
START = '{"command": "start"}'


@dataclass
class Hands:
    """One person's; `words` stand where an act says `{name}`."""

    world: World
    person: int
    words: Mapping[str, str] = field(default_factory=dict)
    between_s: float = BETWEEN_ACTS_S

    def write(
        self,
        text: str,
        *,
        payload: str | None = None,
        ref: str | None = None,
        attachments: Sequence[Wire] = (),
        sent_at: int | None = None,
    ) -> None:
        """Write; `sent_at`: the messenger's date of it, Unix seconds (now)."""
        self.world.clock.shift(self.between_s)
        content = Content(text=self._say(text), payload=payload, ref=ref, attachments=list(attachments))
        acts.write(self.world, self.world.people[self.person], content, sent_at=sent_at)

    def start(self, ref: str | None = None) -> None:
        """Press «Начать», perhaps by a link with a word."""
        self.write("Начать", payload=START, ref=ref)

    def press(self, label: str, *, begins: bool = False) -> None:
        """Press the newest visible button of this label, or whose label begins so."""
        self.world.clock.shift(self.between_s)
        place = self.world.dialog(self.person)
        said = self._say(label)
        if begins:
            said = next(one.label for one in visible(place) if one.label.startswith(said))
        button, cmid, from_dialog = find_button(place, {"label": said})
        acts.press(self.world, self.world.people[self.person], place, button, cmid=cmid, from_dialog=from_dialog)

    def attach(self, title: str, *, sent_at: int | None = None) -> None:
        """Send an invented document of this name."""
        thing = describe_doc(self.world, title, DOCUMENT_BYTES, owner_id=self.person)
        self.write("", attachments=[{"type": "doc", "doc": thing}], sent_at=sent_at)

    def send_file(self, name: str, made: Making) -> None:
        """Send what is made from the bot's newest file."""
        data = made(self.newest_file(), self._say)
        thing = doc_object(self.world, data, name, owner_id=self.person)
        self.write("", attachments=[{"type": "doc", "doc": thing}])

    def newest_file(self) -> bytes:
        """The bytes of the bot's newest file."""
        messages = [message for message in self.world.dialog(self.person).messages if message.out]
        files = [one["doc"] for message in messages for one in message.content.attachments if one["type"] == "doc"]
        return self.world.media.files[str(files[-1]["url"]).rpartition("/")[2]].data

    def _say(self, text: str) -> str:
        for name, word in self.words.items():
            text = text.replace(f"{{{name}}}", word)
        return text
