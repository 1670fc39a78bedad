"""The controls of the pledge board: run, recorded, kept, and put together to the board."""
