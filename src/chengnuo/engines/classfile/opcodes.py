"""Instructions of the Java virtual machine and what they do to the stack (JVMS 6.5, 7).

An effect is written as the kinds of values taken, `>`, and those given: `I` is a value of one
place, `J` of two. What depends on the constant pool has its effect from there.
"""

from typing import Final

import numpy as np

_TABLE: Final = """
0 nop -; 1 aconst_null >I; 2 iconst_m1 >I; 3 iconst_0 >I; 4 iconst_1 >I; 5 iconst_2 >I;
6 iconst_3 >I; 7 iconst_4 >I; 8 iconst_5 >I; 9 lconst_0 >J; 10 lconst_1 >J; 11 fconst_0 >I;
12 fconst_1 >I; 13 fconst_2 >I; 14 dconst_0 >J; 15 dconst_1 >J; 16 bipush >I; 17 sipush >I;
18 ldc >I; 19 ldc_w >I; 20 ldc2_w >J; 21 iload >I; 22 lload >J; 23 fload >I; 24 dload >J;
25 aload >I; 46 iaload II>I; 47 laload II>J; 48 faload II>I; 49 daload II>J; 50 aaload II>I;
51 baload II>I; 52 caload II>I; 53 saload II>I; 54 istore I>; 55 lstore J>; 56 fstore I>;
57 dstore J>; 58 astore I>; 79 iastore III>; 80 lastore IIJ>; 81 fastore III>; 82 dastore IIJ>;
83 aastore III>; 84 bastore III>; 85 castore III>; 86 sastore III>; 87 pop I>; 88 pop2 II>;
89 dup I>II; 90 dup_x1 II>III; 91 dup_x2 III>IIII; 92 dup2 II>IIII; 93 dup2_x1 III>IIIII;
94 dup2_x2 IIII>IIIIII; 95 swap II>II; 96 iadd II>I; 97 ladd JJ>J; 98 fadd II>I; 99 dadd JJ>J;
100 isub II>I; 101 lsub JJ>J; 102 fsub II>I; 103 dsub JJ>J; 104 imul II>I; 105 lmul JJ>J;
106 fmul II>I; 107 dmul JJ>J; 108 idiv II>I; 109 ldiv JJ>J; 110 fdiv II>I; 111 ddiv JJ>J;
112 irem II>I; 113 lrem JJ>J; 114 frem II>I; 115 drem JJ>J; 116 ineg I>I; 117 lneg J>J;
118 fneg I>I; 119 dneg J>J; 120 ishl II>I; 121 lshl JI>J; 122 ishr II>I; 123 lshr JI>J;
124 iushr II>I; 125 lushr JI>J; 126 iand II>I; 127 land JJ>J; 128 ior II>I; 129 lor JJ>J;
130 ixor II>I; 131 lxor JJ>J; 132 iinc -; 133 i2l I>J; 134 i2f I>I; 135 i2d I>J; 136 l2i J>I;
137 l2f J>I; 138 l2d J>J; 139 f2i I>I; 140 f2l I>J; 141 f2d I>J; 142 d2i J>I; 143 d2l J>J;
144 d2f J>I; 145 i2b I>I; 146 i2c I>I; 147 i2s I>I; 148 lcmp JJ>I; 149 fcmpl II>I;
150 fcmpg II>I; 151 dcmpl JJ>I; 152 dcmpg JJ>I; 153 ifeq I>; 154 ifne I>; 155 iflt I>;
156 ifge I>; 157 ifgt I>; 158 ifle I>; 159 if_icmpeq II>; 160 if_icmpne II>; 161 if_icmplt II>;
162 if_icmpge II>; 163 if_icmpgt II>; 164 if_icmple II>; 165 if_acmpeq II>; 166 if_acmpne II>;
167 goto -; 168 jsr >I; 169 ret -; 170 tableswitch I>; 171 lookupswitch I>; 172 ireturn I>;
173 lreturn J>; 174 freturn I>; 175 dreturn J>; 176 areturn I>; 177 return -; 178 getstatic -;
179 putstatic -; 180 getfield -; 181 putfield -; 182 invokevirtual -; 183 invokespecial -;
184 invokestatic -; 185 invokeinterface -; 186 invokedynamic -; 187 new >I; 188 newarray I>I;
189 anewarray I>I; 190 arraylength I>I; 191 athrow I>; 192 checkcast I>I; 193 instanceof I>I;
194 monitorenter I>; 195 monitorexit I>; 196 wide -; 197 multianewarray -; 198 ifnull I>;
199 ifnonnull I>; 200 goto_w -; 201 jsr_w >I
"""
_SHORT: Final = ((26, "load", ">"), (59, "store", ""))
_WIDE_LETTERS: Final = frozenset("ld")

NAMES: Final[dict[int, str]] = {}
TAKES: Final[dict[int, tuple[int, ...]]] = {}
"""Places of each value that an instruction takes, the deepest first."""
GIVES: Final[dict[int, tuple[int, ...]]] = {}


def _add(op: int, name: str, effect: str) -> None:
    taken, _, given = effect.strip("-").partition(">")
    NAMES[op] = name
    TAKES[op] = tuple(1 + (kind == "J") for kind in taken)
    GIVES[op] = tuple(1 + (kind == "J") for kind in given)


def _fill() -> None:
    for line in _TABLE.split(";"):
        op, name, effect = line.split()
        _add(int(op), name, effect)
    for first, verb, before in _SHORT:
        for place, letter in enumerate("ilfda"):
            value = "J" if letter in _WIDE_LETTERS else "I"
            for number in range(4):
                effect = f"{before}{value}" if before else f"{value}>"
                _add(first + 4 * place + number, f"{letter}{verb}_{number}", effect)


_fill()


def _widths() -> list[int]:
    """Return the bytes of each instruction; 0 for those that tell it themselves, or for none."""
    widths = [1 if op in NAMES else 0 for op in range(256)]
    for op in (BIPUSH, LDC, NEWARRAY, RET, *range(ILOAD, ILOAD + 5), *range(ISTORE, ISTORE + 5)):
        widths[op] = 2
    two = (SIPUSH, LDC_W, LDC2_W, IINC, NEW, ANEWARRAY, CHECKCAST, INSTANCEOF, IFNULL, IFNONNULL)
    for op in (*two, *range(IFEQ, RET), *range(GETSTATIC, INVOKEINTERFACE)):
        widths[op] = 3
    widths[MULTIANEWARRAY] = 4
    for op in (INVOKEINTERFACE, INVOKEDYNAMIC, GOTO_W, JSR_W):
        widths[op] = 5
    for op in (TABLESWITCH, LOOKUPSWITCH, WIDE):
        widths[op] = 0
    return widths


ACONST_NULL, BIPUSH, SIPUSH, LDC, LDC_W, LDC2_W = 1, 16, 17, 18, 19, 20
ILOAD, ILOAD_0, ISTORE, ISTORE_0, IASTORE = 21, 26, 54, 59, 79
POP, DUP, SWAP, IXOR, IINC = 87, 89, 95, 130, 132
IFEQ, IF_ICMPEQ, IF_ACMPEQ, GOTO, JSR, RET = 153, 159, 165, 167, 168, 169
TABLESWITCH, LOOKUPSWITCH, IRETURN, RETURN = 170, 171, 172, 177
GETSTATIC, PUTSTATIC, GETFIELD, PUTFIELD = 178, 179, 180, 181
INVOKEVIRTUAL, INVOKESPECIAL, INVOKESTATIC, INVOKEINTERFACE, INVOKEDYNAMIC = range(182, 187)
NEW, NEWARRAY, ANEWARRAY, ATHROW, CHECKCAST, INSTANCEOF = 187, 188, 189, 191, 192, 193
WIDE, MULTIANEWARRAY, IFNULL, IFNONNULL, GOTO_W, JSR_W = range(196, 202)
WIDTHS: Final = _widths()
WIDENED: Final = frozenset({*range(ILOAD, ILOAD + 5), *range(ISTORE, ISTORE + 5), RET, IINC})
"""What `wide` may stand before."""
SWITCHES: Final = (TABLESWITCH, LOOKUPSWITCH)
LEAVING: Final = np.isin(
    np.arange(256),
    [*range(GOTO, GETSTATIC), ATHROW, GOTO_W, JSR_W],
)
"""Opcodes after which control does not go on to the next instruction, `(256,)`."""
BRANCHES: Final = np.isin(np.arange(256), [*range(IFEQ, RET), IFNULL, IFNONNULL])
"""Opcodes with an offset of two bytes, `(256,)`."""
TAKEN: Final = np.array([sum(TAKES.get(op, ())) for op in range(256)], np.int32)
GIVEN: Final = np.array([sum(GIVES.get(op, ())) for op in range(256)], np.int32)
ARRAY_TYPES: Final = {
    4: b"[Z",
    5: b"[C",
    6: b"[F",
    7: b"[D",
    8: b"[B",
    9: b"[S",
    10: b"[I",
    11: b"[J",
}
"""What `newarray` makes (JVMS table 6.5.newarray-A)."""
