"""Events as people find them: the list, the card, calendar, reminders, seats, attendance, bundles."""
