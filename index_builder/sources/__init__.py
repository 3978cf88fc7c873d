"""Sources: reads the tables of a source directory as text, with a control total of their rows."""
