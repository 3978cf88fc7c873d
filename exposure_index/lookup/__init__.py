"""Opening an index, looking an identity or a trip up, and merging several authorities' answers."""
