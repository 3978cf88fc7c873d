"""Trips without an identity: whether one was published, and whether its passenger list is held."""
