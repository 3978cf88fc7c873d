"""Checks past the free ones, as a form earns them: count, ask for a proof, take it."""
