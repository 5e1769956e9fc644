"""The warehouse's tables as a load writes them: keys, facts, masters, owners, books."""
