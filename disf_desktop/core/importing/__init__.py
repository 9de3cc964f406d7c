"""A file of rows on its way into a table: how it is read, what is wrong with it, what becomes of it."""
