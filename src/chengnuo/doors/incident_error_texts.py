"""What doors say to people about the error codes of incidents and canaries."""

from chengnuo.base.text import Text

INCIDENT_ERRORS: dict[str, Text] = {
    "canary-base": Text(
        "这种诱饵值需要您自己的号段、域名或者地址，或者写法不对。",
        "A canary of this sort needs a block of numbers, a domain or an address of yours, or that"
        " has a wrong form.",
    ),
    "drill-sends-nothing": Text(
        "这是演练，不交出通知名单。",
        "This is a drill; no list of people is handed out of it.",
    ),
    "incident-no-scope": Text(
        "还没有划定范围，不能计算受影响的人。",
        "Nobody said yet what the incident reached, so nobody can be counted.",
    ),
    "letter-format": Text(
        "信函没有这种格式。",
        "A letter is not made in this format.",
    ),
    "letter-incomplete": Text(
        "信函还缺法律要求的事项，请先登记。",
        "Something that the law wants in the letter is not entered yet.",
    ),
    "no-fault-not-sealed": Text(
        "举证文件没能封存（日志没有记下，或者其间有了关于此人的新记录），没有交出，请再试。",
        "The no-fault file could not be sealed (the log took no record, or something about the"
        " individual was recorded meanwhile) and was not handed out; try again.",
    ),
    "no-people-list": Text(
        "没有受影响者的名单：还没有计算，或者已到期删除。",
        "No list of the people affected is kept: nobody was counted, or it was erased.",
    ),
}
