"""Individuals: what can be so about a person, whatever is done with their information."""
