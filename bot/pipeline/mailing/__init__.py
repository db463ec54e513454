"""Announcements on their way: recipients are gathered, the outbox is fed a little ahead, progress is shown."""
