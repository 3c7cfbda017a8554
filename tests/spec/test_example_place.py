"""What the example place asks of holdings to judge a count."""

from __future__ import annotations

from typing import Any, Protocol


class Engine(Protocol):
    """What the fixture `engine` can do."""

    def hold(self, table: str, shown: str) -> None:
        """Hold the rows of a table."""

    def answers(self, name: str, shown: str, **parameters: Any) -> None:
        """Insist on an answer."""


def test_each_payment_is_told_with_the_service_of_its_words_and_agency(engine: Engine) -> None:
    engine.hold("payments", """
        agency | file | sheet | row | kind    | payee    | unit
        north  | f1   | May   | 7   | payment | Acme Ltd | Parks
        north  | f1   | April | 9   | payment | Acme Ltd | Parks
        north  | f1   | April | 3   | payment | Acme Ltd | Sundry
        north  | f1   | April | 4   | card    | Acme Ltd | Parks
        south  | f2   | ''    | 2   | payment | Acme Ltd | Parks
        west   | f3   | ''    | 2   | payment | Acme Ltd | Parks
    """)  # fmt: skip
    engine.hold("purposes", """
        agency | unit  | payee    | service
        north  | Parks | Acme Ltd | culture
        south  | Parks | Acme Ltd | environment
    """)  # fmt: skip
    engine.answers("example_place/purposes_read", """
        agency | file | sheet | row | service
        north  | f1   | April | 3   | unclassified
        north  | f1   | April | 9   | culture
        north  | f1   | May   | 7   | culture
        south  | f2   | ''    | 2   | environment
    """, agencies=["north", "south"])  # fmt: skip
