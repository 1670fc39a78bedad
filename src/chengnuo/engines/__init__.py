"""Tight code over bytes, strings and arrays that knows no law; fuzzed and timed alone."""
