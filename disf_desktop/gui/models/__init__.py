"""What the window shows, as Qt item models and plain functions over frozen values; QtCore alone, so no display is
needed."""
