"""The fingerprints against which quotes are proved: the course's own documents and those that the server has added."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutorbot.errors import SourceError
from tutorbot.knowledge import Course
from tutorbot.knowledge.fingerprint import Fingerprint, read_fingerprint
from tutorbot.knowledge.models import Entry, Source
from tutorbot.knowledge.proof import made_of
from tutorbot.store.knowledge import KnowledgeStore


@dataclass(frozen=True, slots=True)
class Proofs:
    """Fingerprints by source id, and the server's own sources."""

    prints: Mapping[str, Fingerprint]
    sources: Sequence[Source]


class Prints:
    """Reads fingerprints; those of a shared course once."""

    def __init__(self, knowledge: KnowledgeStore) -> None:
        self._knowledge = knowledge
        self._shipped: dict[str, Mapping[str, Fingerprint]] = {}

    async def of(self, guild: int, course: Course) -> Proofs:
        """What quotes can be proved against on a server. Raises StoreError."""
        if course.id not in self._shipped:
            self._shipped[course.id] = await asyncio.to_thread(_shipped, course)
        own = await self._knowledge.sources(guild, course.id)
        prints = {**self._shipped[course.id], **{key: one for key, (_, one) in own.items()}}
        return Proofs(prints, [source for source, _ in own.values()])


def _shipped(course: Course) -> Mapping[str, Fingerprint]:
    """The fingerprints beside the course's entries; a source without one proves nothing."""
    found = {}
    for source in course.sources:
        try:
            found[source.id] = read_fingerprint(course.folder / "fingerprints" / f"{source.id}.json")
        except SourceError:
            continue
    return found


def is_proved(entry: Entry, prints: Mapping[str, Fingerprint]) -> bool:
    """Whether every quote of an entry stands where it says, and its texts are made of its quotes."""
    quotes = []
    for citation in entry.citations:
        proof = prints.get(citation.source)
        if proof is None or not proof.proves(citation.locator, citation.quote):
            return False
        quote = citation.quote
        for printed, meant in entry.mended.items():
            quote = quote.replace(printed, meant)
        quotes.append(quote)
    texts = [(entry.statement, False), *((item.text, True) for item in entry.items)]
    return all(text is None or made_of(text, quotes, item=item) for text, item in texts)
