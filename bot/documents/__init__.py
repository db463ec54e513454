"""Files for people: sheets, calendars, papers. Values in, bytes out; no storage and no network."""
