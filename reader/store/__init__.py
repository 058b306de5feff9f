"""The library: SQLite, schema and every statement."""
