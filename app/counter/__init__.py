"""Clerks, who check one person at a time for those without a phone."""
