"""Consent: what individuals said to each consent item, and what is in force."""
