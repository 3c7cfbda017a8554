"""Themes proposed by the machine, here and without any service elsewhere; a person finishes them.

Answers are cut into sentences, and sentences that share unusual words are put together. The search
is by **peeling**: the commonest themes are found (TF-IDF, Spärck Jones 1972; k-means on the sphere,
Dhillon and Modha 2001), what they explain well is laid aside, and the search is made again on what
is left, so that a theme of a few people is not swallowed by one of many. What fits no theme is said
to fit none and is read by a person. A seed makes the same answers give the same themes.

scikit-learn (the extra `text`) is loaded only here and when it is needed; without it themes are
made by hand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Final

import numpy as np

from totalplace.participation.rules.public.abuse import same_words
from totalplace.participation.rules.public.plain_words import PLAIN
from totalplace.refusal import Refused

SEED: Final = 1979
LEAST: Final = 4  # sentences in a theme; fewer are left for a person to read
_ROUNDS: Final = 6
_EXPLAINED: Final = 0.34  # cosine to its theme above which a sentence is laid aside
_BELONGS: Final = 0.34  # and above which it belongs to a theme at all
_ALIKE: Final = 0.55  # cosine of two themes that are one
_APART: Final = 0.5  # cosine of two parts of a theme, below which they are two
_COHERES: Final = 0.12  # mean cosine between the sentences of a theme, below which it is none
_TOGETHER: Final = 2  # sentences in which two words stand, before they keep company
_COMPANY: Final = 12  # words that a word keeps company with
_FAINTER: Final = 0.6  # weight of company beside a sentence's own words
_SETTLES: Final = 8  # turns in which centres move to the middle of what is like them
_MOST_AT_ONCE: Final = 60  # themes looked for in one round
_MOST_A_SENTENCE: Final = 2  # themes of one sentence
_SHOWN_WORDS: Final = 8
_END: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
_WORD: Final = re.compile(r"[^\W\d_][\w’']+")
_SHORT: Final = 3  # words: less goes with the sentence before

Seen = Callable[[str, int, int], None]
Vectors = Any  # rows of unit length, sparse: sentences by words


@dataclass(frozen=True, slots=True)
class Found:
    """A theme as the machine proposes it: its words, and each answer with its weight of 1,000."""

    words: tuple[str, ...]
    answers: Mapping[str, int]

    @property
    def near(self) -> list[str]:
        """Its answers, those most like it first."""
        return sorted(self.answers, key=lambda one: (-self.answers[one], one))


@dataclass(frozen=True, slots=True)
class Proposal:
    """The themes that were found, the largest first, and the answers that fit none."""

    themes: tuple[Found, ...]
    unplaced: tuple[str, ...]
    seed: int


def can_find() -> bool:
    """Whether the machine can propose themes here, or they have to be made by hand."""
    return find_spec("sklearn") is not None


def _unseen(words: str, done: int, total: int) -> None:
    """Nobody waits to be told."""


def propose(answers: Mapping[str, str], *, seed: int = SEED, seen: Seen = _unseen) -> Proposal:
    """Themes of free answers, each by its name. Raises Refused where the extra is not installed.

    An answer may be in several themes, by its sentences; the same words sent often are looked at
    once. Its weight in a theme is how like the theme its likest sentence is, in thousandths.
    """
    if not can_find():
        raise Refused(
            "No themes can be proposed",
            why="the part of this program that finds them is not installed",
            next_step="Install totalplace[text], or make the themes by hand",
        )
    units = _Units.of(answers)
    themes = [*_alike(units, seed, seen)]
    themes += _repeated(units, {answer for theme in themes for answer in theme.answers})
    themes.sort(key=lambda theme: (-len(theme.answers), theme.words))
    placed = {answer for theme in themes for answer in theme.answers}
    return Proposal(tuple(themes), tuple(a for a in answers if a not in placed), seed)


def _alike(units: _Units, seed: int, seen: Seen) -> list[Found]:
    """Themes of sentences that are alike; none of so few that nothing can be told."""
    if len(units.texts) < 2 * LEAST:
        return []
    vectors, names = _vectors(units)
    if vectors is None:
        return []
    return _belonging(vectors, _peel(vectors, units.counts, seed, seen), units, names)


def _repeated(units: _Units, placed: set[str]) -> list[Found]:
    """A theme for each sentence that many sent word for word, and that belongs to no other."""
    found = []
    for text, answers in zip(units.texts, units.answers, strict=True):
        if len(answers) >= LEAST and not placed & set(answers):
            words = tuple(dict.fromkeys(
                w.casefold() for w in _WORD.findall(text) if w.casefold() not in PLAIN
            ))[:_SHOWN_WORDS]  # fmt: skip
            found.append(Found(words, dict.fromkeys(answers, 999)))
    return found


@dataclass(slots=True)
class _Units:
    """Each different sentence once, and the answers that hold it."""

    texts: list[str] = field(default_factory=list)
    answers: list[list[str]] = field(default_factory=list)

    @classmethod
    def of(cls, answers: Mapping[str, str]) -> _Units:
        units, at = cls(), dict[str, int]()
        for name, text in answers.items():
            for sentence in sentences(text):
                key = same_words(sentence)
                if key not in at:
                    at[key] = len(units.texts)
                    units.texts.append(sentence)
                    units.answers.append([])
                if name not in units.answers[at[key]]:
                    units.answers[at[key]].append(name)
        return units

    @property
    def counts(self) -> Sequence[int]:
        return [len(names) for names in self.answers]


def sentences(text: str) -> list[str]:
    """The sentences of an answer; a scrap goes with the one before it."""
    found: list[str] = []
    for part in (one.strip() for one in _END.split(text)):
        words = len(_WORD.findall(part))
        if words and found and words < _SHORT:
            found[-1] = f"{found[-1]} {part}"
        elif words:
            found.append(part)
    return found


def stem(word: str) -> str:
    """A word without the commonest English endings, so that bus and buses are one."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").strip("'")
    for ending, kept in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"),
                         ("ses", "s"), ("ing", ""), ("ed", ""), ("s", "")):  # fmt: skip
        root = plain.removesuffix(ending)
        if root != plain and len(root) > 2 and not (ending == "s" and root[-1] in "su"):
            return _undoubled(root) + kept if ending in ("ing", "ed") else root + kept
    return plain


def _undoubled(root: str) -> str:
    doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz"
    return root[:-1] if doubled else root.removesuffix("e")


def _tokens(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text) if word.casefold() not in PLAIN]


def _vectors(units: _Units) -> tuple[Vectors | None, dict[str, str]]:
    """Sentences as vectors, and each stem as it is most often written."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    written: dict[str, Counter[str]] = defaultdict(Counter)
    for text in units.texts:
        for word in _WORD.findall(text):
            written[stem(word)][word.casefold()] += 1
    names = {root: forms.most_common(1)[0][0] for root, forms in written.items()}
    often = max(0.2, min(1.0, 20 / len(units.texts)))
    maker = TfidfVectorizer(
        tokenizer=_tokens, token_pattern=None, lowercase=False,
        min_df=2, max_df=often, sublinear_tf=True,
    )  # fmt: skip
    try:
        vectors = maker.fit_transform(units.texts)
    except ValueError:  # no word stands in two sentences
        return None, names
    columns = [str(word) for word in maker.get_feature_names_out()]
    return _Words(_widened(vectors), columns), names


def _widened(vectors: Any) -> Any:
    """Sentences with, more faintly, the words that keep company with their own.

    Two people seldom use the same words for the same thing: "no bus at six" and "students miss
    college" are alike only by others who say both. Company is positive pointwise mutual information
    (Church and Hanks 1990), the strongest few for each word.
    """
    from sklearn.preprocessing import normalize

    there = (vectors > 0).astype(float)
    both = (there.T @ there).tocoo()
    often = np.asarray(there.sum(axis=0)).ravel()
    kept = (both.row != both.col) & (both.data >= _TOGETHER)
    row, column, together = both.row[kept], both.col[kept], both.data[kept]
    company = np.log(together * vectors.shape[0] / (often[row] * often[column]))
    company *= 1 - 1 / together  # what was seen twice may be chance
    strong = company > 0
    matrix = type(vectors)((company[strong], (row[strong], column[strong])), shape=both.shape)
    matrix = normalize(_strongest(matrix, _COMPANY))
    return normalize(vectors + _FAINTER * normalize(vectors @ matrix))


def _strongest(matrix: Any, most: int) -> Any:
    """A square matrix with only the largest few of each row."""
    for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
        if end - start > most:
            values = matrix.data[start:end]
            values[values < np.partition(values, -most)[-most]] = 0
    matrix.eliminate_zeros()
    return matrix


@dataclass(frozen=True, slots=True)
class _Words:
    """Vectors, and the word that each of their columns stands for."""

    rows: Any
    columns: list[str]


def _peel(vectors: _Words, counts: Sequence[int], seed: int, seen: Seen) -> Any:
    """The centres of themes: found among all, then among what those did not explain, and so on."""
    left = np.arange(vectors.rows.shape[0])
    centres = np.zeros((0, vectors.rows.shape[1]))
    for turn in range(_ROUNDS):
        seen("Looking for themes", turn, _ROUNDS)
        rows = vectors.rows[left]
        found = _centres_of(rows, np.asarray(counts)[left], seed + turn)
        if not len(found):
            break
        centres = _merged(np.vstack([centres, found]))
        likeness = np.asarray(vectors.rows[left] @ centres.T)
        left = left[likeness.max(axis=1) < _EXPLAINED]
        if len(left) < LEAST:
            break
    return _settled(vectors.rows, _parted(vectors.rows, centres, seed))


def _parted(rows: Any, centres: Any, seed: int) -> Any:
    """Centres of which each that holds two themes has become two, and so on until none does."""
    waiting, kept = [*centres], list[Any]()
    while waiting:
        centre = waiting.pop()
        both = _two_of(rows[_nearest(rows, centre, [*waiting, *kept])], seed)
        if both is None:
            kept.append(centre)
        else:
            waiting += both
    return np.array(kept) if kept else centres


def _settled(rows: Any, centres: Any) -> Any:
    """Centres moved to the middle of the sentences that are nearest to each, until they stay.

    A centre was found among sentences of its round alone; now it is that of all that are like it.
    """
    for _ in range(_SETTLES if len(centres) else 0):
        likeness = np.asarray(rows @ centres.T)
        nearest = np.where(likeness.max(axis=1) >= _BELONGS, likeness.argmax(axis=1), -1)
        moved = []
        for at, centre in enumerate(centres):
            mine = rows[np.flatnonzero(nearest == at)]
            fits = mine.shape[0] >= LEAST
            moved.append(_unit(np.asarray(mine.sum(axis=0)).ravel()) if fits else centre)
        centres = np.array(moved)
    return centres


def _nearest(rows: Any, centre: Any, others: Sequence[Any]) -> Any:
    """The sentences that belong to a centre more than to any other."""
    mine = np.asarray(rows @ centre).ravel()
    belongs = mine >= _BELONGS
    if others:
        belongs &= mine >= np.asarray(rows @ np.array(others).T).max(axis=1)
    return np.flatnonzero(belongs)


def _two_of(rows: Any, seed: int) -> list[Any] | None:
    """The centres of two themes that stand in these sentences; None where they are one."""
    from sklearn.cluster import KMeans

    if rows.shape[0] < 2 * LEAST:
        return None
    labels = KMeans(n_clusters=2, n_init=10, random_state=seed).fit_predict(rows)
    parts = [rows[np.flatnonzero(labels == label)] for label in (0, 1)]
    if min(part.shape[0] for part in parts) < LEAST:
        return None
    one, other = (_unit(np.asarray(part.sum(axis=0)).ravel()) for part in parts)
    return None if float(one @ other) >= _APART else [one, other]


def _centres_of(rows: Any, counts: Any, seed: int) -> Any:
    """Centres of the groups of sentences that hang together; one more often sent weighs more."""
    from sklearn.cluster import KMeans

    several = int(min(_MOST_AT_ONCE, max(2, np.sqrt(rows.shape[0]) * 1.2), rows.shape[0] // 2))
    maker = KMeans(n_clusters=several, n_init=3, random_state=seed, max_iter=60)
    labels = maker.fit_predict(rows, sample_weight=np.log1p(counts))
    found = []
    for label in range(several):
        mine = rows[np.flatnonzero(labels == label)]
        if mine.shape[0] < LEAST:
            continue
        centre = _unit(np.asarray(mine.sum(axis=0)).ravel())
        core = mine[np.flatnonzero(np.asarray(mine @ centre).ravel() >= _EXPLAINED)]
        if core.shape[0] >= LEAST and _coherence(core) >= _COHERES:
            found.append(_unit(np.asarray(core.sum(axis=0)).ravel()))
    return np.array(found) if found else np.zeros((0, rows.shape[1]))


def _unit(vector: Any) -> Any:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _coherence(rows: Any) -> float:
    """The mean likeness of two different sentences of a group, from the length of their sum."""
    n = rows.shape[0]
    total = np.asarray(rows.sum(axis=0)).ravel()
    return float((total @ total - n) / (n * (n - 1)))


def _merged(centres: Any) -> Any:
    """Centres of which two that are alike have become one, the likest first."""
    kept = [*centres]
    while len(kept) > 1:
        matrix = np.array(kept)
        likeness = matrix @ matrix.T
        np.fill_diagonal(likeness, 0)
        one, other = divmod(int(likeness.argmax()), len(kept))
        if likeness[one, other] < _ALIKE:
            break
        both = _unit(kept[one] + kept[other])
        kept = [c for n, c in enumerate(kept) if n not in (one, other)] + [both]
    return np.array(kept)


def _belonging(
    vectors: _Words, centres: Any, units: _Units, names: Mapping[str, str]
) -> list[Found]:
    """Each theme with the answers of which a sentence belongs to it."""
    if not len(centres):
        return []
    likeness = np.asarray(vectors.rows @ centres.T)
    order = np.argsort(-likeness, axis=1)[:, :_MOST_A_SENTENCE]
    answers: list[dict[str, int]] = [{} for _ in centres]
    for unit, themes in enumerate(order):
        for place, theme in enumerate(themes):
            like = float(likeness[unit, theme])
            if like < (_BELONGS if place == 0 else _EXPLAINED):
                continue
            weight = max(1, round(1_000 * min(1.0, like)))
            for name in units.answers[unit]:
                answers[theme][name] = max(weight, answers[theme].get(name, 0))
    return [
        Found(_words_of(centre, vectors.columns, names), mine)
        for centre, mine in zip(centres, answers, strict=True)
        if len(mine) >= LEAST
    ]


def _words_of(centre: Any, columns: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The words that tell a theme best, as they are most often written."""
    best = [columns[int(n)] for n in np.argsort(-centre)[:_SHOWN_WORDS] if centre[int(n)] > 0]
    return tuple(names.get(word, word) for word in best)
