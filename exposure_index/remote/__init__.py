"""Private checks of a service over the network."""
