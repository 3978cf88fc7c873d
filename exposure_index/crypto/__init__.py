"""Keys, keyed hashes, canonical JSON and the signatures that are believed."""
