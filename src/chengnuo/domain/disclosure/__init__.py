"""Lists, rules and notices derived from the register, as documents without a format."""
