"""Sealed messages of citizens to the builder's side, their exports, and text messages."""
