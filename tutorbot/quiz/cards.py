"""Drawing cards from the entries of a course."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from tutorbot.knowledge import Citation, Course, Entry
from tutorbot.knowledge.text import squeezed
from tutorbot.quiz.blanking import Blanking
from tutorbot.quiz.card import FALSE, TRUE, Card, CardKind, Cited, ListItem, Option, Reason
from tutorbot.quiz.crediting import Crediting
from tutorbot.quiz.distractors import Distractor, Distractors
from tutorbot.quiz.nearness import Nearness
from tutorbot.quiz.telling_apart import TellingApart, bare_name
from tutorbot.quiz.typeable import typeable, typed_names

# A choice between two is what true or false is for.
_FEWEST_WRONG = 2


class CardMaker:
    """Makes the cards of one course. Build it once for a course: what tells entries apart is worked out here and kept."""

    def __init__(self, course: Course, nearness: Nearness | None = None) -> None:
        self.course = course
        self.apart = TellingApart(course, nearness)
        self._distractors = Distractors(course, self.apart)
        blanking = Blanking(course)
        self._blanked = {entry.id: blanking.without_term(entry) for entry in course.entries}
        self._crediting = Crediting(course, self.apart)

    def cards(self, rng: Random) -> list[Card]:
        """Every card of the course. ``rng`` chooses distractors and shuffles options; ids are the same each time."""
        return [card for entry in self.course.entries for card in self.cards_of(entry, rng)]

    def cards_of(self, entry: Entry, rng: Random) -> Iterator[Card]:
        """The cards that ask about one entry, the authored ones last."""
        makers: Sequence[Callable[[Entry, Random], Iterator[Card]]] = (
            self._choose_term,
            self._choose_definition,
            self._type_term,
            self._who_said_it,
            self._true_or_false,
            self._name_them_all,
            self._authored,
        )
        cited = tuple(map(self._cited, entry.citations))
        shown = {"term": entry.term, "note": entry.note, "cited": cited}
        for make in makers:
            yield from (card.model_copy(update=shown) for card in make(entry, rng))

    def _cited(self, citation: Citation) -> Cited:
        source = self.course.sources_by_id.get(citation.source)
        work = self.course.works_by_id.get(citation.work_id or "")
        title = source.title if source is not None else citation.source
        return Cited(title=title, work=work.cited(citation.pages) if work is not None else None)

    def _choose_term(self, entry: Entry, rng: Random) -> Iterator[Card]:
        prompt = self._statement(entry)
        if prompt is not None:
            yield from self._choice(CardKind.CHOOSE_TERM, entry, prompt, self._term, rng)

    def _choose_definition(self, entry: Entry, rng: Random) -> Iterator[Card]:
        if self._statement(entry) is not None:
            yield from self._choice(CardKind.CHOOSE_DEFINITION, entry, entry.term, self._statement, rng)

    def _type_term(self, entry: Entry, rng: Random) -> Iterator[Card]:
        prompt = self._statement(entry)
        if prompt is None or not typeable(entry):
            return
        accept = typed_names(entry, prompt)
        if accept and accept[0] == bare_name(entry.term):
            rivals = [one.text for one in self._distractors.of(entry, self._term, rng)]
            yield _card(CardKind.TYPE_TERM, entry, prompt, accept=accept, rivals=tuple(map(bare_name, rivals)))

    def _who_said_it(self, entry: Entry, rng: Random) -> Iterator[Card]:
        credit = self._crediting.credit(entry)
        if credit is not None:
            wrong = [
                Option(text=name, wrong=Reason.OTHER_AUTHOR)
                for name in rng.sample(credit.others, min(3, len(credit.others)))
            ]
            yield from _chosen(
                CardKind.WHO_SAID_IT, entry, credit.prompt, Option(text=credit.author, entry=entry.id), wrong, rng=rng
            )

    def _true_or_false(self, entry: Entry, rng: Random) -> Iterator[Card]:
        own = self._statement(entry)
        if own is None or own.endswith("?"):
            return
        if not entry.errata:  # what the lecture prints wrong is not to be called true
            options = (Option(text=TRUE, entry=entry.id), Option(text=FALSE, wrong=Reason.OWN_STATEMENT))
            yield _card(CardKind.TRUE_OR_FALSE, entry, own, name=f"{entry.id}:{TRUE}", options=options, key=0)
        swapped = self._distractors.of(entry, self._assertion, rng, count=1)
        for one in swapped:
            options = (Option(text=TRUE, entry=one.entry.id, wrong=one.reason), Option(text=FALSE, entry=entry.id))
            yield _card(CardKind.TRUE_OR_FALSE, entry, one.text, name=f"{entry.id}:{FALSE}", options=options, key=1)

    def _name_them_all(self, entry: Entry, _rng: Random) -> Iterator[Card]:
        items = tuple(self._items(entry))
        texts = {squeezed(item.text) for item in items}
        if len(items) >= 2 and len(texts) == len(items) and not any(text in squeezed(entry.term) for text in texts):
            yield _card(CardKind.NAME_THEM_ALL, entry, entry.term, items=items)

    def _authored(self, entry: Entry, rng: Random) -> Iterator[Card]:
        for number, card in enumerate(entry.cards):
            name = f"{entry.id}:{number}"
            if card.distractors and card.key is not None:
                wrong = [Option(text=text, wrong=Reason.AUTHORED) for text in card.distractors]
                yield from _chosen(
                    CardKind.AUTHORED, entry, card.question, Option(text=card.key), wrong, rng=rng, name=name
                )
            elif card.key is not None:
                yield _card(CardKind.AUTHORED, entry, card.question, name=name, accept=(card.key, *card.accept))
            else:
                items = tuple(ListItem(text=text) for text in card.items)
                yield _card(CardKind.AUTHORED, entry, card.question, name=name, items=items)

    def _choice(
        self, kind: CardKind, entry: Entry, prompt: str, text_of: Callable[[Entry], str | None], rng: Random
    ) -> Iterator[Card]:
        key = Option(text=text_of(entry) or entry.term, entry=entry.id)
        wrong = [_option(one) for one in self._distractors.of(entry, text_of, rng)]
        if len(wrong) >= _FEWEST_WRONG:
            yield from _chosen(kind, entry, prompt, key, wrong, rng=rng)

    def _statement(self, entry: Entry) -> str | None:
        """The statement of an entry that is no list, without its term."""
        return None if entry.is_list else self._blanked[entry.id]

    def _assertion(self, entry: Entry) -> str | None:
        text = self._statement(entry)
        return None if text is None or text.endswith("?") else text

    def _term(self, entry: Entry) -> str | None:
        return None if entry.is_list else entry.term

    def _items(self, entry: Entry) -> Iterator[ListItem]:
        for item in entry.items:
            target = self.course.by_id.get(item.entry) if item.entry else None
            names = typed_names(target, entry.term) if target else ()  # what the question says names no item
            text = item.text
            if text is None and target is not None:
                text = f"{target.term}: {target.statement}" if target.statement else target.term
            if text:
                yield ListItem(text=text, names=names)


def _option(one: Distractor) -> Option:
    return Option(text=one.text, entry=one.entry.id, wrong=one.reason)


def _chosen(
    kind: CardKind,
    entry: Entry,
    prompt: str,
    key: Option,
    wrong: Sequence[Option],
    *,
    rng: Random,
    name: str | None = None,
) -> Iterator[Card]:
    options = [key, *wrong]
    rng.shuffle(options)
    yield _card(kind, entry, prompt, name=name, options=tuple(options), key=options.index(key))


def _card(
    kind: CardKind,
    entry: Entry,
    prompt: str,
    *,
    name: str | None = None,
    options: tuple[Option, ...] = (),
    key: int | None = None,
    accept: tuple[str, ...] = (),
    rivals: tuple[str, ...] = (),
    items: tuple[ListItem, ...] = (),
) -> Card:
    return Card(
        id=f"{kind.value}:{name or entry.id}",
        kind=kind,
        entry=entry.id,
        topic=entry.topic,
        prompt=prompt,
        options=options,
        key=key,
        accept=accept,
        rivals=rivals,
        items=items,
        explanation=entry.statement or "\n".join(item.text for item in items) or entry.term,
        citations=entry.citations,
        errata=entry.errata,
    )
