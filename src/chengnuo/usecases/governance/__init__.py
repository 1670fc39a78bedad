"""The use cases of letting a version of an app out."""
