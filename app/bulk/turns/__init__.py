"""Turns: a job worked on piece by piece, others' in between; one decision a transaction."""
