"""Jobs: what is kept of a staff list on its way: rows of the records, encrypted files, views."""
