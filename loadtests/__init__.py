"""Load tests and benchmarks: a black box, over HTTP only."""
