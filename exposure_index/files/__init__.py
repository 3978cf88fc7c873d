"""The files of one build: manifest, plain index, list of trips; each checked before it is read."""
