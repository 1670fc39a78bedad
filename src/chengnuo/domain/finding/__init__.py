"""Declared against the law and against what is observed; the duties' controls."""
