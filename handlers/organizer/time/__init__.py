"""Deadlines, meetings, seats and years: whatever has a date."""
