"""What citizens leave for the builder's side, sealed, and how they are told something."""
