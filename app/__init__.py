"""The web service: citizens, organisations and kiosks ask; it holds no passenger list."""
