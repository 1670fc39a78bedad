"""Running an installation: what is well of it, and what is not."""
