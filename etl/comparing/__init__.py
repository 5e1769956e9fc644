"""What a person's own files hold against what is loaded."""
