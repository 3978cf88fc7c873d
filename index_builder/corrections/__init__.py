"""Corrections on the builder's side: opened for the officer, and settled by their decisions."""
