"""The door for programs in Python: what `chengnuo.price` hands out."""
