"""Explains why somebody is or is not listed: contacts traced again for one person, offline only."""
