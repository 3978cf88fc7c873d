"""What an entry says of a person: the label, its bytes, and decoys that list nobody."""
