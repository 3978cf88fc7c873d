"""Benchmarks that run the project's own code, or its programs, on this machine alone."""
