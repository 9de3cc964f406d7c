"""Files of rows, read in bounded memory, and the book in which an import is kept."""
