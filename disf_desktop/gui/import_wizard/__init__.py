"""The import of a file, in six steps."""
