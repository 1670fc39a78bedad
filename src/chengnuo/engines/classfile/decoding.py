"""Takes the instructions of one method apart (JVMS 6.5)."""

from dataclasses import dataclass, replace
from typing import Final

from chengnuo.engines.classfile import opcodes as op
from chengnuo.engines.classfile.constant_pool import Tag
from chengnuo.engines.classfile.entries import EntryArrays
from chengnuo.engines.classfile.instructions import NAMES_ENTRY
from chengnuo.engines.classfile.meaning import DOS, NUMBERS, Operands
from chengnuo.engines.classfile.pooling import Tables
from chengnuo.engines.classfile.walk import switch_of
from chengnuo.engines.program.body import Do
from chengnuo.engines.program.descriptors import parameter_widths
from chengnuo.engines.program.shown import shown

MOST_CASES: Final = 32
"""Cases of a switch that its text lists."""
_LOADED: Final = {
    Tag.STRING: Do.STRING,
    Tag.CLASS: Do.CLASS,
    Tag.METHOD_HANDLE: Do.OTHER,
    Tag.METHOD_TYPE: Do.OTHER,
    Tag.DYNAMIC: Do.OTHER,
}
_FAR: Final = frozenset({op.GOTO_W, op.JSR_W})
_STATIC_CALLS: Final = frozenset({op.INVOKESTATIC, op.INVOKEDYNAMIC})
_OF_OBJECTS: Final = frozenset({op.GETFIELD, op.PUTFIELD})
_SHORT: Final = {
    short + number: number % 4 for short in (op.ILOAD_0, op.ISTORE_0) for number in range(20)
}
"""Local variable of the instructions that have its number in the opcode."""
_LOADS: Final = frozenset({op.LDC, op.LDC_W, op.LDC2_W})


@dataclass(frozen=True, slots=True)
class Decoder:
    """Instructions of one method; its code is known to be whole.

    Attributes:
        data: Class files.
        entries: What their constant pools mean.
        tables: Ids of the JAR.
        types: Id of each descriptor of a type.
        first: Where the code begins in the data.
        pool: Where the entries of the class begin.

    """

    data: bytes
    entries: EntryArrays
    tables: Tables
    types: dict[bytes, int]
    first: int
    pool: int

    def operands(self, place: int, returns: tuple[int, ...]) -> Operands:
        """Return the instruction at a place of the data.

        Args:
            place: The place.
            returns: Where the method may go on after `ret`.

        """
        wide = self.data[place] == op.WIDE
        code = self.data[place + wide]
        plain = Operands(
            pc=place - self.first,
            op=code,
            takes=op.TAKES[code],
            gives=op.GIVES[code],
            local=self._local(code, place, wide=wide),
            do=DOS[code],
            text=op.NAMES[code],
        )
        if NAMES_ENTRY[code]:
            return self._naming(plain, place)
        if plain.do is Do.NEW:
            return self._made(plain, op.ARRAY_TYPES[self.data[place + 1]])
        return self._plain(plain, place, returns)

    def _plain(self, plain: Operands, place: int, returns: tuple[int, ...]) -> Operands:
        """Return an instruction that names nothing of the constant pool."""
        code = plain.op
        if code in op.SWITCHES:
            return self._switch(plain, place)
        if code == op.RET:
            return replace(plain, targets=returns)
        if plain.do is Do.IF or plain.do is Do.GOTO:
            to = plain.pc + self._number(place + 1, 4 if code in _FAR else 2)
            return replace(plain, targets=(to,), text=f"{plain.text} {to:04x}")
        if plain.do is Do.NUMBER:
            known = NUMBERS.get(code)
            number = self._number(place + 1, code - op.BIPUSH + 1) if known is None else known
            return replace(plain, literal=number, text=f"{plain.text} #{number}")
        return plain

    def _number(self, place: int, size: int) -> int:
        return int.from_bytes(self.data[place : place + size], "big", signed=True)

    def _local(self, code: int, place: int, *, wide: bool) -> int:
        """Return the local variable that an instruction names, or -1."""
        if code not in op.WIDENED:
            return _SHORT.get(code, -1)
        first, size = (place + 2, 2) if wide else (place + 1, 1)
        return int.from_bytes(self.data[first : first + size], "big")

    def _switch(self, plain: Operands, place: int) -> Operands:
        keys, leads = switch_of(self.data, self.first, place)
        cases = [
            f"{key}: {lead:04x}"
            for key, lead in zip(keys[:MOST_CASES], leads[:MOST_CASES], strict=False)
        ]
        more = ", …" if len(keys) > MOST_CASES else ""
        text = f"{plain.text} {{{', '.join(cases)}{more}}}"
        return replace(plain, targets=tuple(leads), keys=tuple(keys), text=text)

    def _naming(self, plain: Operands, place: int) -> Operands:
        """Return an instruction that names an entry of the constant pool."""
        size = 1 if plain.op == op.LDC else 2
        entry = self.pool + int.from_bytes(self.data[place + 1 : place + 1 + size], "big")
        if plain.do is Do.CALL:
            return self._call(plain, entry)
        if plain.do is Do.GET or plain.do is Do.PUT:
            return self._field(plain, entry)
        if plain.op in _LOADS:
            return self._load(plain, entry)
        made = self.tables.type_texts[self.entries.id[entry]]
        if plain.op == op.MULTIANEWARRAY:
            plain = replace(plain, takes=(1,) * self.data[place + 3], gives=(1,))
        return self._made(plain, b"[" + made if plain.op == op.ANEWARRAY else made)

    def _made(self, plain: Operands, type_text: bytes) -> Operands:
        text = f"{plain.text} {shown(type_text)}"
        return replace(plain, index=self.types[type_text], text=text)

    def _call(self, plain: Operands, entry: int) -> Operands:
        method = int(self.entries.id[entry])
        if plain.op == op.INVOKEDYNAMIC:
            method = int(self.entries.implementation[method])
        proto = self.tables.protos[self.entries.proto[entry]]
        receiver = () if plain.op in _STATIC_CALLS else (1,)
        answer = int(self.entries.gives[entry])
        told = self.tables.method_text(method) if method >= 0 else shown(proto)
        return replace(
            plain,
            takes=(*receiver, *parameter_widths(proto)),
            gives=(answer,) if answer else (),
            index=method,
            text=f"{plain.text} {told}",
        )

    def _field(self, plain: Operands, entry: int) -> Operands:
        number, value = int(self.entries.id[entry]), (int(self.entries.gives[entry]),)
        holder = (1,) if plain.op in _OF_OBJECTS else ()
        puts = plain.do is Do.PUT
        return replace(
            plain,
            takes=(*holder, *value) if puts else holder,
            gives=() if puts else value,
            index=number,
            text=f"{plain.text} {self.tables.field_text(number)}",
        )

    def _load(self, plain: Operands, entry: int) -> Operands:
        tag, number = Tag(int(self.entries.tag[entry])), int(self.entries.id[entry])
        do = _LOADED.get(tag, Do.NUMBER)
        literal, index = 0, -1
        if do is Do.STRING:
            index, told = number, f'"{shown(self.tables.strings[number])}"'
        elif do is Do.CLASS:
            index, told = number, shown(self.tables.type_texts[number])
        elif do is Do.NUMBER:
            literal = self.entries.longs[number] if plain.op == op.LDC2_W else number
            told = f"#{literal}"
        else:
            told = tag.name.lower().replace("_", "-")
        return replace(plain, do=do, index=index, literal=literal, text=f"{plain.text} {told}")
