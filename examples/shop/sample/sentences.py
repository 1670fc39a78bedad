"""What people write: searches, reviews, comments, and both sides of a talk with service.

Some of it holds what people let slip: a phone number in a review, an address in a chat, a
health matter in a search. That is what makes free text personal information.
"""

from sample.dice import Dice
from sample.goods import Product

SEARCHES = (
    *("送妈妈的生日礼物", "孕妇可以用的面霜", "糖尿病人能吃的零食", "平价蓝牙耳机", "通勤外套"),
    *("小户型收纳", "开学用品", "宝宝过敏奶粉", "高血压 血压计", "老人防滑拖鞋", "露营装备"),
    *("失眠 香薰", "大码女装", "情侣款卫衣", "出租屋神器", "清真零食", "单人份电饭煲"),
)
LABELS = (
    "母婴",
    "零食",
    "数码配件",
    "女装",
    "男装",
    "收纳",
    "厨具",
    "美妆",
    "健身",
    "宠物",
    "图书",
)
FAILURES = (
    "java.lang.NullPointerException at FeedAdapter.bind",
    "java.lang.IllegalStateException at CartFragment.onResume",
    "android.os.DeadObjectException at PushReceiver.onReceive",
    "SIGSEGV in libplayer.so",
    "EXC_BAD_ACCESS in VideoCell.prepareForReuse",
    "java.lang.OutOfMemoryError at ImageLoader.decode",
)
REFUND_REASONS = ("尺码不合适", "与描述不符", "七天无理由", "收到时已破损", "买错了", "发货太慢")
NOTES = (
    "放门口即可",
    "请送到菜鸟驿站对面小卖部",
    "周末送货",
    "到了先打电话",
    "放物业，谢谢",
    "易碎轻放",
)
CAMPAIGN_ANSWERS = ("送给女儿", "想给家里老人用", "自己用", "第一次参加", "")
_PRAISE = (
    "质量不错",
    "和图片一样",
    "孩子很喜欢",
    "物流很快",
    "第二次买了",
    "性价比可以",
    "包装严实",
)
_BLAME = ("有点色差", "比想象的小", "味道有点大", "客服回复慢", "用了两周就坏了")
_COMMENTS = (
    "求链接",
    "已下单，等收货",
    "这个颜色好看",
    "有没有小一号的",
    "价格能再低点吗",
    "讲得很清楚",
)
_ANSWERS = ("同问", "我买过，还行", "在商品页能看到", "谢谢分享", "楼上说得对")
_QUESTIONS = (
    *("我的快递三天没动了，能查一下吗", "想改一下收货地址", "发票抬头填错了怎么办"),
    *("收到的颜色不对，要换货", "退款什么时候到账", "优惠券用不了"),
)
_STAFF_ANSWERS = (
    *("您好，正在为您核实，请稍等", "已经帮您登记，24小时内回复", "退款一般1至3个工作日原路退回"),
    *(
        "已为您催促物流",
        "换货申请已提交，请留意站内消息",
        "为保护您的信息，请不要在对话里发送身份证号",
    ),
)


def search_words(dice: Dice, product: Product) -> str:
    """Return what somebody looks for: mostly a product, now and then something telling."""
    return dice.pick(SEARCHES) if dice.chance(250) else product.kind


def review(dice: Dice, *, stars: int, phone: str) -> str:
    """Return a review; one in three hundred carries the writer's own number."""
    words = [dice.pick(_PRAISE if stars > 3 else _BLAME), dice.pick(_PRAISE)]  # noqa: PLR2004 - four stars and up are praise
    if dice.chance(3):
        words.append(f"有问题可以问我，微信同号{phone}")
    return "，".join(words) + "。"


def comment(dice: Dice, *, answering: bool) -> str:
    """Return a remark under a video, or an answer to one."""
    return dice.pick(_ANSWERS if answering else _COMMENTS)


def question(dice: Dice, *, phone: str, address: str) -> str:
    """Return what a customer asks; one in eight gives a number or an address with it."""
    asked = dice.pick(_QUESTIONS)
    if dice.chance(70):
        return f"{asked}？我的电话是{phone}"
    if dice.chance(60):
        return f"{asked}？新地址：{address}"
    return f"{asked}？"


def staff_answer(dice: Dice) -> str:
    """Return what customer service says."""
    return dice.pick(_STAFF_ANSWERS)
