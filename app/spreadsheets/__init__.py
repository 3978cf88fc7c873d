"""Tables written for spreadsheets, CSV and workbook: row by row, and no cell a formula."""
