"""Names of proposed entries: terms that people read, ids that nothing else has."""

import re
import unicodedata
from collections.abc import Collection

from tutorbot.knowledge.text import squeezed, words

LONGEST_TERM = 120
_WORDS_OF_OPENING = 7

_ASKING = re.compile(
    r"^(?:definition|define|meaning|term)(?:\s+of)?\s*[:\-–]?\s+(?=\S)"
    r"|^what (?:is|are)(?: meant by)?(?: (?:an?|the))?\s+(?=[^?]{2,40}\?$)",
    re.IGNORECASE,
)


def term_of(front: str) -> str:
    """What a card's front or a heading calls the thing: "Definition: Cell" and "What is a cell?" ask for "Cell"."""
    text = " ".join(front.split()).strip(" :–-")
    asked = _ASKING.sub("", text)
    if asked != text:
        asked = asked.rstrip("?").strip()
        text = asked[:1].upper() + asked[1:] if asked else text
    return clipped_term(text)


def opening(text: str) -> str:
    """The first words of a text, for want of a name."""
    held = text.split()
    return clipped_term(
        " ".join(held[:_WORDS_OF_OPENING]).rstrip(".,;:") + ("…" if len(held) > _WORDS_OF_OPENING else "")
    )


def clipped_term(text: str) -> str:
    """``text`` in at most LONGEST_TERM characters."""
    return text if len(text) <= LONGEST_TERM else text[: LONGEST_TERM - 1].rsplit(" ", 1)[0] + "…"


def slug(text: str) -> str:
    """Lower-case words joined by hyphens, at most 60 letters; "entry" where the text has no Latin letter or digit."""
    latin = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    made = "-".join(words(latin))
    return (made if len(made) <= 60 else made[:60].rpartition("-")[0] or made[:60]) or "entry"


class Names:
    """Terms and ids that are taken."""

    def __init__(self, ids: Collection[str] = (), terms: Collection[str] = ()) -> None:
        self._ids = set(ids)
        self._terms = {squeezed(term) for term in terms}

    def new_id(self, term: str) -> str:
        """An id for ``term`` that is free, and from now on taken."""
        base = slug(term)
        made, number = base, 2
        while made in self._ids:
            made, number = f"{base}-{number}", number + 1
        self._ids.add(made)
        return made

    def new_term(self, term: str) -> str:
        """``term``, with a number in brackets where it is taken."""
        made, number = term, 2
        while squeezed(made) in self._terms or not squeezed(made):
            made, number = f"{term} ({number})", number + 1
        self._terms.add(squeezed(made))
        return made
