"""Long lists as XLSX and CSV, written row by row."""
