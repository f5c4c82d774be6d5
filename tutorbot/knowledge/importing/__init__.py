"""From documents to proposals of entries, which a person accepts, mends or drops.

`propose` reads a file, `accepted` gives an entry as a course keeps it, `written` a file for a course's ``entries/``.
"""

from tutorbot.knowledge.importing.accepting import accepted, mended, provable
from tutorbot.knowledge.importing.duplicates import Nearest
from tutorbot.knowledge.importing.proposal import Doubt, Duplicate, Proposal, Proposed
from tutorbot.knowledge.importing.proposing import IMPORTABLE, Kind, guess_kind, propose
from tutorbot.knowledge.importing.writing import written

__all__ = [
    "IMPORTABLE",
    "Doubt",
    "Duplicate",
    "Kind",
    "Nearest",
    "Proposal",
    "Proposed",
    "accepted",
    "guess_kind",
    "mended",
    "propose",
    "provable",
    "written",
]
