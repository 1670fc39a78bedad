"""Consent: what individuals say is recorded, kept beside the log, and followed up."""
