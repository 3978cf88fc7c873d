"""Answers of departments: what they may say, and how they enter a build. They only ever add."""
