"""What doors say to people about the error codes of prices and probes."""

from chengnuo.base.text import Text

PRICING_ERRORS: dict[str, Text] = {
    "no-such-quote": Text(
        "没有这个编号的报价，或者它不是给您的报价。",
        "There is no quote of this number, or it was not made to you.",
    ),
    "price-audit-file": Text(
        "这个文件不是写出时的检验结果，或者自相矛盾。",
        "The file is no audit as it was written, or contradicts itself.",
    ),
    "price-column": Text(
        "日志中没有方案写的列。",
        "The log lacks a column that the specification names.",
    ),
    "speed-log": Text("文件不是传输速率的记录。", "The file is no log of transfers."),
    "price-log": Text(
        "这些文件不是可以读取的报价日志（Parquet、CSV 或 JSON Lines）。",
        "The files are no log of quotes that can be read (Parquet, CSV or JSON lines).",
    ),
    "price-log-unavailable": Text(
        "现在不能读取报价日志：没有安装扩展 `price`，或者内存、磁盘不够。",
        "The log of quotes cannot be read now: the extra `price` is not installed, or memory or"
        " disk gave out.",
    ),
    "price-not-audited": Text(
        "这份日志不允许作出任何结论，所以没有检验结果可看。",
        "The log forbids any verdict, so there is no audit to ask.",
    ),
    "price-not-numeric": Text(
        "方案当作数字的列不是数字。",
        "A column that is declared a number holds none.",
    ),
    "price-nothing-comparable": Text(
        "同一商品前后十五天内给其他人的报价太少，不能说明它通常的价格。",
        "Too few others were quoted a price of the same goods within fifteen days to say what it"
        " usually is.",
    ),
    "price-parts-differ": Text(
        "两部分的检验方案不同，不能相加。",
        "Two parts were made by different configurations and do not add up.",
    ),
    "price-parts-overlap": Text(
        "两部分有同一小时的报价，不能相加。",
        "Two parts hold quotes of the same hour and do not add up.",
    ),
    "price-personal-factor": Text(
        "与个人有关的列要当作交易条件，须写明公布它的规则。",
        "A column about the person takes the rule that publishes it to count as a condition.",
    ),
    "price-publish-few": Text(
        "检验涉及的人数少于公开文本的下限，不能写公开文本。",
        "The audit is of fewer persons than the floor of a published copy, so none is written.",
    ),
    "price-quote-search": Text(
        "现在查不了这次报价，请稍后再试。",
        "The quote cannot be looked up now; try again later.",
    ),
    "price-quote-twice": Text(
        "日志里有多行使用这个报价编号，不能确定是哪一个价格。",
        "Several rows of the log have this quote number, so there is no one price to explain.",
    ),
    "price-quote-unusable": Text(
        "日志里这次报价的记录不完整，不能比较。",
        "The log lacks something of this quote, so that it cannot be compared.",
    ),
    "price-spec": Text(
        "检验价格的方案有误。",
        "The specification of the audit is wrong.",
    ),
    "probe-bound": Text(
        "探测允许的请求数已经用完。",
        "The requests that the probe may send are used up.",
    ),
    "probe-host": Text(
        "只探测本机和方案中列为自有的主机；这个主机不在其中，或者解析到了别处。",
        "Only the loopback and hosts of one's own are probed; this is none, or lies elsewhere.",
    ),
    "probe-report": Text(
        "这不是可以读取的探测报告。",
        "This is no report of a probe that can be read.",
    ),
    "probe-request": Text(
        "按方案和身份无法拼出请求。",
        "The request cannot be made from the specification and a profile.",
    ),
    "probe-secret": Text(
        "环境变量里没有探测要用的密钥。",
        "The environment does not hold a secret that the probe takes from it.",
    ),
    "probe-spec": Text(
        "探测方案有误。",
        "The specification of the probe is wrong.",
    ),
    "probed-endpoint-unavailable": Text(
        "被探测的接口没有应答。",
        "Nothing answers at the endpoint to be probed.",
    ),
    "statement-not-kept": Text(
        "结果已经记入存证日志，但是声明写不进数据文件夹。",
        "The result stands in the log, and its statement could not be written to the data folder.",
    ),
}
