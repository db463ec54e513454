"""Announcements: one text to many people, each of whom gets it once."""
