"""What the sample operator's database is filled with: invented people and what they did."""
