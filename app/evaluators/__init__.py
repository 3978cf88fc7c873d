"""Whoever holds the private keys: this process (watched_keys)."""
