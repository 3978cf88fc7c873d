"""From entries to a signed build: candidate, publication, and the log of all manifests."""
