"""The catalogue of the law: articles, bases, forms, deadlines, app types. No bytes, no clock."""
