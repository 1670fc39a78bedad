"""Decisions: may this personal information be used for this, now?"""
