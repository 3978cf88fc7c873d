"""Tables of people as rows of text: encodings, delimiters, workbooks, headings and cells."""
