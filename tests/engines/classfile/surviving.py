"""What has to hold of any class file, however damaged."""

from chengnuo.engines.classfile.reading import read_class_files
from chengnuo.engines.program.linking import link


def survive(content: bytes) -> None:
    """Read a class and look into all of it."""
    unit = read_class_files([("A.class", content)], "classes.jar")
    for number in range(len(unit.defined_method)):
        body = unit.bodies.body(number)
        assert (body is not None) == bool(unit.defined_has_code[number])
    link([unit])
    for records, entries in (
        (unit.strings_used, unit.strings),
        (unit.types_named, unit.types),
        (unit.fields_touched, unit.field_type),
        (unit.field_strings, unit.strings),
    ):
        assert all(0 <= each < len(entries) for each in records.what.tolist())
    assert all(-1 <= each < len(unit.method_type) for each in unit.invocations.method.tolist())
