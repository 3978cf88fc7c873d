"""What builder and service share: canonical identity, keyed hash, file formats, manifest."""
