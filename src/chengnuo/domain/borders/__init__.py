"""Personal information that leaves the mainland: how many people, by which route (PIPL 38-42)."""
