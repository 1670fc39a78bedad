"""Passwords that are tried first: a few common words, rows of keys and numbers, one after another.

Whoever guesses begins with what leaked most often: words such as `password` or `woaini`, rows of
keys, years and telephone numbers, and two or three of these joined, with letters written as signs.
Twelve signs of that kind are no more to them than six. A list of all such passwords would be long
and never whole; this is the rule that most of them follow, with the words that begin the published
lists of leaked passwords, and a list of the frequent ones that do not (ASVS 2.1.7). Pure.
"""

import unicodedata
from typing import Final

from chengnuo.base.digest import sha256_hex

PARTS_REFUSED: Final = 3
"""So many common parts one after another are still tried first."""
_LONGEST_UNIT: Final = 6
_DIGITS_KEPT: Final = 16
_SHORTEST_RUN: Final = 3
_SIGNS: Final = str.maketrans("@4310$57!", "aaeiossti")
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "qwertzuiopasdfghjklyxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "!@#$%^&*()_+",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "a1b2c3d4e5f6g7h8i9j0",
    "1a2b3c4d5e6f7g8h9i0j",
)
_RUNS: Final = tuple(line for row in _ROWS for line in (row, row[::-1]))
_LONGEST_ROW: Final = max(map(len, _ROWS))
_FIRST_TRIED: Final = """
abcd access account admin administrator aini aishiteru amanda america andrea andrew angel angela
anthony apple april arsenal asdf august austin autumn baby babygirl bailey banana baobao barcelona
baseball basketball batman beautiful beijing beyond blessed blink brandon brother buster butterfly
carlos changeme charlie cheese chelsea chengnuo chicken china chocolate christ christian company
computer cookie corvette daniel database december default demo diamond dragon eagle elizabeth
eminem estrella facebook family fashion february flower football forever freedom friday friend
friends gateway george ginger god golden golfer google guangzhou guest hammer hangzhou hannah
happy harley heaven hello hockey hotmail hunter iloveyou internet jackson january jasmine jennifer
jessica jesus jonathan jordan joshua july june junior justin killer laogong laopo lauren letmein
linkedin linux liverpool login london love lovely loveme lover lucky maggie manager march marina
market master matrix matthew melissa merlin michael michelle microsoft mima minecraft mobile
monday money monkey monster mother mustang mylove myspace naruto newyork nicole nihao november
october office onelove oracle orange pass passphrase passw passwd password peanut pepper phoenix
player please pokemon prince princess privacy purple qwer rabbit rainbow ranger robert rockyou
root samantha samsung saturday secret secure security september server service shadow shanghai
shenzhen silver sister snoopy soccer spiderman spring starwars summer sunday sunshine superman
superstar support sweet sysadmin system teamo temp tennis test testing thomas thunder thursday
tigger tomcat trustno tuesday tweety user vanessa victoria wangyi webmaster wednesday welcome
whatever william windows winner winter woaini woaiwojia wode wodemima xiaoming yamaha yankees
yellow zhang zhongguo zxcv 上海 中国 你好 公司 北京 密码 我爱你 我的密码 承诺 管理员
"""
_WORDS: Final = frozenset(_FIRST_TRIED.split())

_DIGESTS: Final = """
0025f75704f0d79a 00a6b72d4089ac75 015000f4b58ce402 024b4c2f27922fce 02f51482f572a470
032cc11fe7a57e7d 051925d03fd8dcb3 0534141524b187b5 05bb432a4bf6d484 07f531620367e1e9
097cb6c325aebf53 09938f9128d00d97 0d6ffddb8797da87 0da0b943f322ad72 14864a6a23defc90
174cb75121496d2a 185efd4ce876b698 18bf6edc8480cf3a 194828bdf838a1a2 1a6842ffcb68bbbc
1a6bd4d9d79dc0a7 1b01e30a19f90b53 1b733e30897102a8 1c312dd6426a1667 1c699d06d9663a03
1f454e8ce8d7c487 20e7c2e89827e82a 23ce07fe87db85a6 243d023cc2b2a832 2566a18cd1eac5fe
27eecf97f30dd4cf 2889f546afa7a669 2929e22f48b1c67c 2b0a8c234bb9534f 2cb3809ee3ed7aa1
2d543bbc12b7f6af 30005f56cf2f4d44 31f61e77f2579dfd 33d73e23411c5932 362799965c506cb8
36aa15a88e7ab360 395f2910731c508f 3b4da2e28ebe0bc2 45c86bffcb91d519 46a281cd35498ad6
481ec310c2a77c52 4ac1f5aefd9b025d 4c73d6c77d7559c7 50f48097e3e5a156 53a60c9436d9f144
58baa3c54af521f8 59e20f694562da09 5bd7adb0244631b5 5e9286da8261a15d 5f3b3b6149571008
5f50dd7274efe429 617034c22db68a3a 62d9b56b23a9ee18 65bc867f68ffd1ca 6678d43e742d3f3b
66f1fa832d619b1c 6ae217164a1e3bfe 6c5f285a9edbdabd 6eedfb96d727add4 70e448ef3099dfd2
716f9ff92931c79c 7179b0b3098801c2 73476e3826317779 7398cf10f29afd71 74305616b2bc16c0
765ad9f4c7e62e31 775b9c200002c4cc 780b10cfaaac4a27 789b99e92a4b3db5 7c36c5b0fb6b43fa
7dcac91aac91d7e5 81d06fe91661eb55 8206d22f04378110 837035490f08cb65 845ba5e412d0141f
84615b1a7bd76912 8768ced25e636edf 87d97d15e6c3bad7 89352621a2e5b698 8c6e96f7ab6a0294
8df95026538fb7ef 9015b3502a217597 9077d1af69c7bc29 909cde4a273e5eea 9457299b29ac4ba5
953124f596508112 95b3af3099261695 95ce70d9ede3f00f a0364755a38a87ba a2456ff061c49c71
a68bf3b2fed5c5c4 a91f0cc24ff68bd7 acf45488978d9ff4 ae5deb865d391af1 af57f9a21b583b86
b0256f0ef4dfb6d2 b28c22cd04509575 b2c37ed19a5d2769 b51d7bea6d0269aa b6b9010255ce40af
b836be358fca688c bc5b3fe32e23c4f9 bea7f08875bb311c c2bc829f29519397 c6558d2c11682234
c7e402258ee395f8 c8ade45ed64fa4ee c8c38b9c87345d73 c9034e49af2c3288 cab18e5c0cdf7a22
cacfd524400344de ce6428728f8ac349 d1746e1ce9d169ed d25b1b53feda3bd5 d52475ba9492a71e
d84a9a6b2b0feae6 d86c8651b794bafa d8aafc4b847c351d d8aecc652ce4fb3c db7ad950336ebd2f
dbdcf01bf52ceac1 de6278ab9ed1292c e000f40fc4ecf036 e12b82d1d8d70f1a e168897bb49357f6
e4005e2c1578a1e8 e49a33216d18cdf9 e638180191fba50d e714ccb23a51a847 e773bb5d9026aa09
e8f1ad2bdea3af94 e9a2f4d0e1f01b1c eefa1c7e0c964bbb f1fa5d6c26426f37 f3eac56ea464795f
f587d4d586606138 f5c9316b207a8ef9 f5f1ce8f25d7807e f7bcd2d4e37276f4 f952b74b60835548
fa6e5e5a18a8af16
"""
_LEAKED: Final = frozenset(_DIGESTS.split())
"""Of the 30,000 most frequent passwords of published leaks (the list of zxcvbn 4.5.0, MIT) 229 have
twelve signs or more. The rule knows 83 of them; these are the others, as the first 16 hex digits of
their SHA-256, for some are not fit to print."""


def is_common(password: str) -> bool:
    """Tell whether a password is one of those that are tried first.

    Args:
        password: In any writing; case, width and letters written as signs make no difference.

    """
    plain = unicodedata.normalize("NFKC", password).casefold()
    known = sha256_hex(plain.encode("utf-8", "surrogatepass"))[:_DIGITS_KEPT] in _LEAKED
    return known or _repeats(plain) or _fewest_parts(plain) <= PARTS_REFUSED


def _repeats(plain: str) -> bool:
    """Tell whether it is a few signs over and over."""
    return any(
        (plain[:length] * (len(plain) // length + 1))[: len(plain)] == plain
        for length in range(1, _LONGEST_UNIT + 1)
        if len(plain) >= 2 * length
    )


def _fewest_parts(plain: str) -> int:
    """Return of how few common parts it is made; more than its length if it is not."""
    meant = plain.translate(_SIGNS)
    none = len(plain) + 1
    fewest = [0] + [none] * len(plain)
    for start in range(len(plain)):
        if fewest[start] <= PARTS_REFUSED:
            for end in range(start + 1, len(plain) + 1):
                cost = _cost(plain[start:end], meant[start:end])
                if cost is not None:
                    fewest[end] = min(fewest[end], fewest[start] + cost)
    return fewest[-1]


def _cost(part: str, meant: str) -> int | None:
    """Return what a part adds: 1 for a common one, 0 for signs between; None for no such part."""
    if not any(sign.isalnum() for sign in part):
        return 0
    if part.isdecimal() or len(set(part)) == 1 or part in _WORDS or meant in _WORDS:
        return 1
    is_run = _SHORTEST_RUN <= len(part) <= _LONGEST_ROW and any(part in row for row in _RUNS)
    return 1 if is_run else None
