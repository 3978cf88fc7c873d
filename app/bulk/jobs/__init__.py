"""Jobs: a staff list read, checked piece by piece, and answered row by row."""
