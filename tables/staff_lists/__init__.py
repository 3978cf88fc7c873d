"""Staff lists of organisations: CSV, workbooks and JSON lines, with columns of their own."""
