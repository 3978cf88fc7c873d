"""Uploads: a list of people streams straight into encryption, under a key of its own."""
