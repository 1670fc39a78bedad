"""Requests to the operator's own endpoints, sent as different individuals would send them."""
