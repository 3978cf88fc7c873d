"""The unified standard: tables, columns, and who owns each of them."""
