"""Made-up answers to a consultation, in which themes are planted; the truth is known of each.

Sentences are drawn from a theme's own nouns, verbs and reasons, in many frames that all themes share,
with opinions for and against, slips of the keyboard, filler that belongs to no theme, and answers
that hold several themes. No sentence is written out whole, so that the same words are rare.
"""

# ruff: noqa: E501  (a theme is read best in three lines)
from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

# Each theme: things, what is done or happens, why it matters.
THEMES: dict[str, tuple[str, str, str]] = {
    "buses": (
        "the bus|the number 12 bus|evening buses|bus routes|the bus timetable|our bus service|bus fares",
        "comes every two hours|stops at six o'clock|was cut last year|never turns up|costs too much",
        "people cannot get to work without a car|older people are stuck at home|students miss college",
    ),
    "youth clubs": (
        "the youth club|youth workers|places for teenagers|activities for young people|the skate park",
        "closed two years ago|are being cut again|is open one night a week|would keep teenagers busy",
        "kids hang around the shops|young people have nowhere to go|it stops trouble before it starts",
    ),
    "social care": (
        "home carers|adult social care|the care home fees|my mother's carer|care visits|respite care",
        "come for fifteen minutes|keep changing every week|are paid too little|cost all our savings",
        "family carers are exhausted|nobody checks on the elderly|she was left without a meal",
    ),
    "roads": (
        "potholes|the road surface|resurfacing|pavements|the junction by the station|kerbs",
        "are patched and break up again|wreck tyres and bikes|are left for months|need proper repair",
        "my wheel was broken twice|a cyclist was hurt|mobility scooters cannot pass",
    ),
    "gp appointments": (
        "a doctor's appointment|the GP surgery|the health centre|the eight o'clock phone queue",
        "takes three weeks|is impossible to get|sends everybody to A&E|lost two doctors",
        "people give up and get worse|I waited an hour on the phone|the hospital is overrun",
    ),
    "housing": (
        "council houses|affordable rent|the housing list|new flats|temporary accommodation|landlords",
        "are sold off|has years of waiting|puts families in one room|charge what they like",
        "my children will never afford a home here|key workers move away|families live in mould",
    ),
    "council tax": (
        "council tax|the tax bill|band D charges|rates|the precept",
        "goes up every year|is the highest around|cannot rise again|pays for less and less",
        "pensioners choose between heating and eating|wages have not kept up|we are squeezed dry",
    ),
    "recycling": (
        "bin collections|recycling boxes|food waste caddies|the tip|garden waste bins",
        "are missed every other week|take hardly any plastics|has to be booked online|overflow",
        "rats come into the alley|fly-tipping has doubled|rubbish blows down the street",
    ),
    "schools": (
        "school places|class sizes|teaching assistants|school meals|special needs support|SEND plans",
        "are oversubscribed|take a year to arrange|have been cut to the bone|fail autistic children",
        "my son is out of school|teachers are leaving|parents fight for every hour",
    ),
    "parks": (
        "the park|playgrounds|football pitches|green spaces|trees along the river|benches",
        "are full of broken glass|are not mown|should be protected from building|need lighting",
        "it is the only green place we have|children play in the road|walking keeps people well",
    ),
    "crime": (
        "the police|patrols|burglaries|drug dealing|the police station|shoplifting",
        "never come out|has shut its front desk|happens in broad daylight|goes unpunished",
        "people are afraid after dark|shops are closing|nobody bothers to report it",
    ),
    "libraries": (
        "the library|library hours|librarians|children's story time|free computers",
        "is open three half days|is run by volunteers now|should stay open on Saturdays",
        "it is warm and free|jobseekers need the internet|toddlers learn to love books",
    ),
}
SMALL: dict[str, tuple[str, str, str]] = {
    "british sign language": (
        "British Sign Language interpreters|BSL interpreters|sign language interpreting|deaf residents",
        "must be booked a month ahead|are missing at public meetings|have to rely on a relative",
        "a deaf person cannot follow the meeting|signing is our first language|lip reading fails",
    ),
    "moorings": (
        "canal moorings|boaters on the towpath|narrowboats|the water point by the lock",
        "have no rubbish point|are moved on every fortnight|was switched off in winter",
        "liveaboard families have no address|boat dwellers count as residents|the lock is our street",
    ),
    "burial": (
        "the Muslim burial plots|graves facing Qibla|same day burial|the cemetery's burial fees",
        "are nearly full|is not possible at weekends|double for people from outside",
        "families bury relatives in another town|our faith asks for burial without delay",
    ),
    "stoma toilets": (
        "changing places toilets|toilets for ostomy bags|public toilets with a shelf|a stoma friendly loo",
        "are locked after four|were shut in the precinct|have no hook or shelf|need a radar key",
        "people with a stoma stay at home|colitis does not wait|I plan every trip by toilets",
    ),
    "allotment water": (
        "allotment plots|the allotment waiting list|water butts on allotments|the allotment association",
        "was capped at forty names|has one tap for ninety plots|are let without sheds",
        "growing vegetables saves us money|plot holders carry cans half a mile",
    ),
    "travellers": (
        "the Traveller site|Gypsy and Traveller pitches|our caravans|the site warden",
        "floods every winter|has two electric hook-ups|is never consulted|were promised in 2019",
        "children miss school when we are moved|our trailers are homes too",
    ),
}
_FRAMES = (
    "{thing} {does}.", "{Thing} {does} and {why}.", "I think {thing} {does}, so {why}.",
    "Please look at {thing}: {why}.", "The problem is that {thing} {does}.",
    "{Why} because {thing} {does}.", "In our street {why}.", "Why is it that {thing} {does}?",
    "Nothing is said here of {thing}.", "You should spend more on {thing}, as {why}.",
    "I disagree: {thing} should come last.", "My main worry is {thing}.",
    "We all know that {thing} {does}.", "Since {why}, {thing} must come first.",
)  # fmt: skip
_FILLER = (
    "Thank you for asking us.", "I have lived here all my life.", "I hope somebody reads this.",
    "The council never listens anyway.", "It is what it is.", "See my answer above.",
    "This survey is far too long.", "Good luck with it all.", "Nothing else to add.",
    "I filled this in on my phone.", "The plan seems sensible.", "More detail would be nice.",
    "Somebody should be accountable for the decisions.", "Money is tight everywhere.",
)  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """Answers by name, and the themes that stand in each."""

    answers: dict[str, str]
    truth: dict[str, set[str]]

    def of(self, theme: str) -> set[str]:
        """The answers in which a theme stands."""
        return {name for name, themes in self.truth.items() if theme in themes}


def _choose(chance: random.Random, said: str) -> str:
    return chance.choice(said.split("|"))


def _slip(chance: random.Random, text: str) -> str:
    """One slip of the keyboard: two letters turned."""
    if len(text) < 12 or chance.random() > 0.15:
        return text
    at = chance.randrange(2, len(text) - 3)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def sentence(chance: random.Random, parts: Sequence[str]) -> str:
    """A sentence on a theme."""
    thing, does, why = (_choose(chance, part) for part in parts)
    frame = chance.choice(_FRAMES)
    said = frame.format(
        thing=thing, does=does, why=why, Thing=thing.capitalize(), Why=why.capitalize()
    )
    return _slip(chance, said[0].upper() + said[1:])


def planted(
    chance: random.Random, several: int, small: dict[str, int], *, filler: float = 0.08
) -> Planted:
    """So many answers; `small` says in how many of them each small theme stands.

    Half of those who hold a small theme say something on a large one too.
    """
    large, answers, truth = list(THEMES), dict[str, str](), dict[str, set[str]]()
    shares = [1 / (rank + 2) for rank in range(len(large))]
    plan = [theme for theme, count in small.items() for _ in range(count)]
    plan += [""] * (several - len(plan))
    chance.shuffle(plan)
    for number, minority in enumerate(plan, start=1):
        name, said, themes = f"{number}.1", list[str](), set[str]()
        if minority:
            themes.add(minority)
            said += [sentence(chance, SMALL[minority]) for _ in range(chance.choice((1, 1, 2)))]
        if not minority and chance.random() < filler:
            said += chance.sample(_FILLER, chance.choice((1, 2)))
        elif not minority or chance.random() < 0.5:
            several_on = chance.choices(large, shares, k=chance.choice((1, 1, 2, 3)))
            for theme in dict.fromkeys(several_on):
                themes.add(theme)
                more = chance.choice((1, 1, 2))
                said += [sentence(chance, THEMES[theme]) for _ in range(more)]
        chance.shuffle(said)
        answers[name], truth[name] = " ".join(said), themes
    return Planted(answers, truth)
