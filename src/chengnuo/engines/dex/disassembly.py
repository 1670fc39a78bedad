"""Instructions as a disassembler writes them, with names in place of indexes."""

from collections.abc import Sequence
from typing import Final

from chengnuo.engines.dex.call_sites import CallSites
from chengnuo.engines.dex.opcodes import FORMATS, INDEXED, NAMES, Op
from chengnuo.engines.dex.operands import Operands
from chengnuo.engines.dex.tables import Tables
from chengnuo.engines.program.shown import shown

MOST_CASES: Final = 32
"""Cases of a switch that its text lists."""
_LITERAL: Final = frozenset({"11n", "21s", "31i", "21h", "51l", "22b", "22s"})


class Disassembler:
    """Writes instructions of one DEX file."""

    def __init__(self, tables: Tables, sites: CallSites) -> None:
        self._tables = tables
        self._sites = sites
        # References repeat much more often than they differ.
        self._written: dict[tuple[str, int], str] = {}

    def text(self, operands: Operands, targets: Sequence[int], keys: Sequence[int]) -> str:
        """Return one instruction, as `iget v0, v1, Lcom/example/A;->count:I`."""
        layout = FORMATS[operands.op]
        names = [f"v{register}" for register in operands.registers]
        if layout in {"35c", "45cc"}:
            names = [f"{{{', '.join(names)}}}"]
        elif layout in {"3rc", "4rcc"}:
            names = [f"{{{names[0]} .. {names[-1]}}}" if names else "{}"]
        if operands.op in INDEXED:
            names.append(self._named(operands))
        if operands.proto >= 0:
            names.append(shown(self._tables.protos[operands.proto]))
        if layout in _LITERAL:
            names.append(f"#{operands.literal}")
        if keys:
            cases = [f"{key}: {place:04x}" for key, place in zip(keys, targets, strict=True)]
            more = ", …" if len(cases) > MOST_CASES else ""
            names.append(f"{{{', '.join(cases[:MOST_CASES])}{more}}}")
        elif operands.op == Op.FILL_ARRAY_DATA:
            names.append(f"{operands.pc + operands.offset:04x}")
        else:
            names += [f"{place:04x}" for place in targets]
        name = NAMES[operands.op]
        return f"{name} {', '.join(names)}" if names else name

    def _named(self, operands: Operands) -> str:
        key = (INDEXED[operands.op], operands.named)
        text = self._written.get(key)
        if text is None:
            text = self._written[key] = self._reference(*key)
        return text

    def _reference(self, kind: str, index: int) -> str:
        tables = self._tables
        if kind == "string":
            return f'"{shown(tables.strings[index])}"'
        if kind == "type":
            return tables.type_name(index)
        if kind == "field":
            return tables.field_text(index)
        if kind == "method":
            return tables.method_text(index)
        if kind == "call-site":
            runs = int(self._sites.implementation[index])
            return f"call-site {index}" + (f" ({tables.method_text(runs)})" if runs >= 0 else "")
        return f"{kind} {index}"
