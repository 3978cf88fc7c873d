"""Encodings of people's files: read where the text proves one, refused where it may be several."""
