"""Watching a trip: to be told by text message when a case on it is published."""
