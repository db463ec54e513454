"""`demo --year`: the year of 2020-21 at its real sizes, played by a crowd of invented people."""
