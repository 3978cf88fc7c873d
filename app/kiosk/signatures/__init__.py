"""Signatures of kiosks over their requests: HTTP message signatures, RFC 9421."""
