"""What the window says, in both languages: codes and rules of the core in a person's words. QtCore alone."""
