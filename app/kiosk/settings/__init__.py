"""What an organisation sets for its kiosks."""
