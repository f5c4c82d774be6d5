"""What a person does with a proposal: accept it, or mend it first."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from pydantic import ValidationError

from tutorbot.errors import CourseError
from tutorbot.knowledge.advice import advice
from tutorbot.knowledge.documents import Segment
from tutorbot.knowledge.exporting.mapping import entry_mapping
from tutorbot.knowledge.fingerprint import RUN
from tutorbot.knowledge.importing.proposal import Proposal
from tutorbot.knowledge.models import Citation, Entry, Item
from tutorbot.knowledge.proof import made_of
from tutorbot.knowledge.text import squeezed


def accepted(proposal: Proposal, known: Collection[str] = ()) -> dict[str, Any]:
    """The entry as the mapping that a file below ``entries/`` holds.

    Items link to the entries of ``known`` (ids) only, else they are text. A work that the course does not have is not credited.
    """
    return entry_mapping(proposal.entry, known, without_works={work.id for work in proposal.works})


def mended(
    proposal: Proposal,
    *,
    term: str | None = None,
    statement: str | None = None,
    items: Sequence[str] | None = None,
) -> Proposal:
    """The proposal with what a person changed; raises CourseError with a sentence if that does not fit.

    ``statement`` replaces what the entry says, items too; ``items`` replace its items. Empty lines of ``items`` are dropped, and
    an item that is left as it was keeps its link.
    """
    if statement is not None and items is not None:
        raise CourseError("Give a statement or items, not both.")
    entry = proposal.entry
    data = entry.model_dump(exclude_defaults=True)
    if term is not None:
        data["term"] = term
    if statement is not None:
        data["statement"] = statement
        data.pop("items", None)
    if items is not None:
        links = {item.text: item.entry for item in entry.items}
        data["items"] = [Item(entry=links.get(text), text=text) for text in map(str.strip, items) if text]
    try:
        made = Entry.model_validate(data)
    except ValidationError as error:
        _, sentence = advice(error)
        raise CourseError(f"{sentence[0].upper()}{sentence[1:]}.") from error
    return Proposal(made, (), proposal.duplicate_of, proposal.works, proposal.part_of)


def provable(proposal: Proposal, segments: Sequence[Segment]) -> bool:
    """Whether its quotes stand in ``segments`` where it says, and its texts are made of them word for word."""
    return prover(segments)(proposal)


def prover(segments: Sequence[Segment]) -> Callable[[Proposal], bool]:
    """`provable` for many proposals of one document. It agrees with the fingerprint of ``segments``."""
    held: dict[str, list[str]] = {}
    for segment in segments:
        held.setdefault(squeezed(segment.locator), []).append(squeezed(segment.text))

    def stands(citation: Citation) -> bool:
        texts, quote = held.get(squeezed(citation.locator), []), squeezed(citation.quote)
        return any(quote in text for text in texts) if len(quote) >= RUN else bool(quote) and texts == [quote]

    def proved(proposal: Proposal) -> bool:
        entry = proposal.entry
        quotes = [citation.quote for citation in entry.citations]
        items = [item.text for item in entry.items if item.text]
        said = entry.statement is None or made_of(entry.statement, quotes)
        return all(map(stands, entry.citations)) and said and all(made_of(item, quotes, item=True) for item in items)

    return proved
