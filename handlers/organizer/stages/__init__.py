"""Stages as organizers see them: hosts, corrections, answers that wait for points."""
