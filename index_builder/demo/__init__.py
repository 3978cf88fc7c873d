"""A source directory to try everything with: real published trips, invented people."""

from index_builder.demo.writing import DemoOutcome, write_demo

__all__ = ["DemoOutcome", "write_demo"]
