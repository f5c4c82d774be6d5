"""Where a moderator says that it stands, and whether that can be proved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tutorbot.curation.cleaning import slug
from tutorbot.knowledge import Citation, Course
from tutorbot.knowledge.fingerprint import Fingerprint, provable
from tutorbot.knowledge.models import Source
from tutorbot.knowledge.text import squeezed


class Unproved(StrEnum):
    """Why an entry is a moderator's note."""

    UNKNOWN_SOURCE = "unknown-source"
    """There is no fingerprint of the source."""
    NO_PLACE = "no-place"
    """The source has no such place, and the quote stands nowhere in it, or in several places."""
    SHORT = "short"
    """The quote is too short to be proved."""
    NOT_THERE = "not-there"
    """The quote does not stand at that place."""
    OWN_WORDS = "own-words"
    """The quote is proved, but the text is not made of it."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its source, and what keeps it from being proved."""

    citation: Citation
    source: Source
    unproved: Unproved | None


def cite(
    source: str,
    locator: str,
    quote: str,
    *,
    course: Course,
    sources: Sequence[Source],
    prints: Mapping[str, Fingerprint],
) -> Cited:
    """The citation that was meant; ``sources`` are the server's own. A place may be named by its beginning ("slide 4")."""
    known = {one.id: one for one in (*sources, *course.sources)}
    found = _known(source, known.values()) or Source(id=_new_id(source, known), title=source)
    proof = prints.get(found.id)
    if proof is None:
        return Cited(_citation(found, locator or source, quote), found, Unproved.UNKNOWN_SOURCE)
    spelt = {
        squeezed(one.locator): one.locator
        for entry in course.entries
        for one in entry.citations
        if one.source == found.id
    }
    place = _place(locator, quote, proof, {**proof.names, **spelt})
    citation = _citation(found, place or locator or found.title, quote)
    if place is None:
        return Cited(citation, found, Unproved.NO_PLACE)
    if proof.proves(place, quote):
        return Cited(citation, found, None)
    return Cited(citation, found, Unproved.NOT_THERE if provable(quote) else Unproved.SHORT)


def _citation(source: Source, locator: str, quote: str) -> Citation:
    return Citation(source=source.id, locator=locator, quote=quote)


def _known(typed: str, sources: Collection[Source]) -> Source | None:
    """The source of that id or title, or the only one whose title or kind begins like that ("slides")."""
    wanted = squeezed(typed)
    exact = [one for one in sources if wanted in (squeezed(one.id), squeezed(one.title))]
    near = [one for one in sources if wanted and squeezed(one.title).startswith(wanted)]
    found = exact or near
    return found[0] if len(found) == 1 or exact else None


def _new_id(title: str, known: Collection[str]) -> str:
    base = slug(title) or "source"
    numbered = (f"{base}-{number}" for number in range(2, len(known) + 3))
    return next(one for one in (base, *numbered) if one not in known)


def _place(locator: str, quote: str, proof: Fingerprint, names: Mapping[str, str]) -> str | None:
    """The name of the place, as the course spells it; where the quote stands, if no place is named so."""
    wanted = squeezed(locator)
    if wanted in proof.runs:
        return names.get(wanted, locator)
    # "slide 4" is not the beginning of "slide 41"
    begun = [key for key in proof.runs if wanted and key.startswith(wanted) and not key[len(wanted)].isdigit()]
    stands = [squeezed(place) for place in proof.places_of(quote)]
    for found in (begun, [key for key in stands if key in begun], [] if begun else stands):
        if len(found) == 1:
            return names.get(found[0], locator)
    return None
