"""Reminders that are due by the rules of an event: what about, when, in which words."""
