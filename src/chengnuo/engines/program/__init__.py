"""Code of an app as arrays, whatever it was compiled to: linked, followed, looked into."""
