"""Connectors to the stores of the operator, one a kind; each keeps `ports.record_source`."""
