"""Opening an index, looking up an identity or a trip, merging the results of all authorities."""
