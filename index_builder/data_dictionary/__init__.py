"""The data dictionary: tables, columns, and the class of each column."""
