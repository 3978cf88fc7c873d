"""Check-ins of kiosks: opened, validated, and kept exactly once."""
