"""What the page of the meeting is made of: choosing it, its agenda, freezing, taking away and presenting it."""
