"""The people on one form: one person, or a household."""
