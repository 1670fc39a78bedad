"""Package files of people: opened read-only and bounded, and worked on in a child that may fail."""
