"""A small typed client of the JSON interface, for programs of the operator that are elsewhere."""
