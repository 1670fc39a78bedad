"""Countries and regions by their codes (ISO 3166-1 alpha-2), as people call them."""

import re
from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.saying import same

_NAMES: dict[str, tuple[str, str]] = {
    "CN": ("中国大陆", "mainland China"),
    "HK": ("中国香港", "Hong Kong, China"),
    "MO": ("中国澳门", "Macao, China"),
    "TW": ("中国台湾", "Taiwan, China"),
    "AE": ("阿联酋", "United Arab Emirates"),
    "AR": ("阿根廷", "Argentina"),
    "AT": ("奥地利", "Austria"),
    "AU": ("澳大利亚", "Australia"),
    "BD": ("孟加拉国", "Bangladesh"),
    "BE": ("比利时", "Belgium"),
    "BG": ("保加利亚", "Bulgaria"),
    "BH": ("巴林", "Bahrain"),
    "BN": ("文莱", "Brunei"),
    "BR": ("巴西", "Brazil"),
    "BY": ("白俄罗斯", "Belarus"),
    "CA": ("加拿大", "Canada"),
    "CH": ("瑞士", "Switzerland"),
    "CL": ("智利", "Chile"),
    "CO": ("哥伦比亚", "Colombia"),
    "CY": ("塞浦路斯", "Cyprus"),
    "CZ": ("捷克", "Czechia"),
    "DE": ("德国", "Germany"),
    "DK": ("丹麦", "Denmark"),
    "EE": ("爱沙尼亚", "Estonia"),
    "EG": ("埃及", "Egypt"),
    "ES": ("西班牙", "Spain"),
    "FI": ("芬兰", "Finland"),
    "FR": ("法国", "France"),
    "GB": ("英国", "United Kingdom"),
    "GR": ("希腊", "Greece"),
    "HR": ("克罗地亚", "Croatia"),
    "HU": ("匈牙利", "Hungary"),
    "ID": ("印度尼西亚", "Indonesia"),
    "IE": ("爱尔兰", "Ireland"),
    "IL": ("以色列", "Israel"),
    "IN": ("印度", "India"),
    "IS": ("冰岛", "Iceland"),
    "IT": ("意大利", "Italy"),
    "JO": ("约旦", "Jordan"),
    "JP": ("日本", "Japan"),
    "KE": ("肯尼亚", "Kenya"),
    "KG": ("吉尔吉斯斯坦", "Kyrgyzstan"),
    "KH": ("柬埔寨", "Cambodia"),
    "KR": ("韩国", "Republic of Korea"),
    "KW": ("科威特", "Kuwait"),
    "KZ": ("哈萨克斯坦", "Kazakhstan"),
    "LA": ("老挝", "Laos"),
    "LK": ("斯里兰卡", "Sri Lanka"),
    "LT": ("立陶宛", "Lithuania"),
    "LU": ("卢森堡", "Luxembourg"),
    "LV": ("拉脱维亚", "Latvia"),
    "MA": ("摩洛哥", "Morocco"),
    "MM": ("缅甸", "Myanmar"),
    "MN": ("蒙古", "Mongolia"),
    "MT": ("马耳他", "Malta"),
    "MV": ("马尔代夫", "Maldives"),
    "MX": ("墨西哥", "Mexico"),
    "MY": ("马来西亚", "Malaysia"),
    "NG": ("尼日利亚", "Nigeria"),
    "NL": ("荷兰", "Netherlands"),
    "NO": ("挪威", "Norway"),
    "NP": ("尼泊尔", "Nepal"),
    "NZ": ("新西兰", "New Zealand"),
    "OM": ("阿曼", "Oman"),
    "PE": ("秘鲁", "Peru"),
    "PH": ("菲律宾", "Philippines"),
    "PK": ("巴基斯坦", "Pakistan"),
    "PL": ("波兰", "Poland"),
    "PT": ("葡萄牙", "Portugal"),
    "QA": ("卡塔尔", "Qatar"),
    "RO": ("罗马尼亚", "Romania"),
    "RS": ("塞尔维亚", "Serbia"),
    "RU": ("俄罗斯", "Russia"),
    "SA": ("沙特阿拉伯", "Saudi Arabia"),
    "SE": ("瑞典", "Sweden"),
    "SG": ("新加坡", "Singapore"),
    "SI": ("斯洛文尼亚", "Slovenia"),
    "SK": ("斯洛伐克", "Slovakia"),
    "TH": ("泰国", "Thailand"),
    "TR": ("土耳其", "Türkiye"),
    "UA": ("乌克兰", "Ukraine"),
    "US": ("美国", "United States"),
    "UY": ("乌拉圭", "Uruguay"),
    "UZ": ("乌兹别克斯坦", "Uzbekistan"),
    "VN": ("越南", "Viet Nam"),
    "ZA": ("南非", "South Africa"),
}


def country_in_words(code: str) -> Text:
    """Return what a country or region is called; its code if it is none of the common ones."""
    names = _NAMES.get(code)
    return same(code) if names is None else Text(*names)


def countries_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a text names a country or region by one of its common names, with its code."""
    for found in _ANY_NAME.finditer(text):
        yield found.start(), found.end(), _CODES[found.group()]


_CODES = {name: code for code, names in _NAMES.items() for name in names}
_ANY_NAME = re.compile("|".join(re.escape(name) for name in sorted(_CODES, key=len, reverse=True)))
