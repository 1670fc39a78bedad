"""What a policy must speak of, and by which classes, words and headings it is recognised."""

import re
from dataclasses import dataclass

from chengnuo.engines.policy.clauses import ClauseClass
from chengnuo.engines.policy.duty_forms import PLAIN, SETTLED, SETTLED_BY_WORDS
from chengnuo.engines.policy.topics import Topic


@dataclass(frozen=True, slots=True)
class TopicCues:
    """How a topic is recognised.

    Attributes:
        topic: The topic.
        classes: Sentences of these classes speak of it.
        words: Words of a sentence that may.
        headings: Words of a heading above such sentences.
        plain: Forms of words, in small letters, that hardly say anything else; None where the
            words are such forms.
        plain_settles: Whether one sentence with such a form is enough not to call it absent.
        words_settle: Whether one sentence with any of the words is.

    """

    topic: Topic
    classes: tuple[ClauseClass, ...]
    words: re.Pattern[str]
    headings: re.Pattern[str]
    plain: re.Pattern[str] | None
    plain_settles: bool
    words_settle: bool


def _cues(topic: Topic, classes: tuple[ClauseClass, ...], words: str, headings: str) -> TopicCues:
    return TopicCues(
        topic=topic,
        classes=classes,
        words=re.compile(words, re.IGNORECASE),
        headings=re.compile(headings, re.IGNORECASE),
        plain=re.compile(PLAIN[topic]) if topic in PLAIN else None,
        plain_settles=topic in SETTLED,
        words_settle=topic in SETTLED_BY_WORDS,
    )


CUES = (
    _cues(
        Topic.HANDLER,
        (ClauseClass.CONTACT,),
        r"联系(?:方式|我们|电话|邮箱|地址)|客服|电子?邮[箱件]|@[\w-]+\.\w|注册地址|办公地址|负责人|与我们联系"
        r"|contact us|reach us|e-?mail|data protection officer|postal address",
        r"联系|联络|反馈|contact|reach us|about us|关于我们",
    ),
    _cues(
        Topic.PURPOSES,
        (ClauseClass.COLLECTION, ClauseClass.USE),
        r"收集|使用.{0,8}信息|用于|collect|we use|used to",
        r"收集|使用|collect|use",
    ),
    _cues(
        Topic.RETENTION,
        (ClauseClass.STORAGE,),
        r"(?:保存|存储|保留|留存|储存).{0,16}(?:期限|期间|时间|时长|天|日|个月|年)|最短(?:时间|期限)"
        r"|(?:期限|期间|期满|超出|到期|届满).{0,16}(?:删除|匿名)"
        r"|retain|retention|as long as|stored for|keep (?:your|the) (?:data|information)",
        r"存储|保存|储存|保留|期限|retention|stor(?:e|age)|how long|keep",
    ),
    _cues(
        Topic.RIGHTS,
        (ClauseClass.RIGHTS,),
        r"查阅|查询|访问.{0,10}信息|更正|更改|修改.{0,8}信息|删除.{0,12}(?:信息|账[号户])|注销|复制"
        r"|delete your|correct|rectif|erasure|access to your|your rights",
        r"权利|权益|管理|控制|访问|注销|更正|删除|rights|choices|control|access|manage",
    ),
    _cues(
        Topic.WITHDRAWAL,
        (ClauseClass.WITHDRAWAL,),
        r"(?:撤回|撤销|取消|收回|改变).{0,12}(?:同意|授权)|(?:同意|授权).{0,8}(?:撤回|撤销|收回)"
        r"|withdraw|revoke|opt.?out",
        r"撤回|撤销|改变.{0,6}授权|withdraw|opt.?out|your choices",
    ),
    _cues(
        Topic.MINORS,
        (ClauseClass.SPECIAL_GROUPS, ClauseClass.UNDER_14),
        r"未成年|儿童|监护人|周岁|child|minor|parent|under (?:the age of )?1\d",
        r"未成年|儿童|青少年|孩子|child|minor|age",
    ),
    _cues(
        Topic.SHARING,
        (ClauseClass.SHARING,),
        r"共享|分享|转让|公开披露|披露|委托处理|第三方|提供给|share|disclos|third part|affiliate",
        r"共享|分享|披露|转让|委托|第三方|对外提供|share|sharing|disclos|third part",
    ),
    _cues(
        Topic.SDK_LIST,
        (ClauseClass.SDK_LIST,),
        r"SDK|软件(?:工具)?开发(?:工具)?包|software development kit",
        r"SDK|第三方.{0,8}(?:清单|目录|列表)|third.party (?:list|sdk)",
    ),
    _cues(
        Topic.CROSS_BORDER,
        (ClauseClass.CROSS_BORDER,),
        r"境外|出境|跨境|海外|国外|境内.{0,20}(?:存储|保存|储存|存放)|(?:存储|保存|储存|存放).{0,20}境内"
        r"|outside|abroad|overseas|international|cross-border|other countries",
        r"跨境|出境|境外|全球|转移|地点|地域|international|transfer|cross-border|where",
    ),
    _cues(
        Topic.AUTOMATED_DECISION,
        (ClauseClass.AUTOMATED_DECISION,),
        r"自动化?决策|自动决定|画像|个性化|算法|定向推送|automated|profiling|personali[sz]|algorithm",
        r"自动化?决策|自动决定|个性化|算法|automated|profiling|personali[sz]",
    ),
    _cues(
        Topic.SECURITY,
        (ClauseClass.SECURITY,),
        r"安全(?:措施|技术|事件|保护|防护)|加密|防止.{0,20}(?:泄|丢失|篡改|未经)|泄[露漏]"
        r"|encrypt|safeguard|security measure|unauthori[sz]ed access|protect your",
        r"安全|保护|security|protect|safe",
    ),
    _cues(
        Topic.CHANGE,
        (ClauseClass.CHANGE,),
        r"(?:更新|修[订改]|变更|调整|修正).{0,20}(?:政策|协议|指引|声明|条款|规则)"
        r"|(?:政策|协议|指引|声明|条款).{0,30}(?:更新|修[订改]|变更|调整)"
        r"|(?:update|change|modif|revis|amend).{0,40}(?:policy|notice|statement)",
        r"更新|修[订改]|变更|变动|changes|updates|amend|revis|modif",
    ),
    _cues(
        Topic.COMPLAINT,
        (ClauseClass.COMPLAINT,),
        r"投诉|举报|申诉|诉讼|起诉|仲裁|管辖|complain|supervisory authority|dispute|arbitrat",
        r"投诉|举报|申诉|争议|管辖|complain|dispute|grievance",
    ),
)
"""The topics, in the order in which they are answered."""
