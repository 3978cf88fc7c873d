"""Answer pages: view models, advice, labels, and constant-time templates."""
