"""The views of the page Brand cultivation, one a file."""
