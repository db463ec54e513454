"""Reminders by the rules of events: to people before their deadlines, to jurors, and what organizers may change."""
