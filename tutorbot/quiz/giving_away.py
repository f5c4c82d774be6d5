"""What must not stand on a card, since it gives the answer away."""

from tutorbot.knowledge.text import squeezed
from tutorbot.quiz.card import Card, CardKind
from tutorbot.quiz.telling_apart import bare_name


def told_by_topic(card: Card) -> bool:
    """Whether the topic would give the term away that a card asks for."""
    if card.kind not in (CardKind.CHOOSE_TERM, CardKind.TYPE_TERM):
        return False
    names = (squeezed(bare_name(name)) for name in (card.term, *card.accept))
    return any(name in squeezed(card.topic) for name in names if name)
