"""The year in figures: the annual report, a school's year, who never took part."""
