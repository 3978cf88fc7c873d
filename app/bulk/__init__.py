"""Organisations: portal, uploads, jobs, results."""
