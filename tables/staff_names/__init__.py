"""Names in staff lists: what a cell may mean, and what leaves it in doubt."""
