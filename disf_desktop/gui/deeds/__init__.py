"""What the person may do, a part of the program each; the desk puts them together."""
