"""Dialog Insight: its web services, its names and its forms, which stay in this room."""
