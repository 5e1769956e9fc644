"""The views of the page Managers."""
