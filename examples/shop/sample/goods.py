"""What the shop sells and shows: categories, products and videos, the same for every seed."""

from collections.abc import Iterator
from dataclasses import dataclass

from sample.dice import Dice
from sample.moments import DAY_S, OPENED_DAYS_AGO, ago, written

# top category: second category: kinds of product, and the price of the cheapest in fen
_SHELVES: dict[str, dict[str, tuple[str, ...]]] = {
    "母婴": {"童装童鞋": ("儿童卫衣", "学步鞋", "连体衣"), "玩具": ("积木", "拼图", "毛绒玩偶")},
    "食品": {"零食": ("坚果礼盒", "海苔脆", "话梅"), "粮油": ("五常大米", "菜籽油", "小米")},
    "服饰": {"女装": ("针织开衫", "半身裙", "风衣"), "男装": ("牛津衬衫", "休闲裤", "夹克")},
    "数码": {"配件": ("充电器", "数据线", "手机壳"), "影音": ("蓝牙耳机", "便携音箱", "投影仪")},
    "家居": {"收纳": ("收纳箱", "挂钩", "真空袋"), "厨具": ("不粘锅", "菜刀", "保鲜盒")},
    "个护": {"洗护": ("洗发水", "沐浴露", "护手霜"), "保健器械": ("血压计", "体温计", "护膝")},
    "海外直购": {"奶粉": ("婴儿奶粉", "成人奶粉"), "美妆": ("面霜", "口红", "防晒霜")},
}
_STYLES = (
    "轻享款",
    "家庭装",
    "经典款",
    "旗舰款",
    "便携装",
    "秋冬款",
    "升级款",
    "两件套",
    "加量装",
    "限定色",
)
_VIDEO_OPENINGS = (
    "三分钟看懂",
    "真实测评",
    "开箱",
    "一周使用感受",
    "老板教你挑",
    "别再买错了",
    "新手必看",
)
CROSS_BORDER = "海外直购"


@dataclass(frozen=True, slots=True)
class Product:
    """One thing on sale; its price is the same for everybody."""

    product_id: int
    category_id: int
    shelf: str
    kind: str
    title: str
    price_fen: int
    listed_at: str

    @property
    def cross_border(self) -> bool:
        """Whether customs ask for the buyer's real name."""
        return self.shelf == CROSS_BORDER


def categories() -> tuple[tuple[int, int | None, str], ...]:
    """Return the rows of the category tree, parents before children."""
    rows: list[tuple[int, int | None, str]] = []
    for title, children in _SHELVES.items():
        parent = len(rows) + 1
        rows.append((parent, None, title))
        rows.extend((parent + place, parent, child) for place, child in enumerate(children, 1))
    return tuple(rows)


def products(dice: Dice) -> tuple[Product, ...]:
    """Return everything on sale, category by category."""
    found: list[Product] = []
    for category_id, shelf, kind in _kinds():
        base_fen = dice.between(12, 260) * 100
        for style in _STYLES:
            price_fen = base_fen + dice.below(30) * 100 - 10
            listed = written(ago(dice.between(420, OPENED_DAYS_AGO) * DAY_S))
            title = f"{kind} {style}"
            found.append(
                Product(len(found) + 1, category_id, shelf, kind, title, price_fen, listed)
            )
    return tuple(found)


def video_title(dice: Dice, product: Product) -> str:
    """Return the title of a short video about a product."""
    return f"{dice.pick(_VIDEO_OPENINGS)}：{product.kind}"


def _kinds() -> Iterator[tuple[int, str, str]]:
    shelves = {category_id: title for category_id, _, title in categories()}
    for category_id, parent_id, title in categories():
        if parent_id is not None:
            shelf = shelves[parent_id]
            for kind in _SHELVES[shelf][title]:
                yield category_id, shelf, kind
