"""Connections of clients: parsed, limited in time and number, refused without an echo."""
