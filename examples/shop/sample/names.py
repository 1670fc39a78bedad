"""Names as people in China bear them, put together by chance; streets that do not exist."""

from sample.dice import Dice

# Commonest first: `Dice.lean` then gives about the share they have.
_SURNAMES: tuple[str, ...] = (
    *"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔",
    *"钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施",
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "尉迟",
)
_WOMEN: tuple[str, ...] = (
    *"芳娜敏静秀丽艳娟霞燕玲婷雪琳颖洁梅莉兰萍红玉倩蕾薇菁岚",
    *(
        "雨桐",
        "梓涵",
        "欣怡",
        "诗涵",
        "若溪",
        "思雨",
        "晓彤",
        "佳宁",
        "语嫣",
        "静怡",
        "嘉欣",
        "可馨",
    ),
    *("春燕", "桂英", "秀兰", "淑珍", "海燕", "丽华", "月梅", "亚楠", "文静", "雅琴"),
)
_MEN: tuple[str, ...] = (
    *"伟强磊军勇杰涛超明刚平辉鹏斌波宇浩凯健俊帆毅峰旭洋",
    *(
        "浩然",
        "子轩",
        "宇航",
        "俊杰",
        "梓豪",
        "一鸣",
        "博文",
        "天佑",
        "家豪",
        "思远",
        "泽宇",
        "志远",
    ),
    *("建国", "国强", "志强", "建华", "海波", "永胜", "文斌", "振华", "晓东", "德明"),
)
_LONG_WOMEN = ("阿依古丽", "古丽娜尔", "卓玛央金", "其木格")
_LONG_MEN = ("艾尔肯", "买买提江", "多吉次仁", "巴特尔")
_NICK_START = (
    *("爱吃糖的", "早起的", "路过的", "躺平的", "不熬夜的", "追风的", "慢半拍的", "会种花的"),
    *("南方的", "戴眼镜的", "写代码的", "带娃的", "想减肥的", "下雨天的", "快乐的", "沉默的"),
)
_NICK_END = (
    *("小鹿", "橘猫", "土豆", "番茄", "海星", "云朵", "柠檬", "企鹅", "豆包", "山竹", "麦穗"),
    *("掌柜", "阿婆", "同学", "行者", "小满"),
)
_STREET_ONE = "栖听望拾归问折揽邀枕渡浣憩酌"
_STREET_TWO = "云雨舟贝鹭梅柳星月泉笛帆露禾"
_STREET_END = ("路", "街", "巷", "大道", "东路", "西路", "一路", "里")
_ESTATE_END = ("苑", "花园", "里小区", "公馆", "家园", "雅居", "新村")


def full_name(dice: Dice, *, female: bool, surname: str | None = None) -> str:
    """Return a full name; now and then one without a surname, joined by a middle dot."""
    if surname is None and dice.chance(6):
        own = dice.pick(_LONG_WOMEN if female else _LONG_MEN)
        return f"{own}·{dice.pick(_LONG_MEN)}"
    given = dice.pick(_WOMEN if female else _MEN)
    return (surname or dice.lean(_SURNAMES)) + given


def surname_of(name: str) -> str | None:
    """Return the surname of a name, or nothing where it has none."""
    if "·" in name:
        return None
    return name[:2] if name[:2] in _SURNAMES else name[:1]


def nickname(dice: Dice) -> str:
    """Return a name as people give themselves in an app."""
    chosen = dice.pick(_NICK_START) + dice.pick(_NICK_END)
    return chosen + dice.digits(2) if dice.chance(500) else chosen


def call_name(dice: Dice) -> str:
    """Return what a child is called at home."""
    return dice.pick(("小", "阿", "")) + dice.pick("果豆米糖朵安乐宝贝橙布丁") * 2


def street_address(dice: Dice) -> str:
    """Return a street, estate, building and flat that were never built."""
    street = dice.pick(_STREET_ONE) + dice.pick(_STREET_TWO) + dice.pick(_STREET_END)
    number = f"{dice.between(1, 999)}号"
    if dice.chance(150):
        tower = f"{dice.pick('甲乙丙丁')}座{dice.between(2, 28)}层"
        return f"{street}{number}{tower}{dice.between(1, 40):02d}室"
    estate = dice.pick(_STREET_TWO) + dice.pick(_STREET_ONE) + dice.pick(_ESTATE_END)
    flat = f"{dice.between(1, 32)}0{dice.between(1, 4)}室"
    return f"{street}{number}{estate}{dice.between(1, 38)}幢{dice.between(1, 4)}单元{flat}"
