"""State of many individuals as arrays: small numbers by dense ordinal."""
