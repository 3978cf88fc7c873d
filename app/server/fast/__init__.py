"""Routes answered before the framework takes the request apart."""
