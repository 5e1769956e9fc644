"""What changed between two periods, who made it, and what was restated since: plain data, without words."""
