"""Webhooks: an organisation's own server is told that a job has ended, by counts only."""
