"""Traces of OpenTelemetry; imported only where a collector is named (extra `otel`)."""
