"""Keys of kiosks and organisations: HPKE on P-256, and the key pairs to which people seal."""
