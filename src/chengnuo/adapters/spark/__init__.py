"""Work that has outgrown one machine, given to Spark: the extra `spark`, loaded when asked for."""
