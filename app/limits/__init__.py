"""Limits on how often one asks: counted under keyed codes that change each day."""
