"""Limits on how often one asks, counted under pseudonyms that change each day."""
