"""What doors say to people about the error codes of what goes abroad."""

from chengnuo.base.text import Text

BORDER_ERRORS: dict[str, Text] = {
    "border-count-behind": Text(
        "出境人数还没有核算到最新记录，暂不放行，请稍后再试。",
        "Not all records are counted yet, so nothing goes abroad; try again in a while.",
    ),
    "recount-too-long": Text(
        "日志的记录太多，不能逐条重算。", "The log has too many records to count them all again."
    ),
    "provision-not-abroad": Text(
        "这个接收方在境内，不属于出境。", "This recipient is in the mainland; nothing goes abroad."
    ),
}
