"""The web service: citizens, organisations and kiosks ask; it holds the index, no manifest."""
