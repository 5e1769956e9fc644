"""The commands of `python -m meeting`, a module each."""
