"""Planes in files: one writer, any number of workers that map them, snapshots."""
