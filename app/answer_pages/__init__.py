"""Answer pages: view models, advice, texts, and constant-time templates."""
