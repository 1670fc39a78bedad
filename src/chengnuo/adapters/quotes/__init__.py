"""Logs of quotes: read once, by one set of expressions, on DuckDB or on Spark."""
