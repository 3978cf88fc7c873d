"""Checks, for all audiences: an identity parsed, admitted, looked up, answered. Knows no Flask."""
