"""Drawing the cards of a round."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from random import Random

from tutorbot.knowledge.text import squeezed
from tutorbot.quiz.card import Card, CardKind


def topics(cards: Sequence[Card]) -> tuple[str, ...]:
    """The topics that there are cards on, in the course's order."""
    return tuple(dict.fromkeys(card.topic for card in cards))


def draw(
    cards: Sequence[Card],
    count: int,
    rng: Random,
    *,
    topic: str | None = None,
    kinds: Collection[CardKind] = (),
    weights: Mapping[str, float] | None = None,
) -> tuple[Card, ...]:
    """``count`` cards, or as many as there are, none twice; ``kinds`` is all if empty.

    An entry is asked about again only when every other entry on the topic has been. ``weights`` (by card id, 1 if not named,
    more is sooner, see ``draw_weights``) come on top of equal chances for all entries, however many cards each has. Weighted
    drawing without putting back: Efraimidis and Spirakis (2006), the keys u^(1/w).
    """
    fitting = {
        card.id: card
        for card in cards
        if (topic is None or squeezed(card.topic) == squeezed(topic)) and (not kinds or card.kind in kinds)
    }
    of_entry = Counter(card.entry for card in fitting.values())
    keys: dict[str, float] = {}
    for card in fitting.values():
        weight = (weights or {}).get(card.id, 1.0) / of_entry[card.entry]
        keys[card.id] = rng.random() ** (1 / weight) if weight > 0 else -1.0
    asked: Counter[str] = Counter()
    turns: list[tuple[int, Card]] = []
    for card in sorted(fitting.values(), key=lambda one: keys[one.id], reverse=True):
        turns.append((asked[card.entry], card))
        asked[card.entry] += 1
    turns.sort(key=lambda turn: turn[0])
    return tuple(card for _turn, card in turns[:count])
