"""Imported by the fork server: the catalogues that each start of the bot would read anew, for half of its time."""

from __future__ import annotations

from bot.contest.organisations import Directory
from handlers.book import texts

texts()
Directory.load()
