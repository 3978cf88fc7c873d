"""Who the exposed people are: documents, names, clearances, and what is said of each."""
