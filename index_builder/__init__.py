"""Offline: joins case and transport data by contact rules and writes the keyed index."""
