"""Reads the class files of a JAR (JVMS 4, to Java 21) into one unit of the program."""
