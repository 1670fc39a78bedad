"""Copies to take home: written part by part, encrypted at rest, in formats people can open."""
