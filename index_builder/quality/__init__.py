"""What the tables lack or hold twice: duplicates, unusable legs, coverage."""
