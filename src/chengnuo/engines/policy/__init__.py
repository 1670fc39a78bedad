"""Privacy policies as strings and arrays: blocks, sentences, clause models. No law."""
