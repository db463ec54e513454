"""Diplomas, certificates and letters as PDF, in a design that an organizer may replace."""
