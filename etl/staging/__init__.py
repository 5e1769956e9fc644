"""From columns of text to typed rows, and the rows that are kept out with their reasons."""
