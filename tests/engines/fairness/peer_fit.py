"""A regression within cells by pyfixest, in an environment of its own: reads and writes JSON."""

import json
import sys

import pandas as pd
import pyfixest as pf  # type: ignore[import-not-found]  # 590 MB; never installed beside us

given = json.load(sys.stdin)
frame = pd.DataFrame(given["columns"])
fit = pf.feols(
    f"y ~ {' + '.join(given['regressors'])} | cell",
    frame,
    vcov={"CRV1": "person"},
    ssc=pf.ssc(k_adj=False, G_adj=False),
)
print(json.dumps({"effect": fit.coef().tolist(), "error": fit.se().tolist()}))  # noqa: T201
