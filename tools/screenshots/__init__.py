"""Pictures of every page and state for the documentation: `python -m tools.screenshots`."""
