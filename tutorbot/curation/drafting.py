"""From a form to an entry, or to what is wrong with the form."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from rapidfuzz import fuzz, process

from tutorbot.curation.citing import Cited, Unproved, cite
from tutorbot.curation.cleaning import cleaned, mention_in, slug
from tutorbot.curation.form import Form, Problem, form_of, item_text
from tutorbot.knowledge import Citation, Course, Entry
from tutorbot.knowledge.fingerprint import Fingerprint
from tutorbot.knowledge.models import Item, Source
from tutorbot.knowledge.overlay import Laid
from tutorbot.knowledge.proof import made_of
from tutorbot.knowledge.text import squeezed

TERM_ROOM = 100
"""Characters of a term or an alias: as many as Discord shows of a suggestion."""
TEXT_ROOM = 2_000
"""Characters of a statement or a quote, and of all items of a list: they fit into one message with what stands around them."""
ITEM_ROOM, ITEMS, ALIASES = 500, 25, 10
LINE_ROOM = 300
"""Characters of a source, a place or a note."""

_ROOM = {"term": TERM_ROOM, "text": TEXT_ROOM, "quote": TEXT_ROOM, "topic": TERM_ROOM}
_REQUIRED = ("term", "source", "quote")
_BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that fits, with the source that it cites. ``unproved`` says why it is a moderator's note, if it is one."""

    entry: Entry
    source: Source
    unproved: Unproved | None

    def laid(self, before: Laid | None = None) -> Laid:
        """What the server is to lay over the entry; sample questions that it has ``before`` stay."""
        questions = before.questions if before else ()
        kept = before.sources if before else ()
        cited = {citation.source for citation in self.entry.citations}
        sources = (*(one for one in kept if one.id in cited and one.id != self.source.id), self.source)
        return Laid(entry=self.entry, questions=questions, sources=sources, works=before.works if before else ())


def draft(
    form: Form,
    course: Course,
    prints: Mapping[str, Fingerprint],
    *,
    editing: Entry | None = None,
    sources: Sequence[Source] = (),
    taken: Collection[str] = (),
) -> Draft | tuple[Problem, ...]:
    """The entry that the form describes, or everything that is wrong with it.

    ``course`` is as the server has it, ``prints`` are the fingerprints by source, ``sources`` what the server has added to the
    course's, ``taken`` ids that may not be used though the course does not show them. What the form does not hold stays as it is in
    ``editing``.
    """
    form = Form(**{name: cleaned(getattr(form, name)) for name in Form.__dataclass_fields__})
    statement, texts = _statement_and_items(form)
    if statement is None and not texts and not (editing and editing.is_bare):
        statement = form.quote
    problems = [*_problems(form, texts), *_taken(form, course, editing)]
    if problems:
        return tuple(problems)
    cited = cite(form.source, form.locator, form.quote, course=course, sources=sources, prints=prints)
    citations = _citations(cited, editing)
    entry = Entry(
        id=editing.id if editing else _new_id(form.term, {*course.by_id, *taken}),
        term=form.term,
        topic=form.topic or (editing.topic if editing else _likely_topic(form, course)),
        aliases=_aliases(form),
        statement=statement,
        items=_items(texts, course, editing),
        citations=citations,
        gloss=form.note or None,
    )
    if editing is not None:
        kept = {name: getattr(editing, name) for name in Entry.model_fields if name not in entry.model_fields_set}
        mended = {
            printed: meant
            for printed, meant in editing.mended.items()
            if any(printed in one.quote for one in citations)
        }
        entry = entry.model_copy(update={**kept, "mended": mended})
    unproved = cited.unproved or (None if _made_of_quotes(entry) else Unproved.OWN_WORDS)
    if editing is not None and not editing.note and _same_words(form, editing, course):
        unproved = None  # only names, topic or note were changed
    return Draft(entry.model_copy(update={"note": unproved is not None}), cited.source, unproved)


def _problems(form: Form, texts: Sequence[str]) -> Iterator[Problem]:
    for name in Form.__dataclass_fields__:
        value = getattr(form, name)
        room = _ROOM.get(name, LINE_ROOM)
        if name in _REQUIRED and not squeezed(value):
            yield Problem(name, "unusable" if value else "missing", words=value)
        elif name != "aliases" and len(value) > room:
            yield Problem(name, "long", room)
        if mention := mention_in(value):
            yield Problem(name, "mention", words=mention)
    if form.text and not squeezed(form.text):
        yield Problem("text", "unusable", words=form.text)
    for name in _aliases(form):
        if not squeezed(name):
            yield Problem("aliases", "unusable", words=name)
        if len(name) > TERM_ROOM:
            yield Problem("aliases", "long", TERM_ROOM, name)
    if len(_aliases(form)) > ALIASES:
        yield Problem("aliases", "many", ALIASES)
    if len(texts) > ITEMS:
        yield Problem("text", "many", ITEMS)
    for text in texts:
        if len(text) > ITEM_ROOM:
            yield Problem("text", "long", ITEM_ROOM, text)


def _taken(form: Form, course: Course, editing: Entry | None) -> Iterator[Problem]:
    own = editing.id if editing else None
    holders = {squeezed(name): entry for entry in course.entries if entry.id != own for name in entry.names}
    for field, name in (("term", form.term), *(("aliases", alias) for alias in _aliases(form))):
        if holder := holders.get(squeezed(name)):
            yield Problem(field, "taken", words=holder.term)


def _aliases(form: Form) -> tuple[str, ...]:
    """The aliases, each name once."""
    names = {squeezed(form.term): form.term}
    found = [one.strip() for one in re.split(r"[\n;]", form.aliases) if one.strip()]
    return tuple(one for one in found if names.setdefault(squeezed(one), one) is one)


def _statement_and_items(form: Form) -> tuple[str | None, Sequence[str]]:
    lines = form.text.split("\n")
    starts = [at for at, line in enumerate(lines) if _BULLET.match(line)]
    if len(starts) < 2:
        return form.text or None, ()
    items = [
        " ".join([_BULLET.sub("", lines[start]), *lines[start + 1 : end]])
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
    return "\n".join(lines[: starts[0]]) or None, items


def _items(texts: Sequence[str], course: Course, editing: Entry | None) -> tuple[Item, ...]:
    """The items; one that names an entry stands for it, and one that was not changed stays as it was."""
    before = {cleaned(item_text(item, course)): item for item in (editing.items if editing else ())}
    names = {squeezed(name): entry.id for entry in course.entries for name in entry.names}
    found = []
    for text in texts:
        name = squeezed(re.split(r"[:–—(]", text, maxsplit=1)[0])
        target = names.get(squeezed(text)) or names.get(name)
        found.append(
            before.get(text) or Item(entry=target if editing is None or target != editing.id else None, text=text)
        )
    return tuple(found)


def _citations(cited: Cited, editing: Entry | None) -> tuple[Citation, ...]:
    """The citation of the form in place of the first one; it keeps the work if it is still from the same place."""
    if editing is None:
        return (cited.citation,)
    first, rest = editing.citations[0], editing.citations[1:]
    new = cited.citation
    if (new.source, new.locator) == (first.source, first.locator):
        new = first if cleaned(first.quote) == new.quote else first.model_copy(update={"quote": new.quote})
    return (new, *rest)


def _made_of_quotes(entry: Entry) -> bool:
    quotes = []
    for citation in entry.citations:
        quote = citation.quote
        for printed, meant in entry.mended.items():
            quote = quote.replace(printed, meant)
        quotes.append(quote)
    texts = [(entry.statement, False), *((item.text, True) for item in entry.items)]
    return all(text is None or made_of(text, quotes, item=item) for text, item in texts)


def _same_words(form: Form, editing: Entry, course: Course) -> bool:
    before = form_of(editing, course)
    return all(cleaned(getattr(before, name)) == getattr(form, name) for name in ("text", "source", "locator", "quote"))


def _new_id(term: str, taken: Collection[str]) -> str:
    base = slug(term) or f"entry-{sha256(term.encode()).hexdigest()[:8]}"
    if base not in taken:
        return base
    return next(one for number in range(2, len(taken) + 3) if (one := f"{base}-{number}") not in taken)


def _likely_topic(form: Form, course: Course) -> str:
    """The topic of the entry whose words are most like the form's."""
    texts = [f"{entry.term} {entry.statement or ''}" for entry in course.entries]
    best = process.extractOne(f"{form.term} {form.text or form.quote}", texts, scorer=fuzz.token_set_ratio)
    assert best is not None  # a course has entries
    return course.entries[best[2]].topic
