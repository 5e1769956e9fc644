"""What the pages share: scope bar, tiles, charts, tables, words and numbers."""
