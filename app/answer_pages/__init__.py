"""The answer as a page: view models, advice, labels, and constant-time templates."""
