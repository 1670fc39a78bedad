"""Fields of what is published or handed on."""
