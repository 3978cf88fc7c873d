"""Citizens: QR entry and self-check."""
