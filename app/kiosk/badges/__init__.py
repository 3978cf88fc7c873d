"""Badges: the text in the QR code of a card, and sheets of cards to print."""
