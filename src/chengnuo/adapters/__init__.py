"""The outside: files, databases, keys, clock, document writers."""
