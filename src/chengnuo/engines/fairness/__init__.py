"""Statistics of differences between individuals: tests, bounds and distances on arrays."""
