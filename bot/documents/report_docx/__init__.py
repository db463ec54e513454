"""Official papers as DOCX: the year's report, a school's year, a teacher's year."""
