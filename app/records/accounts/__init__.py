"""Accounts of whoever signs in, their sessions, and what clerks did at the counter."""
