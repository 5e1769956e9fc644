"""Whose header is what: recognising extracts, mapping files, and what they make of columns."""
