"""The catalogue of the law: articles, bases, consent forms, deadlines, app types. No bytes, no clock."""
