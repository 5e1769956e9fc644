"""What changed, and why: the view of the overview page."""
