"""Accounts of whoever signs in, of any audience: passwords, one-time codes, sessions, lockout."""
