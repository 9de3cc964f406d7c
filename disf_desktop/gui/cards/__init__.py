"""The larger parts that pages are made of: lists of what waits, a run under way, notices."""
