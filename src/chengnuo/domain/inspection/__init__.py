"""The observers of an app package: what its code and files tell, as observations."""
