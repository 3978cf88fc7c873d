"""The demo: a source directory to try everything with, of real published trips, invented people."""
