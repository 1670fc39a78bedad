"""`chengnuo.text`: columns of every library, log records, vaults."""

import io
import logging
import logging.config
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from chengnuo import text

# Made up.
MOBILE, HIDDEN = "13812345678", "138****5678"
KEY = b"a key of the tests"


def test_importing_it_imports_none_of_the_libraries() -> None:
    code = (
        "import sys, chengnuo.text; print(sorted({'pandas', 'polars', 'pyarrow', 'duckdb',"
        " 'presidio_analyzer', 'sqlalchemy'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603
    assert told.stdout.strip() == b"[]"


def test_a_style_or_key_that_will_not_do_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no-style"):
        text.masker("no-style")
    with pytest.raises(ValueError, match="16 bytes"):
        text.masker("named", key=b"short")
    with pytest.raises(ValueError, match="16 bytes"):
        text.open_vault(tmp_path / "x.vault", b"short")
    assert list(tmp_path.iterdir()) == []


class TestColumns:
    """Each library gets back what it gave, by the name of the column."""

    VALUES = ("123456789", None, f"tel {MOBILE}", "无")
    MASKED = ("1******89", None, f"tel {HIDDEN}", "无")

    @pytest.mark.parametrize("dtype", [object, "string", "str"])
    def test_pandas(self, dtype: type | str) -> None:
        frame = pd.DataFrame({"qq": pd.Series(self.VALUES, dtype=dtype, index=[4, 3, 2, 1])})
        made = text.masker().column(frame["qq"])
        assert isinstance(made, pd.Series)
        assert made.index.tolist() == [4, 3, 2, 1]
        assert made.name == "qq"
        assert made.dtype == frame["qq"].dtype
        assert made.astype(object).where(made.notna(), None).tolist() == list(self.MASKED)

    def test_pandas_numbers(self) -> None:
        made = text.masker().column(pd.Series([int(MOBILE), 7], name=3))
        assert isinstance(made, pd.Series)
        assert made.tolist() == [HIDDEN, "7"]

    def test_polars(self) -> None:
        frame = pl.DataFrame({"qq": self.VALUES})
        made = text.masker().column(frame["qq"])
        assert isinstance(made, pl.Series)
        assert made.to_list() == list(self.MASKED)
        lazy = frame.lazy().with_columns(text.masker().column(pl.col("qq"))).collect()
        assert lazy["qq"].to_list() == list(self.MASKED)
        assert lazy.schema == {"qq": pl.String}

    def test_arrow(self) -> None:
        array = pa.array(self.VALUES)
        made = text.masker().column(array, name="qq")
        assert isinstance(made, pa.Array)
        assert made.to_pylist() == list(self.MASKED)
        chunked = text.masker().column(pa.chunked_array([array, array]), name="qq")
        assert isinstance(chunked, pa.Array)
        assert chunked.to_pylist() == [*self.MASKED, *self.MASKED]

    def test_lists(self) -> None:
        assert text.masker().column(list(self.VALUES), name="qq") == list(self.MASKED)

    def test_what_is_no_column_is_refused(self) -> None:
        with pytest.raises(TypeError, match="a column of pandas"):
            text.masker().column(3)

    def test_duckdb(self) -> None:
        connection = duckdb.connect()
        text.masker().register(connection)
        connection.execute("CREATE TABLE t (n INTEGER, v VARCHAR)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", list(enumerate(self.VALUES)))
        rows = connection.execute("SELECT pii_mask(v, 'qq') FROM t ORDER BY n").fetchall()
        assert [value for (value,) in rows] == list(self.MASKED)
        kinds = connection.execute("SELECT pii_kinds(v, '') FROM t ORDER BY n").fetchall()
        assert [value for (value,) in kinds] == [[], [], ["mobile"], []]
        with pytest.raises(duckdb.Error, match="the same for all"):
            connection.execute("SELECT pii_mask(v, v) FROM t").fetchall()


class TestLogs:
    """Nothing that a record holds is written unmasked."""

    @pytest.fixture
    def written(self) -> io.StringIO:
        return io.StringIO()

    @pytest.fixture
    def logger(self, written: io.StringIO) -> logging.Logger:
        handler = logging.StreamHandler(written)
        handler.setFormatter(logging.Formatter("%(levelname)s %(message)s %(order)s"))
        handler.addFilter(text.log_mask())
        logger = logging.Logger("orders")  # noqa: LOG001  of this test alone
        logger.addHandler(handler)
        return logger

    def test_message_arguments_extra(self, logger: logging.Logger, written: io.StringIO) -> None:
        logger.warning("tel %s of %d", MOBILE, 7, extra={"order": {"qq": 123456789, "n": {1}}})
        assert written.getvalue() == (
            f"WARNING tel {HIDDEN} of 7 {{'qq': '1******89', 'n': [1]}}\n"
        )

    def test_traceback_and_stack(self, logger: logging.Logger, written: io.StringIO) -> None:
        def fail() -> None:
            raise ValueError(MOBILE)

        try:
            fail()
        except ValueError:
            logger.exception("failed", stack_info=True, extra={"order": ""})
        said = written.getvalue()
        assert f"ValueError: {HIDDEN}" in said
        assert "Stack (most recent call last)" in said
        assert MOBILE not in said

    def test_what_cannot_be_masked_is_left_out(
        self, logger: logging.Logger, written: io.StringIO
    ) -> None:
        class Broken:
            def __str__(self) -> str:
                raise RuntimeError(MOBILE)

        logger.error("tel %s %s", MOBILE, extra={"order": 1})
        logger.error("fine", extra={"order": Broken()})
        said = written.getvalue().splitlines()
        assert said == ["ERROR [a message that could not be masked is left out] None"] * 2

    def test_a_configuration_names_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        logging.config.dictConfig(
            {
                "version": 1,
                "disable_existing_loggers": False,
                "filters": {"mask": {"()": "chengnuo.text.log_mask", "style": "wholly"}},
                "handlers": {"out": {"class": "logging.StreamHandler", "filters": ["mask"]}},
                "loggers": {"configured": {"handlers": ["out"], "propagate": False}},
            }
        )
        logging.getLogger("configured").warning("tel %s", MOBILE)
        assert capsys.readouterr().err == "tel [手机号码]\n"


def test_a_vault_restores_with_its_key_alone(tmp_path: Path) -> None:
    line = f"客户{MOBILE}，again {MOBILE}"
    with text.open_vault(tmp_path / "names.vault", KEY) as vault:
        masked = vault.mask(line)
        assert masked == text.masker("named", key=KEY)(line)
        assert MOBILE not in masked
        assert vault.restore(masked) == line
        assert vault.restore("[mobile*aaaaaaaaaaaaaaaa]") == "[mobile*aaaaaaaaaaaaaaaa]"
    with text.open_vault(tmp_path / "names.vault", KEY) as again:
        assert again.restore(masked) == line
