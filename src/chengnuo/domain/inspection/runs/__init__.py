"""What recorded runs tell: whose each call was, what it touched, and what it proves of the code."""
