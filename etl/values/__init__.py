"""Texts to values, in SQL: a fast reading first, and the careful one only for what the fast one refuses.

Every conversion gives NULL where a text is not a value of the type, which makes the row a reject. Nothing is guessed.
"""
