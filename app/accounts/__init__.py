"""Accounts of people who work with the service: passwords, one-time codes, sessions."""
