"""The web service: citizens, organisations and kiosks ask; it holds only the index, never a manifest."""
