"""Is a wrong option certainly wrong? Said once more, from the course's data alone, without the code that chose it."""

from tutorbot.knowledge import Course, Entry
from tutorbot.knowledge.text import squeezed
from tutorbot.quiz.card import Card, CardKind, Option, Reason


def flaws(course: Course, card: Card) -> list[str]:
    """What is wrong with a card; nothing if it is sound."""
    texts = [squeezed(option.text) or option.text for option in card.options]
    found = [] if len(set(texts)) == len(texts) else ["two options read the same"]
    for number, option in enumerate(card.options):
        if number == card.key:
            found += ["the key has a reason to be wrong"] if option.wrong else []
        elif option.wrong is None:
            found.append(f"“{option.text}” has no reason to be wrong")
        else:
            found += [f"“{option.text}”: {flaw}" for flaw in _option_flaws(course, card, option)]
    return found


def _option_flaws(course: Course, card: Card, option: Option) -> list[str]:
    entry = course.by_id[card.entry]
    if card.kind is CardKind.WHO_SAID_IT:
        works = [course.works_by_id[one.work_id] for one in entry.citations if one.work_id]
        return ["is credited"] if option.text in {" and ".join(work.authors) for work in works} else []
    if option.wrong is None or option.wrong in (Reason.OWN_STATEMENT, Reason.AUTHORED):
        return []
    assert option.entry is not None
    other = course.by_id[option.entry]
    rules = {
        "is the entry itself": entry.id == other.id,
        "says the same": other.id in _same(course, entry.id),
        "has a name of the entry": bool(_names(entry) & _names(other)),
        "belongs to the entry": _belongs(course, entry, other) or _belongs(course, other, entry),
        "its text covers the entry's or is covered": _covers(course, entry, other) or _covers(course, other, entry),
        "the reason is not true": not _holds(course, entry, other, option.wrong),
    }
    return [rule for rule, broken in rules.items() if broken]


def _same(course: Course, start: str) -> set[str]:
    found, size = {start}, 0
    while size < len(found):
        size = len(found)
        for entry in course.entries:
            joined = {entry.id, *entry.same_as}
            if joined & found:
                found |= joined
    return found


def _names(entry: Entry) -> set[str]:
    return {squeezed(name) for name in entry.names}


def _belongs(course: Course, part: Entry, whole: Entry) -> bool:
    if part.example_of == whole.id or part.id in whole.compares:
        return True
    inner = [item.entry for item in whole.items]
    return part.id in inner or any(
        _belongs(course, part, course.by_id[key]) for key in inner if key and key != whole.id
    )


def _covers(course: Course, whole: Entry, part: Entry) -> bool:
    texts = [whole.statement or "", *(item.text or "" for item in whole.items)]
    texts += [course.by_id[item.entry].statement or "" for item in whole.items if item.entry]
    held = f" {part.statement or ''} ".casefold().strip(" .")
    return bool(held) and any(f" {held} " in f" {text.casefold().strip(' .')} " for text in texts)


def _holds(course: Course, entry: Entry, other: Entry, reason: Reason) -> bool:
    both = {entry.id, other.id}
    match reason:
        case Reason.OPPOSITE:
            return other.id in entry.opposite or entry.id in other.opposite
        case Reason.CONTRASTED:
            return any(both <= set(one.compares) for one in course.entries)
        case Reason.SIBLING:
            return any(both <= {item.entry for item in one.items} for one in course.entries)
        case Reason.UNRELATED:
            return other.id not in entry.related and entry.id not in other.related
    return False
