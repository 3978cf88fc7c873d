"""The people of a build: documents, names, clearances, contacts and their labels."""
