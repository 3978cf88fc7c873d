"""Replies of departments: which are accepted, and how they enter a build. They only ever add."""
