"""The check of a file and its way into a table, over the ports."""
