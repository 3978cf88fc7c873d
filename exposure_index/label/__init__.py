"""What an entry says of a person: the label, and its bytes."""
