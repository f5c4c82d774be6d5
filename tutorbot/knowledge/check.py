"""Is a course sound? Every quote proved, every statement made of its quotes, every reference resolved."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tutorbot.errors import SourceError
from tutorbot.knowledge.fingerprint import RUN, Fingerprint, provable, read_fingerprint
from tutorbot.knowledge.load import LoadedCourse
from tutorbot.knowledge.models import Course, Entry
from tutorbot.knowledge.proof import made_of
from tutorbot.knowledge.text import squeezed, words
from tutorbot.knowledge.yaml_lines import Place

_TELLING = 4  # letters from which a word of an answer must be the lecture's


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do."""

    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def check_course(loaded: LoadedCourse) -> list[Problem]:
    """All problems of a course, in the order of its files; an empty list if it is sound."""
    rules: Sequence[Callable[[LoadedCourse], Iterator[Problem]]] = (
        _quotes,
        _statements,
        _relations,
        _names,
        _works,
        _questions,
        _cards,
    )
    found = {str(problem): problem for rule in rules for problem in rule(loaded)}
    return sorted(found.values(), key=lambda problem: (str(problem.place.file), problem.place.line, problem.text))


def _quotes(loaded: LoadedCourse) -> Iterator[Problem]:
    course = loaded.course
    prints: dict[str, Fingerprint] = {}
    for source in course.sources:
        try:
            prints[source.id] = read_fingerprint(course.folder / "fingerprints" / f"{source.id}.json")
        except SourceError as error:
            yield Problem(loaded.place("source", source.id), str(error))
    for entry in course.entries:
        for at, citation in enumerate(entry.citations):
            place = loaded.place("citation", (entry.id, at))
            if citation.source not in course.sources_by_id:
                yield Problem(
                    place, f"the source `{citation.source}` is not in course.yaml; add it there or correct the id."
                )
            elif citation.source in prints:
                proof = prints[citation.source]
                if not proof.has_place(citation.locator):
                    yield Problem(place, f"`{citation.source}` has no place “{citation.locator}”; correct the locator.")
                elif not proof.proves(citation.locator, citation.quote):
                    short = f" (a quote needs {RUN} letters or digits)" if not provable(citation.quote) else ""
                    yield Problem(
                        place,
                        f"the quote of `{entry.id}` does not stand at “{citation.locator}” of `{citation.source}`{short};"
                        " copy it from there or correct the locator.",
                    )
            if citation.work_id and citation.work_id not in course.works_by_id:
                yield Problem(
                    place, f"the work `{citation.work_id}` is not in course.yaml; add it there or correct the id."
                )


def _statements(loaded: LoadedCourse) -> Iterator[Problem]:
    for entry in loaded.course.entries:
        place = loaded.place("entry", entry.id)
        quotes = [_mended(citation.quote, entry) for citation in entry.citations]
        texts = [(entry.statement, False), *((item.text, True) for item in entry.items)]
        for text, is_item in texts:
            if text is not None and not made_of(text, quotes, item=is_item):
                yield Problem(
                    place,
                    f"“{_short(text)}” of `{entry.id}` is not made of its quotes; use the lecture's words, quote what is missing,"
                    " or list a mended typing error under `mended`.",
                )
        for printed, meant in entry.mended.items():
            if not any(printed in citation.quote for citation in entry.citations):
                yield Problem(
                    place, f"`{entry.id}` mends “{printed}”, which none of its quotes prints; remove the line."
                )
            elif len(words(meant)) < len(words(printed)):
                yield Problem(
                    place, f"`{entry.id}` mends “{printed}” to fewer words, “{meant}”; mend typing errors only."
                )
        if entry.is_bare and entry.id not in loaded.course.lists_of:
            yield Problem(
                place, f"`{entry.id}` has no statement and is in no list; give it a `statement` or make it an item."
            )


def _mended(quote: str, entry: Entry) -> str:
    for printed, meant in entry.mended.items():
        quote = quote.replace(printed, meant)
    return quote


def _relations(loaded: LoadedCourse) -> Iterator[Problem]:
    known = loaded.course.by_id
    for entry in loaded.course.entries:
        place = loaded.place("entry", entry.id)
        kinds = {
            "items": [item.entry for item in entry.items if item.entry],
            "compares": entry.compares,
            "opposite": entry.opposite,
            "related": entry.related,
            "same_as": entry.same_as,
            "example_of": [entry.example_of] if entry.example_of else [],
        }
        for kind, targets in kinds.items():
            for target in targets:
                if target not in known:
                    yield Problem(
                        place, f"`{kind}` of `{entry.id}` names `{target}`, which is no entry; correct or remove it."
                    )
                elif target == entry.id:
                    yield Problem(place, f"`{kind}` of `{entry.id}` names the entry itself; remove it.")
                elif kind == "items" and (known[target].statement is None) and _item_text(entry, target) is None:
                    yield Problem(place, f"item `{target}` of `{entry.id}` has no statement; give the item a `text`.")
        if len(entry.compares) == 1:
            yield Problem(place, f"`compares` of `{entry.id}` needs at least two entries.")


def _item_text(entry: Entry, target: str) -> str | None:
    return next((item.text for item in entry.items if item.entry == target), None)


def _names(loaded: LoadedCourse) -> Iterator[Problem]:
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for entry in loaded.course.entries:
        for name in entry.names:
            holders[squeezed(name)].append(entry.id)
    for entry in loaded.course.entries:
        for name in entry.names:
            others = [holder for holder in holders[squeezed(name)] if holder != entry.id]
            place = loaded.place("entry", entry.id)
            if not squeezed(name):
                yield Problem(place, f"the name “{name}” of `{entry.id}` has no letter or digit; write one.")
            elif others:
                yield Problem(
                    place, f"“{name}” names both `{entry.id}` and `{others[0]}`; a name may stand for one entry only."
                )
            elif holders[squeezed(name)].count(entry.id) > 1:
                yield Problem(place, f"“{name}” stands twice among the names of `{entry.id}`; remove one.")


def _works(loaded: LoadedCourse) -> Iterator[Problem]:
    used = {citation.work_id for entry in loaded.course.entries for citation in entry.citations}
    for work in loaded.course.works:
        if work.id not in used:
            yield Problem(
                loaded.place("work", work.id), f"no citation credits the work `{work.id}`; cite it or remove it."
            )
    for kind, ids in (("source", _ids(loaded.course, "sources")), ("work", _ids(loaded.course, "works"))):
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield Problem(loaded.place(kind, twice), f"the {kind} `{twice}` stands twice in course.yaml; remove one.")


def _ids(course: Course, kind: str) -> list[str]:
    return [part.id for part in getattr(course, kind)]


def _questions(loaded: LoadedCourse) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for question in loaded.course.questions:
        place = loaded.place("questions", (question.writer, question.entry))
        if question.entry not in loaded.course.by_id:
            yield Problem(place, f"questions are filed under `{question.entry}`, which is no entry; correct the id.")
        first = seen.setdefault(squeezed(question.text) or question.text, question.entry)
        if first != question.entry:
            yield Problem(
                place, f"“{_short(question.text)}” is filed under `{question.entry}` and `{first}`; keep it under one."
            )
    for text in (*loaded.course.outside.near, *loaded.course.outside.far):
        if other := seen.get(squeezed(text)):
            yield Problem(
                loaded.place("outside", text),
                f"“{_short(text)}” is a sample question of `{other}`, too; keep it in one of the two.",
            )


def _cards(loaded: LoadedCourse) -> Iterator[Problem]:
    """Cards that the course team wrote: each asks something of its own, what is right stands in the quotes, what is wrong is not right."""
    seen: dict[str, str] = {}
    for entry in loaded.course.entries:
        place = loaded.place("entry", entry.id)
        # the statement is proved by itself; in quotes words may be glued
        said = squeezed(" ".join([*entry.names, entry.statement or "", *(one.quote for one in entry.citations)]))
        names = set(map(squeezed, entry.names))
        for card in entry.cards:
            asked = _short(card.question)
            first = seen.setdefault(squeezed(card.question) or card.question, entry.id)
            if first != entry.id:
                yield Problem(
                    place, f"the card “{asked}” of `{entry.id}` is asked by `{first}`, too; keep one of them."
                )
            for right in (*filter(None, [card.key]), *card.items):
                new = [word for word in words(right) if (len(word) >= _TELLING or word.isdigit()) and word not in said]
                if new:
                    yield Problem(
                        place,
                        f"“{_short(right)}” of the card “{asked}” is not in the quotes of `{entry.id}` (“{new[0]}”); "
                        "use the lecture's words or cite where they stand.",
                    )
            if card.key is not None and squeezed(card.key) in names:
                for wrong in card.distractors:
                    if squeezed(wrong) in names:
                        yield Problem(
                            place,
                            f"“{_short(wrong)}” of the card “{asked}” is a name of `{entry.id}`, too: it is right; replace it.",
                        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
