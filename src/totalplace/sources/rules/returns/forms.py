"""A form: where a published table of figures keeps its bodies, years, lines and totals.

A form is dated YAML with a closed vocabulary (`docs/how-to/add-returns.md`). It holds no rule and
no formula: it names columns, and says what each line is spent on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

# What a figure may be. The first five are spending of its body and may be counted; the others say
# more of the same money, as do all that begin with "of which".
COUNTED: Final = (
    "net current expenditure",
    "net expenditure",
    "benefit",
    "allocation",
    "capital expenditure",
)
OF_WHICH: Final = "of which "
ANY: Final = "*"  # a line of a form that stands for every name that is no other line of it
ITEMS: Final = (
    *COUNTED,
    "total expenditure",
    "employees",
    "running expenses",
    "sales, fees and charges",
    "other income",
    "total income",
    "received",  # from another body: it is no spending, and is held against what that body paid
    "memorandum",  # stands beside the spending and is no part of it, as a council tax requirement
)
VOCABULARY: Final[Mapping[str, tuple[str, ...]]] = {
    "income_rule": ("net", "gross"),
    "economic": ("revenue", "capital", "unknown"),
    "basis": ("actual", "head-count", "caseload", "formula", "apportioned"),
    "status": ("measured", "apportioned", "modelled", "missing"),
}


class Shape(StrEnum):
    """How a file holds its figures."""

    TABLE = "table"  # rows under a header: CSV, a sheet, or JSON records with the same keys
    TREE = "tree"  # JSON in which years, services and figures lie within one another


@dataclass(frozen=True, slots=True)
class Where:
    """Where something is said: a column, the cell beside a label, a path; or it is fixed."""

    column: str = ""
    labelled: str = ""
    fixed: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure is. An empty text says nothing, so that what was said more widely holds."""

    item: str = ""
    income_rule: str = ""
    economic: str = ""
    basis: str = ""
    status: str = ""
    note: str = ""

    def under(self, closer: Meaning) -> Meaning:
        """This meaning with what is said more closely laid over it."""
        return _under(self, closer)


@lru_cache(maxsize=4_096)  # a table of thousands of figures has a handful of meanings
def _under(wider: Meaning, closer: Meaning) -> Meaning:
    said = {f.name: getattr(closer, f.name) for f in fields(closer)}
    return replace(wider, **{name: value for name, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a form: its name in the file, its title, and the service it is spent on."""

    key: str
    title: str
    service: str
    meaning: Meaning = Meaning()


class Over(StrEnum):
    """What a total adds up."""

    ALL = "all"
    LINES = "lines"
    SERVICES = "services"
    NOTHING = "nothing"  # the file does not hold all that the total is made of


@dataclass(frozen=True, slots=True)
class Rest:
    """What a total holds beyond the lines that are listed, as a line of its own."""

    title: str
    service: str
    note: str


@dataclass(frozen=True, slots=True)
class Total:
    """A figure that adds lines up: checked, and never counted."""

    key: str
    over: Over = Over.ALL
    names: tuple[str, ...] = ()  # of lines or of services
    rest: Rest | None = None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row that adds up other bodies, such as England; `bodies` are beginnings of their codes."""

    code: str
    title: str
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """What the figures of a column or a key are; or that they repeat those of another part."""

    meaning: Meaning = Meaning()
    same_as: str = ""  # a part, whose line of the same name this figure controls


@dataclass(frozen=True, slots=True)
class Figures:
    """Where in a tree figures lie: a path whose {words} stand for years, lines and items."""

    path: tuple[str, ...]
    part: str
    item: Item
    items: Mapping[str, Item] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """What is noted beside figures where a cell says something, such as that it is no full year."""

    where: Where
    says: str
    note: str
    aloud: bool = False  # said to whoever adds the file, too


@dataclass(frozen=True, slots=True)
class Bodies:
    """Whose the figures are: a code, a name, or one body for all; and kinds by code."""

    code: Where = Where()
    name: Where = Where()
    agency: Where = Where()
    area: Where = Where()
    kinds: Mapping[str, str] = field(default_factory=dict)  # by the beginning of a code, or ''


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the file, as an agency."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Three items of one line of which the first is the second less the third."""

    net: str
    gross: str
    income: str


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of return is read. Lines and totals are found by `plain` of their names."""

    code: str
    title: str
    publisher: Publisher | None
    licence: str
    shape: Shape
    has: tuple[str, ...]  # columns, or keys, that are all there in a file of this form
    bodies: Bodies
    year: Where
    year_written: str
    unit_pounds: int
    rounded_to_pence: int
    meaning: Meaning
    lines: Mapping[str, Line]
    totals: Mapping[str, Total]
    total_rows: Mapping[str, TotalRow]
    line_in: str = ""
    title_in: str = ""
    amounts: Mapping[str, Item] = field(default_factory=dict)
    figures: tuple[Figures, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)  # column or path, and why
    remarks: tuple[Remark, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)  # basis, status, note: their column
    balance: Balance | None = None
    blank_row_says_nothing: bool = False
    no_figure: tuple[str, ...] = ()  # what else, besides nothing, stands for a missing figure

    def line(self, key: str) -> Line | None:
        """The line of a name as `plain` writes it; of any name, where the form takes any."""
        return self.lines.get(key) or (self.lines.get(ANY) if key else None)

    def service_of(self, line: str) -> str:
        """The service that a line is spent on; empty where the form has no such line."""
        found = self.line(plain(line))
        return found.service if found else ""


def plain(name: str) -> str:
    """A name without regard to capitals and to how many spaces part its words."""
    return " ".join(name.split()).casefold()


def is_item(word: str) -> bool:
    """Whether a word says what a figure is."""
    return word.removeprefix(OF_WHICH) in ITEMS
