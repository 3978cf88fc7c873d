"""Organisations: who they are, their members and keys, what they may ask, and their audit log."""
