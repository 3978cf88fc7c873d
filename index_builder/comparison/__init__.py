"""Compares two builds: people by keyed digests, tables and coverage by their reports."""

CHANGE_MAX_SHARE = 0.20
"""A working day adds and clears less; a passenger list that was cut short or lost takes more."""
