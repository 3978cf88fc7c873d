"""About the service: who runs it, where help is without a phone, whom to tell of a weakness."""
