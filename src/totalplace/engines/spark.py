"""The engine of many places: Spark over the same Parquet files and the same questions.

Here it runs on one computer, in one session that is started once and kept. Starting takes some
ten seconds and Java 17 or newer. Questions are written in its dialect by sqlglot; what they are
told is bound, never written into them.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from totalplace.engines.dialect import in_spark
from totalplace.engines.files import whole
from totalplace.engines.questions import told
from totalplace.refusal import Refused

if TYPE_CHECKING:
    from pyspark import SparkConf
    from pyspark.sql import DataFrame, SparkSession

MEMORY: Final = "1g"  # of the Java machine
OLDEST_JAVA: Final = 17  # what Spark 4 is compiled for
_WHAT: Final = "The question was not asked of Spark"
_GLOB: Final = re.compile(r"([\\*?\[\]{}])")
_QUIET: Final = """\
status = error
rootLogger.level = off
"""

_turn: Final = threading.Lock()
_kept: Final[list[SparkSession]] = []


def ask(
    name: str, holdings: Mapping[str, Sequence[Path]], **parameters: Any
) -> list[dict[str, Any]]:
    """Answer a question over held Parquet files; see `totalplace.engines.ask`.

    Raises Refused where Spark or Java is not installed.
    """
    answer = _answer(name, holdings, parameters)
    columns = answer.columns
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in answer.collect()]


def each(
    name: str, holdings: Mapping[str, Sequence[Path]], **parameters: Any
) -> Iterator[dict[str, Any]]:
    """The same row by row, however many; see `totalplace.engines.each`.

    Raises Refused where Spark or Java is not installed.
    """
    answer = _answer(name, holdings, parameters)
    columns = answer.columns
    for row in answer.toLocalIterator():
        yield dict(zip(columns, map(_plain, row), strict=True))


def write_answer(
    path: Path, name: str, holdings: Mapping[str, Sequence[Path]], **parameters: Any
) -> int:
    """Write the answer of a question to a Parquet file; see `totalplace.engines.write_answer`.

    Raises Refused where Spark or Java is not installed.
    """
    with tempfile.TemporaryDirectory(prefix=".spill-", dir=path.parent) as scratch:
        folder = Path(scratch) / "answer"
        answer = _answer(name, holdings, parameters)
        answer.coalesce(1).write.option("compression", "zstd").parquet(str(folder.absolute()))
        (part,) = folder.glob("part-*.parquet")
        with whole(path) as partial:
            part.replace(partial)
    return int(session().read.parquet(_literal(path)).count())


def _answer(
    name: str, holdings: Mapping[str, Sequence[Path]], parameters: Mapping[str, Any]
) -> DataFrame:
    # A session of its own has views of its own, so that threads ask beside each other.
    own = session().newSession()
    for table, files in holdings.items():
        own.read.parquet(*map(_literal, files)).createOrReplaceTempView(table)
    given = told(name, parameters)
    bound = {place: _bound(value) for place, value in given.items()}
    return own.sql(in_spark(name, given), args=bound)


def _bound(value: Any) -> Any:
    return json.dumps(value, default=str) if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    """Whole numbers as int: a sum of what is wider than 64 bits comes as a decimal."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


def _literal(path: Path) -> str:
    """A path as it stands: Spark takes brackets and stars in one for a pattern."""
    return _GLOB.sub(r"\\\1", str(path.absolute()))


def session() -> SparkSession:
    """The one session, started by whoever asks first; its Java ends with this program.

    Raises Refused where Spark or Java is not installed, or does not start.
    """
    with _turn:
        if not _kept:
            _kept.append(_started())
        return _kept[0]


def _started() -> SparkSession:
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise Refused(
            _WHAT, why="Spark is not installed", next_step="Install totalplace[spark] with pip"
        ) from missing
    _need_java()
    scratch = Path(tempfile.mkdtemp(prefix="totalplace-spark-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    (scratch / "log4j2.properties").write_text(_QUIET)
    conf = SparkConf().setMaster("local[*]").setAppName("totalplace").setAll(_settings(scratch))
    gateway = _launched(conf, scratch / "said")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet", FutureWarning)  # know pandas 3
        return SparkSession(SparkContext(conf=conf, gateway=gateway))


def _launched(conf: SparkConf, said: Path) -> Any:
    """Start the Java machine, what it says kept in a file. Raises Refused where it ends at once."""
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway

    with said.open("wb") as heard:
        try:
            return launch_gateway(conf, {"stdout": heard, "stderr": heard})  # type: ignore[no-untyped-call]
        except PySparkRuntimeError as failed:
            lines = [line.strip() for line in said.read_text(errors="replace").splitlines()]
            why = next(filter(None, lines), "it ended without a word").rstrip(".")
            raise Refused(
                _WHAT,
                why=f"Java could not start it ({why})",
                next_step=f"See that {MEMORY} of memory is free, and that java -version answers",
            ) from failed


def _settings(scratch: Path) -> list[tuple[str, str]]:
    quiet = f"-Dlog4j2.configurationFile={(scratch / 'log4j2.properties').as_uri()}"
    return [
        ("spark.driver.memory", MEMORY),
        ("spark.driver.extraJavaOptions", quiet),
        ("spark.driver.host", "127.0.0.1"),  # nothing is reached from, or reaches, another computer
        ("spark.driver.bindAddress", "127.0.0.1"),
        ("spark.ui.enabled", "false"),
        ("spark.ui.showConsoleProgress", "false"),
        ("spark.local.dir", str(scratch)),
        ("spark.sql.warehouse.dir", (scratch / "warehouse").as_uri()),
        ("spark.sql.catalogImplementation", "in-memory"),
        (
            "spark.sql.ansi.enabled",
            "true",
        ),  # a sum that is too large is an error, never another sum
        ("spark.sql.session.timeZone", "UTC"),
        ("spark.sql.shuffle.partitions", str(os.cpu_count() or 2)),
    ]


def _need_java() -> None:
    """Raise Refused where the Java that Spark would start is missing or too old."""
    home = os.environ.get("JAVA_HOME")  # where Spark's own start looks first
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        raise _no_java("no Java is installed")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found.group(1)) < OLDEST_JAVA:
        raise _no_java(f"the Java in {java} is older than {OLDEST_JAVA}, or cannot be started")


def _no_java(why: str) -> Refused:
    return Refused(
        _WHAT,
        why=why,
        next_step=f"Install Java {OLDEST_JAVA} or newer (on Debian and Ubuntu: sudo apt-get "
        "install default-jre-headless), or name its folder in JAVA_HOME",
    )
