"""Reads DEX files ("Dalvik executable format"; "Dalvik bytecode") into units of the program."""
