"""Watches of trips on the builder's side: opened, compared with what is published, told."""
