"""Announcements as organizers write them: to whom, what, when; how far they are; taking them back."""
