"""An application: its questions for every kind of unit, drafts, review, sending, editing."""
