"""The roof: reads the settings, builds the adapters and hands the use cases to the doors.

The only floor that knows every other. `program` imports inside functions, so that a command pays
for what it uses and for nothing else; the other modules are what it imports so.
"""
