"""The opcodes ("Dalvik bytecode"; "Dalvik executable instruction formats").

The first digit of a format is its width in code units. Opcodes that are not listed are unused in
files (some exist only in memory of a running system) and cannot be decoded.
"""

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

_BYTECODE = """
00 10x - nop
01 12x - move
02 22x - move/from16
03 32x - move/16
04 12x - move-wide
05 22x - move-wide/from16
06 32x - move-wide/16
07 12x - move-object
08 22x - move-object/from16
09 32x - move-object/16
0a 11x - move-result move-result-wide move-result-object move-exception
0e 10x - return-void
0f 11x - return return-wide return-object
12 11n - const/4
13 21s - const/16
14 31i - const
15 21h - const/high16
16 21s - const-wide/16
17 31i - const-wide/32
18 51l - const-wide
19 21h - const-wide/high16
1a 21c string const-string
1b 31c string const-string/jumbo
1c 21c type const-class
1d 11x - monitor-enter monitor-exit
1f 21c type check-cast
20 22c type instance-of
21 12x - array-length
22 21c type new-instance
23 22c type new-array
24 35c type filled-new-array
25 3rc type filled-new-array/range
26 31t - fill-array-data
27 11x - throw
28 10t - goto
29 20t - goto/16
2a 30t - goto/32
2b 31t - packed-switch sparse-switch
2d 23x - cmpl-float cmpg-float cmpl-double cmpg-double cmp-long
32 22t - if-eq if-ne if-lt if-ge if-gt if-le
38 21t - if-eqz if-nez if-ltz if-gez if-gtz if-lez
44 23x - aget aget-wide aget-object aget-boolean aget-byte aget-char aget-short
4b 23x - aput aput-wide aput-object aput-boolean aput-byte aput-char aput-short
52 22c field iget iget-wide iget-object iget-boolean iget-byte iget-char iget-short
59 22c field iput iput-wide iput-object iput-boolean iput-byte iput-char iput-short
60 21c field sget sget-wide sget-object sget-boolean sget-byte sget-char sget-short
67 21c field sput sput-wide sput-object sput-boolean sput-byte sput-char sput-short
6e 35c method invoke-virtual invoke-super invoke-direct invoke-static invoke-interface
74 3rc method invoke-virtual/range invoke-super/range invoke-direct/range invoke-static/range
78 3rc method invoke-interface/range
7b 12x - neg-int not-int neg-long not-long neg-float neg-double
81 12x - int-to-long int-to-float int-to-double long-to-int long-to-float long-to-double
87 12x - float-to-int float-to-long float-to-double double-to-int double-to-long
8c 12x - double-to-float int-to-byte int-to-char int-to-short
90 23x - add-int sub-int mul-int div-int rem-int and-int or-int xor-int
98 23x - shl-int shr-int ushr-int
9b 23x - add-long sub-long mul-long div-long rem-long and-long or-long xor-long
a3 23x - shl-long shr-long ushr-long
a6 23x - add-float sub-float mul-float div-float rem-float
ab 23x - add-double sub-double mul-double div-double rem-double
b0 12x - add-int/2addr sub-int/2addr mul-int/2addr div-int/2addr rem-int/2addr
b5 12x - and-int/2addr or-int/2addr xor-int/2addr shl-int/2addr shr-int/2addr ushr-int/2addr
bb 12x - add-long/2addr sub-long/2addr mul-long/2addr div-long/2addr rem-long/2addr
c0 12x - and-long/2addr or-long/2addr xor-long/2addr shl-long/2addr shr-long/2addr
c5 12x - ushr-long/2addr
c6 12x - add-float/2addr sub-float/2addr mul-float/2addr div-float/2addr rem-float/2addr
cb 12x - add-double/2addr sub-double/2addr mul-double/2addr div-double/2addr rem-double/2addr
d0 22s - add-int/lit16 rsub-int mul-int/lit16 div-int/lit16 rem-int/lit16
d5 22s - and-int/lit16 or-int/lit16 xor-int/lit16
d8 22b - add-int/lit8 rsub-int/lit8 mul-int/lit8 div-int/lit8 rem-int/lit8
dd 22b - and-int/lit8 or-int/lit8 xor-int/lit8 shl-int/lit8 shr-int/lit8 ushr-int/lit8
fa 45cc method invoke-polymorphic
fb 4rcc method invoke-polymorphic/range
fc 35c call-site invoke-custom
fd 3rc call-site invoke-custom/range
fe 21c method-handle const-method-handle
ff 21c proto const-method-type
"""


class Op(IntEnum):
    """Opcodes that something here asks for by name."""

    MOVE = 0x01
    MOVE_RESULT = 0x0A
    MOVE_RESULT_OBJECT = 0x0C
    MOVE_EXCEPTION = 0x0D
    RETURN_VOID = 0x0E
    CONST = 0x14
    CONST_HIGH16 = 0x15
    CONST_WIDE_HIGH16 = 0x19
    CONST_STRING = 0x1A
    CONST_STRING_JUMBO = 0x1B
    CONST_CLASS = 0x1C
    MONITOR_ENTER = 0x1D
    CHECK_CAST = 0x1F
    INSTANCE_OF = 0x20
    ARRAY_LENGTH = 0x21
    NEW_INSTANCE = 0x22
    NEW_ARRAY = 0x23
    FILLED_NEW_ARRAY = 0x24
    FILLED_NEW_ARRAY_RANGE = 0x25
    FILL_ARRAY_DATA = 0x26
    THROW = 0x27
    GOTO = 0x28
    PACKED_SWITCH = 0x2B
    SPARSE_SWITCH = 0x2C
    CMPL_FLOAT = 0x2D
    IF_EQ = 0x32
    IF_EQZ = 0x38
    AGET = 0x44
    APUT = 0x4B
    IGET = 0x52
    IPUT = 0x59
    SGET = 0x60
    SPUT = 0x67
    INVOKE_VIRTUAL = 0x6E
    INVOKE_VIRTUAL_RANGE = 0x74
    XOR_INT = 0x97
    XOR_INT_2ADDR = 0xB7
    XOR_INT_LIT16 = 0xD7
    XOR_INT_LIT8 = 0xDF
    INVOKE_POLYMORPHIC = 0xFA
    INVOKE_POLYMORPHIC_RANGE = 0xFB
    INVOKE_CUSTOM = 0xFC
    INVOKE_CUSTOM_RANGE = 0xFD
    CONST_METHOD_HANDLE = 0xFE
    CONST_METHOD_TYPE = 0xFF


PACKED_SWITCH_PAYLOAD: Final = 0x0100
SPARSE_SWITCH_PAYLOAD: Final = 0x0200
FILL_ARRAY_DATA_PAYLOAD: Final = 0x0300


def _rows() -> list[tuple[int, str, str, str]]:
    return [
        (int(first, 16) + place, layout, kind, name)
        for first, layout, kind, *names in map(str.split, _BYTECODE.strip().splitlines())
        for place, name in enumerate(names)
    ]


NAMES: Final = {op: name for op, _, _, name in _rows()}
FORMATS: Final = {op: layout for op, layout, _, _ in _rows()}
INDEXED: Final = {op: kind for op, _, kind, _ in _rows() if kind != "-"}
"""What the index of an instruction is of."""


def _widths() -> NDArray[np.int64]:
    widths = np.zeros(256, np.int64)
    for op, layout in FORMATS.items():
        widths[op] = int(layout[0])
    return widths


def _unit_widths() -> NDArray[np.int32]:
    widths = np.tile(np.where(WIDTHS > 0, WIDTHS, BEYOND).astype(np.int32), 256)
    widths[[PACKED_SWITCH_PAYLOAD, SPARSE_SWITCH_PAYLOAD, FILL_ARRAY_DATA_PAYLOAD]] = BEYOND
    return widths


BEYOND: Final = 1 << 30
"""More code units than a file may have."""
WIDTHS: Final = _widths()
"""Width of each opcode in code units, `(256,)`; 0 for none."""
UNIT_WIDTHS: Final = _unit_widths()
"""Width of an instruction by its first code unit, `(65536,)`; `BEYOND` where the unit alone does
not tell: a payload pseudo-opcode, or no opcode at all."""
