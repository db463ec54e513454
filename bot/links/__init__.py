"""The link doctor: does a link to a work open for the jury, and if not, how is that mended.

It talks to machines that strangers name, so everything here assumes the link is hostile until shown otherwise.
"""

from bot.links.diagnosis import DETAIL_KEYS, Diagnosis, LinkState
from bot.links.doctor import LinkDoctor
from bot.links.fetch import Limits
from bot.links.gate import Gate
from bot.links.syntax import examine_syntax

__all__ = ["DETAIL_KEYS", "Diagnosis", "Gate", "Limits", "LinkDoctor", "LinkState", "examine_syntax"]
