"""Changing a row of a register in its YAML file, and nothing else in the file."""
