"""Privacy policies in the formats in which people have them, as one plain text and its blocks."""
