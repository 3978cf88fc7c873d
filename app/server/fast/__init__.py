"""API requests in perfect order, answered before the framework takes them apart."""
