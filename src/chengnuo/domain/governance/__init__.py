"""What is decided about a version of an app before it goes out, by whom, and how that is shown."""
