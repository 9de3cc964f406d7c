"""What the window asks: dialogs, opened and never waited for, and the windows of help."""
