"""The register as a value: model, reading, canonical form, consent items, difference."""
