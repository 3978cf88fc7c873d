"""What all audiences ask: an identity, counted, looked up, answered. Knows no request."""
