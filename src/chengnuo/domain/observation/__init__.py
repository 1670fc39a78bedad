"""What any observer reports, whatever saw it: the value, and the catalogues it is named by."""
