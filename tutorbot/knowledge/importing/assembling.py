"""From drafts to proposals: ids, citations with their credits, and texts that are proved by their quotes."""

import re
from collections.abc import Sequence

from tutorbot.knowledge.fingerprint import provable as long_enough
from tutorbot.knowledge.importing.credits import Credit, credit_at_end, credits_of, work_of
from tutorbot.knowledge.importing.draft import LONGEST_QUOTE, Draft
from tutorbot.knowledge.importing.duplicates import Known
from tutorbot.knowledge.importing.gluing import Ungluer
from tutorbot.knowledge.importing.naming import Names, clipped_term, opening
from tutorbot.knowledge.importing.proposal import Doubt, Proposal
from tutorbot.knowledge.models import Citation, Course, CourseHead, Entry, Item, Source, Work
from tutorbot.knowledge.proof import made_of
from tutorbot.knowledge.text import squeezed

_LONGEST_LINE = 300  # of a sample question


class Assembler:
    """Makes the proposals of one file, so that no id is given twice and repetitions are found."""

    def __init__(self, course: CourseHead, source: Source, ungluer: Ungluer) -> None:
        entries = course.entries if isinstance(course, Course) else ()
        questions = course.questions if isinstance(course, Course) else ()
        self._course, self._source, self._ungluer = course, source, ungluer
        self._names = Names(ids=[entry.id for entry in entries])
        self._known, self._file = Known("course", entries), Known("file")
        self._asked = {squeezed(question.text) for question in questions}

    def proposals(self, draft: Draft, whole: Sequence[str]) -> list[Proposal]:
        """The proposal of a draft and of its parts; ``whole`` are the lines of the segment, for quotes that are too short."""
        entry_id = self._names.new_id(draft.term)
        parts = {at: self.proposals(part, whole) for at, part in draft.parts.items()}
        term, credit = self._without_known_credit(draft.term)
        if not squeezed(term):
            term = (
                opening(draft.statement or " ".join(draft.items)) if squeezed(draft.statement or "") else draft.locator
            )
        statement, own = self._without_known_credit(draft.statement or "")
        lines = (
            list(draft.lines)
            if long_enough("".join(draft.lines)) or len("\n".join(whole)) > LONGEST_QUOTE
            else list(whole)
        )
        citations, works, doubts = self._citations(draft.locator, lines, [one for one in (credit, own) if one])
        statement, items, citations = _proved(statement, draft.items, citations)
        question = draft.question if draft.question and squeezed(draft.question) not in self._asked else None
        if question:
            self._asked.add(squeezed(question))
        entry = Entry(
            id=entry_id,
            term=clipped_term(term) if draft.headed else self._names.new_term(clipped_term(term)),
            topic=self._source.title,
            statement=statement or None,
            items=tuple(
                Item(entry=parts[at][0].id if at in parts else None, text=text) for at, text in enumerate(items)
            ),
            citations=tuple(citations),
            questions=(question[:_LONGEST_LINE],) if question else (),
        )
        by_name = not draft.headed
        duplicate = self._known.find(entry, by_name=by_name) or self._file.find(entry, by_name=by_name)
        if draft.headed:
            entry = entry.model_copy(update={"term": self._names.new_term(entry.term)})
        self._file.add(entry, by_name=by_name)
        glued = self._ungluer.doubtful("\n".join([entry.term, statement, *items]))
        doubts = [*draft.doubts, *doubts, *([Doubt("glued", tuple(glued))] if glued else [])]
        made = Proposal(entry, tuple(dict.fromkeys(doubts)), duplicate, tuple(works))
        return [made, *(_part_of(entry_id, part) for group in parts.values() for part in group)]

    def _without_known_credit(self, text: str) -> tuple[str, Credit | None]:
        """``text`` without the name at its end, if the course knows it as a work's author; else the whole of it."""
        bare, credit = credit_at_end(text)
        if credit is not None and work_of(credit, self._course)[1] is None:
            return bare, credit
        return text, credit

    def _citations(
        self, locator: str, lines: Sequence[str], more: Sequence[Credit]
    ) -> tuple[list[Citation], list[Work], list[Doubt]]:
        """One citation, or one for each stretch of lines that credits another work."""
        stretches: list[tuple[list[str], Credit | None]] = [([], None)]
        for line in lines:
            found = [*credits_of(line), *(one for one in (credit_at_end(line)[1],) if one)]
            current, credit = stretches[-1]
            if found and credit and found[0] != credit and long_enough("".join(current)) and long_enough(line):
                stretches.append(([line], found[0]))
            else:
                stretches[-1] = ([*current, line], credit or (found[0] if found else None))
        citations, works, doubts = [], {}, []
        for number, (held, credit) in enumerate(stretches):
            credit = credit or (more[0] if more and number == 0 else None)  # noqa: PLW2901
            named = None
            if credit is not None:
                named, new = work_of(credit, self._course)
                if new is not None:
                    works[new.id] = new
                    doubts.append(Doubt("credit", (credit.words,)))
            citations.append(Citation(source=self._source.id, locator=locator, quote="\n".join(held), work=named))
        return citations, list(works.values()), doubts


def _part_of(whole: str, part: Proposal) -> Proposal:
    return Proposal(part.entry, part.doubts, part.duplicate_of, part.works, part.part_of or whole)


def _proved(
    statement: str, items: Sequence[str], citations: Sequence[Citation]
) -> tuple[str, Sequence[str], list[Citation]]:
    """Statement, items and citations such that `tutorbot check` finds the texts made of the quotes, word for word."""
    for held in (list(citations), [_bulleted(one) for one in citations]):
        quotes = [one.quote for one in held]
        if (not statement or made_of(statement, quotes)) and all(made_of(item, quotes, item=True) for item in items):
            return statement, items, held
    return "\n".join(one.quote for one in citations), (), list(citations)


def _bulleted(citation: Citation) -> Citation:
    """The quote with a bullet before each line, so that a line that begins with a small letter is seen to begin."""
    lines = [re.sub(r"^[-–*]\s+", "", line) for line in citation.quote.split("\n")]
    return citation.model_copy(update={"quote": "\n".join(f"• {line}" for line in lines)})
