"""Reading a privacy policy with the law and the knowledge: rows, parties, fields."""
