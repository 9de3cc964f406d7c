"""The pairing canvas: two lists of fields and the lines between them."""
