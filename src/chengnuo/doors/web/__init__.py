"""The pages: privacy centre and console."""
