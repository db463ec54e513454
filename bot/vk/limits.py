"""VK's limits, in one place (sources: vk.com/dev/bots_docs_3 for keyboards, the pages of the methods for the rest)."""

from __future__ import annotations

#: messages.edit says 4096, messages.send 9000: the smaller holds for both.
MESSAGE_CHARS = 4096
LABEL_CHARS = 40
PAYLOAD_CHARS = 255
#: Of all buttons of a keyboard together.
KEYBOARD_PAYLOAD_CHARS = 1000
INLINE_BUTTONS, INLINE_ROWS, INLINE_COLUMNS = 10, 6, 5
PLAIN_BUTTONS, PLAIN_ROWS, PLAIN_COLUMNS = 40, 10, 5
CAROUSEL_CARDS, CAROUSEL_BUTTONS = 10, 3
CARD_TITLE_CHARS = CARD_TEXT_CHARS = 80
ATTACHMENTS = 10
SNACKBAR_CHARS = 90
#: Calls in one `execute`.
EXECUTE_CALLS = 25
#: VK states no limit for the code of `execute`; 25 ordinary replies take a tenth of this.
EXECUTE_CODE_CHARS = 200_000
#: A button's answer lives so long.
ANSWER_LIFE_S = 60
#: Peer ids from here on are group chats.
CHATS_FROM = 2_000_000_000
#: ids in one users.get.
USERS_AT_ONCE = 1000
#: People in one messages.send, messages in one messages.delete.
PEERS_AT_ONCE = 100
