"""Stages as participants meet them: where they stand, tests and tasks with a clock."""
