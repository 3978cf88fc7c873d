"""Compares two builds: people by keyed digests, tables and coverage by their reports."""
