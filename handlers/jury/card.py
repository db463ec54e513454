"""The cards: a criterion to score, the total, what to change, the receipt. Each takes the place of the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched

from bot.contest.event.scoring import Criterion
from bot.talk.model import Button, Reply
from bot.talk.texts import Trusted
from handlers.jury.points import criteria_of, mark_of, shown, total_of, written
from handlers.jury.seat import Seat
from handlers.jury.view import about, attachments, place_of, title_of
from handlers.kinds import Case
from storage.jury_rows import Card
