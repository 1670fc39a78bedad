"""Backups of a data folder: one moment of it, encrypted, checked, and put back elsewhere."""
