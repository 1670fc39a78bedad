"""The migrations, oldest first; a released one is never edited.

`newest.sql` is what they make together; `make golden` writes it anew after one was added.
"""
