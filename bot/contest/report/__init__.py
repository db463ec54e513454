"""The year's report: what is counted, by which rule, and from which rows."""
