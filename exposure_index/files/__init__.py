"""The files of one build: manifest, plain index, trip list; each checked before it is read."""
