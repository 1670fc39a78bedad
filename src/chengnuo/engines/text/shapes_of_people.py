"""The shapes of numbers that the state, a bank or a service gives to a person."""

from typing import Final

from chengnuo.engines.text.check_digits import PROVINCES
from chengnuo.engines.text.checks import (
    BODY,
    CARD,
    CREDIT_CODE,
    HANDLE,
    MAILBOX,
    OLD_RESIDENT_ID,
    RESIDENCE_PERMIT,
    RESIDENT_ID,
    UNION_CARD,
)
from chengnuo.engines.text.kinds import Evidence, Kind
from chengnuo.engines.text.shape import LEFT, RIGHT, Made, Shape, digits, lettered, parted, whole
from chengnuo.engines.text.tokens import LONG

# A number with a fraction, or a part of a number with hyphens, is no number of a telephone.
_WHOLE_LEFT: Final = LEFT.besides("", ("0-9", r".\-"))
_WHOLE_RIGHT: Final = RIGHT.besides("", (".", "0-9"))
# Segments of mobile numbers in use, and area codes (MIIT, numbering plan).
_SEGMENT: Final = r"1(?:3[0-9]|4[015-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])"
_LONG_AREA: Final = r"[3-9][0-9]{2}"
_SHORT_AREA: Final = r"(?:10|2[0-57-9])"
_LOCAL: Final = r"[2-9][0-9]{6}"
_COUNTRY: Final = r"(?:(?:\+|00)86[\- ]?|\(\+86\) ?|86-?)?"
_CALLS: Final = frozenset({Kind.MOBILE, Kind.LANDLINE})

SHAPES_OF_PEOPLE: Final = (
    Shape(
        Kind.RESIDENT_ID,
        lettered(18, 18),
        whole(rf"(?:{'|'.join(sorted(PROVINCES))})[0-9]{{15}}[0-9Xx]"),
        RESIDENT_ID,
        alone=Evidence.CHECKSUM,
        named=Evidence.CHECKSUM,
        unless=False,
    ),
    Shape(Kind.RESIDENT_ID, digits(15), whole(r"[0-9]{15}"), OLD_RESIDENT_ID),
    Shape(
        Kind.FOREIGN_PERMIT,
        lettered(18, 18),
        whole(r"9[0-9]{16}[0-9Xx]"),
        RESIDENCE_PERMIT,
        alone=Evidence.CHECKSUM,
        named=Evidence.CHECKSUM,
        cues=frozenset({Kind.FOREIGN_PERMIT, Kind.RESIDENT_ID}),
    ),
    Shape(Kind.FOREIGN_PERMIT, lettered(15, 15), whole(r"[A-Z]{3}[0-9]{12}")),
    Shape(
        Kind.CREDIT_CODE,
        lettered(18, 18),
        whole(r"[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}"),
        BODY,
        alone=Evidence.CHECKSUM,
        named=Evidence.CHECKSUM,
    ),
    Shape(
        Kind.CREDIT_CODE,
        lettered(18, 18),
        whole(r"[0-9A-HJ-NP-RTUW-Y]{18}"),
        CREDIT_CODE,
        named=Evidence.CHECKSUM,
    ),
    Shape(
        Kind.PASSPORT,
        lettered(8, 9),
        whole(r"E[0-9A-HJ-NP-Z][0-9]{7}", r"[GDSPK][0-9]{8}", r"[DSP][0-9]{7}", r"[DSP]E[0-9]{7}"),
        beside=True,
    ),
    Shape(Kind.PASSPORT, lettered(7, 10), whole(r"[A-Z]{1,2}[0-9]{6,8}", r"1[45][0-9]{7}")),
    Shape(
        Kind.HMT_PERMIT,
        lettered(9, 11),
        whole(r"[HM][0-9]{8}(?:[0-9]{2})?", r"C[A-Z0-9][0-9]{7}", r"[TLW][0-9]{8}"),
        beside=True,
    ),
    Shape(Kind.HMT_PERMIT, digits(8, 10), whole(r"[0-9]{8}", r"[0-9]{10}(?:\([A-Z0-9]\))?")),
    Shape(
        Kind.MOBILE,
        digits(11, 13, 15) + digits(2, 3, 4, then=" .-)"),
        whole(
            _COUNTRY + _SEGMENT + r"[0-9]{8}",
            *parted(_COUNTRY + _SEGMENT + r"{0}[0-9]{4}{0}[0-9]{4}", " .-"),
            left=_WHOLE_LEFT,
            right=_WHOLE_RIGHT,
        ),
        alone=Evidence.FORMAT,
        lead=2,
        cues=_CALLS,
    ),
    Shape(
        Kind.LANDLINE,
        digits(2, 3, 4, then=" -)）") + digits(9, 10, 11, 12, 13),
        whole(
            rf"(?:(?:\+|00)86[\- ]?)?(?:0{_SHORT_AREA}(?:[\- ]|[)）] ?){_LOCAL}[0-9]"
            rf"|0{_LONG_AREA}(?:[\- ]|[)）] ?){_LOCAL}[0-9]?)(?:-[0-9]{{1,5}}|转[0-9]{{1,5}})?",
            rf"(?:\+|00)86[\- ]?{_SHORT_AREA}[\- ]?{_LOCAL}[0-9]",
            rf"(?:\+|00)86[\- ]?{_LONG_AREA}[\- ]?{_LOCAL}[0-9]?",
            left=_WHOLE_LEFT,
            right=RIGHT.besides("", (r".\-", "0-9")),
        ),
        alone=Evidence.FORMAT,
        lead=2,
        cues=_CALLS,
    ),
    Shape(
        Kind.LANDLINE,
        digits(10, 11, 12),
        whole(rf"0{_SHORT_AREA}{_LOCAL}[0-9]", rf"0{_LONG_AREA}{_LOCAL}[0-9]?"),
        cues=_CALLS,
    ),
    Shape(
        Kind.EMAIL,
        lettered(1, LONG, then="@._%+-"),
        whole(
            r"[0-9A-Za-z_][0-9A-Za-z._%+\-]{0,63}"
            r"@(?:[0-9A-Za-z](?:[0-9A-Za-z\-]{0,61}[0-9A-Za-z])?\.){1,6}[A-Za-z]{2,24}",
            left=LEFT.besides(r"._%+\-"),
            right=RIGHT.besides(r"\-", (".", "0-9A-Za-z")),
        ),
        MAILBOX,
        alone=Evidence.FORMAT,
        lead=1,
        unless=False,
    ),
    Shape(
        Kind.BANK_CARD,
        digits(16, 19) + digits(4, then=" -"),
        whole(
            r"62[0-9]{14,17}",
            *parted(r"62[0-9]{2}{0}[0-9]{4}{0}[0-9]{4}{0}[0-9]{4}(?:{0}[0-9]{1,3})?", " -"),
        ),
        UNION_CARD,
        alone=Evidence.CHECKSUM,
        named=Evidence.CHECKSUM,
    ),
    Shape(
        Kind.BANK_CARD,
        digits(13, 14, 15, 16, 17, 18, 19) + digits(4, then=" -"),
        whole(
            r"[0-9]{13,19}",
            *parted(r"[0-9]{4}{0}[0-9]{4}{0}[0-9]{4}{0}[0-9]{1,4}(?:{0}[0-9]{1,3})?", " -"),
        ),
        CARD,
    ),
    Shape(Kind.ALIPAY, digits(16), whole(r"2088[0-9]{12}"), beside=True),
    Shape(
        Kind.WECHAT,
        lettered(4, 4, then="_"),
        whole(r"wxid_[0-9A-Za-z]{6,28}"),
        alone=Evidence.FORMAT,
        unless=False,
    ),
    Shape(
        Kind.WECHAT,
        # A name of an account has a digit or a sign: a word of letters alone is none.
        lettered(1, 5, then="_-")
        + lettered(6, 19, "_-", Made.LETTERS)
        + lettered(6, 20, made=Made.OTHER),
        whole(
            r"[A-Za-z][0-9A-Za-z_\-]{5,19}",
            left=LEFT.besides("_"),
            right=RIGHT.besides(r"_\-@."),
        ),
        HANDLE,
    ),
    Shape(
        Kind.QQ,
        digits(5, 6, 7, 8, 9, 10, 11),
        whole(r"[1-9][0-9]{4,10}", right=RIGHT.besides("@")),
    ),
)
"""Shapes of identity documents, telephones, mail and accounts."""
