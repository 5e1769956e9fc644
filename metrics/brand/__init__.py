"""Brand cultivation: what is worked out from figures already read."""
