"""A run, told as events; it sees the world only through its ports."""
