"""Reads the tables of a source directory as text, row by row accounted for."""
