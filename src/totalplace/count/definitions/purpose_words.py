"""The words by which purposes are known, read once into one classifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from totalplace.count.definitions.reading import only, read
from totalplace.count.definitions.services import services
from totalplace.count.rules.purposes.classifier import Classifier
from totalplace.count.rules.purposes.hearing import EXACT, Ear, Entry, Lexicon, spoken
from totalplace.count.rules.purposes.listening import CAPITAL, REVENUE
from totalplace.count.rules.purposes.words import Kind, PurposeWords, Sureness, whole_entries
from totalplace.refusal import Refused

COUNCILS: Final = "purpose_words.yaml"
NATIONAL: Final = "purpose_words_national.yaml"
SILENT: Final = "purpose_words_silent.yaml"
PAYEES: Final = "purpose_words_payees.yaml"
SUPPORT: Final = "support"  # the strength of what every service buys
LEARNT: Final = "purpose_words_learnt.yaml"


@cache
def classifier() -> Classifier:
    """The classifier as shipped. Raises Refused where a file of words has a key nobody knows."""
    return Classifier(purpose_words())


@cache
def purpose_words() -> PurposeWords:
    """All words of purposes. Raises Refused where a file of words has a key nobody knows."""
    councils = read(COUNCILS, {"strengths", "kin", "whole_texts", "services"})
    national = read(NATIONAL, {"kinds", "services"})
    silent = read(SILENT, {"silent", "economic", "short_forms"})
    payees = read(PAYEES, {"strengths", "services", "silent"})
    learnt = read(LEARNT, {"texts", "beside", "threshold", "sureness"})
    only(silent["economic"], {CAPITAL, REVENUE, "exceptions"}, where=f"{SILENT}, economic")
    strengths = _whole_numbers(councils["strengths"], COUNCILS)
    written = [text for told in (councils, national, payees, silent) for text in _texts(told)]
    ear = Ear(
        {short: tuple(spoken(long)) for short, long in silent["short_forms"].items()},
        exact=frozenset(word for text in written for word in _exact(text)),
        numbers=frozenset(word for text in written for word in spoken(text) if word.isdecimal()),
    )
    said = [
        *_weighed(ear, councils["services"], strengths, COUNCILS),
        *_weighed(ear, national["services"], strengths, NATIONAL),
        *((text, {}, False) for text in silent["silent"]),
    ]
    hinted = [
        *_weighed(ear, payees["services"], _whole_numbers(payees["strengths"], PAYEES), PAYEES),
        *((text, {}, False) for text in payees["silent"]),
    ]
    return PurposeWords(
        ear=ear,
        whole_texts=_whole_texts(ear, councils["whole_texts"], strengths),
        said=_lexicon(ear, said),
        payees=_lexicon(ear, hinted),
        learnt=_learnt(ear, learnt["texts"]),
        beside=_beside(ear, learnt["beside"]),
        economic=_lexicon(ear, _economic(silent["economic"])),
        kinds={str(kind): _kind(told) for kind, told in national["kinds"].items()},
        sureness=_sureness(learnt),
        kin=tuple(frozenset(family) for family in councils["kin"]),
    )


def _exact(text: str) -> Iterator[str]:
    """The words of an entry that it wants exactly."""
    for part in text.split():
        if part.endswith(EXACT):
            yield "".join(spoken(part))


def _texts(told: Any) -> Iterator[str]:
    match told:
        case str():
            yield told
        case Mapping():
            for value in told.values():
                yield from _texts(value)
        case Sequence():
            for value in told:
                yield from _texts(value)


Weighed = tuple[str, dict[str, int], bool]  # an entry, its weights, whether it is support


def _weighed(
    ear: Ear, said: Mapping[str, Any], strengths: Mapping[str, int], file: str
) -> Iterator[Weighed]:
    for service, lists in said.items():
        _known_service(service, file)
        for strength, texts in lists.items():
            if strength not in strengths:
                raise _wrong(
                    file, f"services.{service}.{strength} is none of {', '.join(strengths)}"
                )
            for text in texts:
                if not ear.entry(str(text)).words:
                    raise _wrong(file, f"services.{service}.{strength} has an entry of no words")
                yield str(text), {service: strengths[strength]}, strength == SUPPORT


def _economic(said: Mapping[str, Sequence[str]]) -> Iterator[Weighed]:
    for name in (CAPITAL, REVENUE):
        yield from ((text, {name: 1}, False) for text in said[name])
    yield from ((text, {}, False) for text in said["exceptions"])


def _lexicon(ear: Ear, said: Iterable[Weighed]) -> Lexicon:
    """Entries, those of the same words made one. What one list says, a silent one cannot unsay."""
    entries: dict[frozenset[str], Entry] = {}
    for text, weights, is_support in said:
        entry = ear.entry(text, weights)
        known = entries.get(entry.words)
        shown = known.shown if known else entry.shown
        before = dict(known.weights) if known else {}
        both = {s: max(w, before.get(s, w)) for s, w in weights.items()}
        supports = is_support if known is None else known.is_support and is_support
        entries[entry.words] = Entry(entry.words, shown, before | both, supports)
    return Lexicon(tuple(entries.values()))


def _learnt(ear: Ear, said: Mapping[str, Mapping[str, int]]) -> dict[frozenset[str], Entry]:
    for weights in said.values():
        _whole_numbers(weights, LEARNT)
        for service in weights:
            _known_service(service, LEARNT)
    return whole_entries(said, ear)


def _whole_texts(
    ear: Ear, said: Mapping[str, Sequence[str]], strengths: Mapping[str, int]
) -> dict[frozenset[str], Entry]:
    for service in said:
        _known_service(service, COUNCILS)
    return whole_entries(
        {text: {service: strengths["sure"]} for service, texts in said.items() for text in texts},
        ear,
    )


def _beside(
    ear: Ear, said: Mapping[str, Mapping[str, Mapping[str, int]]]
) -> dict[frozenset[str], dict[frozenset[str], Entry]]:
    return {ear.whole(ear.words(unit)): _learnt(ear, texts) for unit, texts in said.items()}


def _kind(told: Mapping[str, Any]) -> Kind:
    only(told, {"service", "heard"}, where=f"{NATIONAL}, kinds")
    for service in (told["service"], *told["heard"]):
        _known_service(service, NATIONAL)
    return Kind(told["service"], frozenset(told["heard"]))


def _sureness(said: Mapping[str, Any]) -> Sureness:
    steps = sorted((int(lead), int(share)) for lead, share in said["sureness"].items())
    if [share for _, share in steps] != sorted(share for _, share in steps):
        raise _wrong(LEARNT, "a greater lead cannot be less sure (sureness)")
    return Sureness(tuple(steps), int(said["threshold"]))


def _whole_numbers(said: Mapping[str, Any], file: str) -> dict[str, int]:
    if odd := [name for name, number in said.items() if type(number) is not int]:
        raise _wrong(file, f"{', '.join(odd)} must weigh a whole number")
    return dict(said)


def _known_service(service: str, file: str) -> None:
    if service not in services():
        raise _wrong(file, f"{service!r} is no service of services.yaml")


def _wrong(file: str, why: str) -> Refused:
    return Refused(
        f"The words of purposes in {file} cannot be read",
        why=why,
        next_step=f"Put it right in {file}",
    )
