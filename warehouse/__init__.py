"""The warehouse: DuckDB files named by version, the pointer to the current one, connections and settings."""
