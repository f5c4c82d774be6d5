"""Proposals that documents give: what they say, where it stands, and what is doubtful about them."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.errors import CourseError, SourceError
from tutorbot.knowledge import Course, Entry, load_course
from tutorbot.knowledge.importing import (
    Doubt,
    Proposal,
    Proposed,
    accepted,
    guess_kind,
    mended,
    propose,
    provable,
)
from tutorbot.knowledge.importing.naming import slug, term_of
from tutorbot.knowledge.load import load_head
from tutorbot.knowledge.models import CourseHead, Source

from .made_documents import archive, collection, deck, pdf
from .small_course import SmallCourse

EMPTY = CourseHead(id="sea", title="The Sea", sources=(Source(id="cards", title="Cards", kind="flashcards"),))


def imported(text: str, name: str = "cards.txt", **options: object) -> Sequence[Proposal]:
    """The proposals of a text, each of them proved by it."""
    return proved(propose(name, text.encode(), EMPTY, **options))  # type: ignore[arg-type]  # the options of `propose`


def proved(proposed: Proposed) -> Sequence[Proposal]:
    """Its proposals, once each is found provable."""
    unproved = {one.id for one in proposed.proposals if not provable(one, proposed.segments)}
    assert unproved == {one.id for one in proposed.proposals if Doubt("unproved") in one.doubts}
    assert len({one.id for one in proposed.proposals}) == len(proposed.proposals)
    return proposed.proposals


def items(proposal: Proposal) -> list[str | None]:
    """The texts of its items."""
    return [item.text for item in proposal.entry.items]


def test_a_front_names_and_a_back_says() -> None:
    tide, slack = imported(
        "Sea Flashcards\nDefinition: Tide\nThe rise and fall of the sea\nWhat is slack water?\nStill water\n"
    )
    assert (tide.term, tide.id, tide.entry.statement) == ("Tide", "tide", "The rise and fall of the sea")
    assert (tide.locator, tide.quote) == ("card: Definition: Tide", "Definition: Tide\nThe rise and fall of the sea")
    assert (slack.term, slack.entry.questions) == ("Slack water", ("What is slack water?",))


def test_a_list_on_the_back_becomes_items_and_its_definitions_proposals_of_their_own() -> None:
    kinds, spring = imported("Sea Flashcards\n2 kinds of tide\n- Spring tide: sun and moon in one line\n- neap tide\n")
    assert items(kinds) == ["Spring tide: sun and moon in one line", "neap tide"]
    assert [item.entry for item in kinds.entry.items] == ["spring-tide", None]
    assert (spring.term, spring.entry.statement) == ("Spring tide", "Sun and moon in one line")
    assert spring.part_of == kinds.id


@pytest.mark.parametrize(
    "back", ["1. ebb water\n2. flood water", "a) ebb water\nb) flood water", "• ebb water\n• flood water"]
)
def test_numbered_and_bulleted_backs_become_items(back: str) -> None:
    (kinds,) = imported(f'front,back\n2 phases of tide,"{back}"\n', "cards.csv")
    assert items(kinds) == ["ebb water", "flood water"]
    assert kinds.doubts == ()


def test_items_on_one_line_are_found_if_the_front_says_how_many() -> None:
    (kinds,) = imported("3 oceans in the west,Atlantic; Arctic; Pacific\n".replace(",", "\t"), "a.tsv")
    assert items(kinds) == ["Atlantic", "Arctic", "Pacific"]
    (other,) = imported("3 oceans of the west\tAtlantic, Arctic\n", "a.tsv")
    assert (items(other), other.entry.statement) == ([], "Atlantic, Arctic")


def test_a_front_that_announces_another_number_is_doubtful() -> None:
    (kinds,) = imported("Sea Flashcards\n3 kinds of tide\n- Spring tide\n- Neap tide\n")
    assert kinds.doubts == (Doubt("list", ("3", "2")),)


def test_a_credited_work_is_proposed_with_the_citation_that_credits_it() -> None:
    (tide,) = imported("Tide\tThe sea rises because the moon pulls (Newton 1687: 435).\n", "a.tsv")
    assert tide.entry.citations[0].work == "newton-1687: 435"
    assert [(work.id, work.authors, work.year) for work in tide.works] == [("newton-1687", ("Newton",), 1687)]
    assert tide.doubts == (Doubt("credit", ("Newton 1687",)),)
    assert "work" not in accepted(tide)["citations"][0]


def test_a_month_in_brackets_is_no_author() -> None:
    (treaty,) = imported("London Protocol (November 1996)\tA treaty on dumping at sea\n", "a.tsv")
    assert treaty.works == ()


def test_a_work_that_the_course_has_is_credited_and_taken_off_the_statement(small: SmallCourse) -> None:
    head = load_head(small.folder)
    held = b"Tide\tThe sea rises because the moon pulls (Newton 1687: 12)\nPull\tWhat the moon does to the sea all day - Newton\n"
    tide, pull = propose("a.tsv", held, head).proposals
    assert (tide.entry.citations[0].work, tide.works, tide.doubts) == ("newton-1687: 12", (), ())
    assert accepted(tide)["citations"][0]["work"] == "newton-1687: 12"
    assert pull.entry.statement == "What the moon does to the sea all day - Newton"  # the course's Newton has a year


def test_a_slide_keeps_its_heading_apart_from_its_points() -> None:
    held = deck(
        ("Tides", ["The Pull of the Moon (Newton 1687)", "The moon pulls the water", "So does the sun, but less"])
    )
    (slide,) = proved(propose("sea.pptx", held, EMPTY))
    assert (slide.term, slide.entry.statement) == ("The Pull of the Moon", None)
    assert items(slide) == ["The moon pulls the water", "So does the sun, but less"]
    assert slide.entry.citations[0].work == "newton-1687"


def test_a_definition_on_a_slide_is_one_entry_with_what_explains_it() -> None:
    held = deck(("Water", ["Tide – the rise of the sea", "It comes twice a day", "It has two causes"]))
    (tide,) = proved(propose("sea.pptx", held, EMPTY))
    assert (tide.term, tide.doubts) == ("Tide", ())
    assert tide.entry.statement == "The rise of the sea\nIt comes twice a day\nIt has two causes"


def test_a_definition_that_credits_a_work_is_no_heading() -> None:
    held = deck(("Water", ["Tide – the rise of the sea (Newton 1687: 4)", "It comes twice a day"]))
    (tide,) = proved(propose("sea.pptx", held, EMPTY))
    assert (tide.term, tide.entry.citations[0].work) == ("Tide", "newton-1687: 4")


def test_an_announced_list_within_a_slide_is_an_entry_of_its_own() -> None:
    lines = ["2 kinds of tide", "Spring tide: sun and moon in line", "Neap tide", "Sailors know both of them well"]
    kinds, spring, rest = proved(propose("sea.pptx", deck(("Water and Sea", lines)), EMPTY))
    assert (kinds.term, items(kinds)) == ("2 kinds of tide", lines[1:3])
    assert (spring.term, spring.part_of) == ("Spring tide", kinds.id)
    assert (rest.term, rest.entry.statement) == ("Water and Sea", "Sailors know both of them well")


def test_a_slide_that_goes_on_has_a_name_of_its_own_and_says_that_it_was_made_up() -> None:
    text = "A Deck\nTides at Sea\nThey rise and fall: twice a day.\nThe moon pulls at the water: so it rises.\n"
    first, second = imported(text, "a.txt", kind="slides")
    assert [first.term, second.term] == ["Tides at Sea", "Tides at Sea (2)"]
    assert (first.doubts, second.doubts) == ((), (Doubt("no-heading"),))


def test_a_paragraph_is_named_by_its_heading_or_by_what_it_defines() -> None:
    text = "# Tides\n\nTides come twice a day.\n\nA tidal bore is a wave that runs up a river.\n\n- one thing\n- another thing\n"
    tides, bore, points = imported(text, "a.md")
    assert [tides.term, bore.term] == ["Tides", "Tidal bore"]
    assert items(points) == ["one thing", "another thing"]


def test_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    held = pdf(
        [
            "A tide is the rise and fall of the sea that the",
            "moon brings about by its pull.",
            "It comes twice a day, al-",
            "ways.",
        ]
    )
    first, second = proved(propose("sea.pdf", held, EMPTY))
    assert first.entry.statement == "A tide is the rise and fall of the sea that the moon brings about by its pull."
    assert second.entry.statement == "It comes twice a day, always."


def test_an_anki_deck_gives_proposals() -> None:
    held = archive(collection__anki2=collection(["<ul><li>ebb</li><li>flood</li></ul>\x1f2 phases of tide"]))
    (phases,) = proved(propose("sea.apkg", held, EMPTY))
    assert items(phases) == ["ebb", "flood"]


def test_what_is_too_long_for_one_entry_is_cut_and_said_so() -> None:
    long = "The sea rises and falls, as it always did. " * 80
    made = imported(f"Tide\t{long}\n", "a.tsv")
    assert len(made) > 1
    assert all(Doubt("long") in one.doubts for one in made)
    assert " ".join(one.entry.statement or "" for one in made).split() == long.split()


def test_a_single_bullet_is_no_part_of_what_a_card_says() -> None:
    (bore,) = imported("Sea Flashcards\nTidal bore\n- A wave that runs up a river against its stream\n")
    assert bore.entry.statement == "A wave that runs up a river against its stream"


def test_a_short_quote_that_stands_in_two_cards_of_one_name_is_not_proved() -> None:
    first, second, third = imported("Ebb\tout\nEbb\toff\nFlow\tin\n", "a.tsv")
    assert (first.doubts, third.doubts) == ((Doubt("unproved"),), ())
    assert second.duplicate_of is not None


def test_places_without_text_are_named() -> None:
    held = "Tide\tThe rise of the sea\nPicture\t\n"
    assert propose("a.tsv", held.encode(), EMPTY).unread == ("card: Picture",)


def course_of(folder: Path) -> Course:
    """The small course as it is asked."""
    return load_course(folder).course


def test_what_the_course_has_is_marked_by_name_and_by_text(small: SmallCourse) -> None:
    text = "Slack\tA rope that hangs\nSlack (at sea)\tNo current at all\nQuiet sea\tStill water\nCalm\tNo wind at all blows\n"
    found = [one.duplicate_of for one in propose("a.tsv", text.encode(), course_of(small.folder)).proposals]
    assert [(one.id, one.where, one.by) if one else None for one in found] == [
        ("slack", "course", "name"),
        ("slack", "course", "name"),
        ("slack", "course", "text"),
        None,
    ]
    assert all(0.88 <= one.score <= 1 for one in found if one)


def test_what_the_file_says_twice_is_marked() -> None:
    text = "Ebb\tThe water goes out to sea\nFlow\tThe water comes in again\nOutgoing\tThe water goes out to sea.\nebb\tAgain\n"
    found = [one.duplicate_of for one in imported(text, "a.tsv")]
    assert [(one.id, one.where, one.by) if one else None for one in found] == [
        None,
        None,
        ("ebb", "file", "text"),
        ("ebb", "file", "name"),
    ]


def test_other_numbers_are_no_duplicates() -> None:
    text = "2 kinds of tidal water\tebb and flow\n3 kinds of tidal water\tebb, flow and slack\n"
    assert [one.duplicate_of for one in imported(text, "a.tsv")] == [None, None]


def test_nearness_in_meaning_is_asked_for_what_is_not_marked_yet(small: SmallCourse) -> None:
    asked: list[Sequence[str]] = []

    def nearest(texts: Sequence[str]) -> Sequence[tuple[str, float] | None]:
        asked.append(texts)
        return [("tide", 0.9), ("tide", 0.5), None]

    text = "Slack\tStill water\nHigh water\tWhat the moon does\nLow\tNot so near\nFar\tQuite another thing\n"
    made = propose("a.tsv", text.encode(), course_of(small.folder), nearest=nearest).proposals
    assert asked == [["High water\nWhat the moon does", "Low\nNot so near", "Far\nQuite another thing"]]
    assert [one.duplicate_of.by if one.duplicate_of else None for one in made] == ["name", "meaning", None, None]


def test_a_taken_id_gets_a_number(small: SmallCourse) -> None:
    (slack,) = propose("a.tsv", b"Slack\tA rope that hangs\n", course_of(small.folder)).proposals
    assert slack.id == "slack-2"


def test_an_accepted_proposal_is_an_entry_that_links_to_what_is_known() -> None:
    kinds, spring = imported("Sea Flashcards\n2 kinds of tide\n- Spring tide: sun and moon in line\n- Neap tide\n")
    assert Entry.model_validate(accepted(kinds)).items[0].entry is None
    linked = Entry.model_validate(accepted(kinds, known={spring.id}))
    assert [item.entry for item in linked.items] == ["spring-tide", None]
    assert "part_of" not in accepted(spring)


def test_a_person_mends_a_proposal() -> None:
    kinds, _ = imported("Sea Flashcards\n3 kinds of tide\n- Spring tide: sun and moon in line\n- Neap tide\n")
    other = mended(kinds, term="Kinds of tide", items=["Spring tide: sun and moon in line", " ", "Neap tides"])
    assert (other.term, items(other), other.doubts) == (
        "Kinds of tide",
        ["Spring tide: sun and moon in line", "Neap tides"],
        (),
    )
    assert other.entry.items[0].entry == "spring-tide"
    assert mended(kinds, statement="Two.").entry.items == ()


def test_what_a_person_mends_must_fit() -> None:
    (tide,) = imported("Tide\tThe rise of the sea\n", "a.tsv")
    with pytest.raises(CourseError, match="Give a statement or items, not both"):
        mended(tide, statement="One.", items=["Two."])
    with pytest.raises(CourseError, match=r"`term` is longer than 300 characters; shorten it\."):
        mended(tide, term="x" * 301)


def test_a_changed_quote_is_not_provable() -> None:
    proposed = propose("a.tsv", b"Tide\tThe rise and fall of the sea\n", EMPTY)
    assert provable(proposed.proposals[0], proposed.segments)
    assert not provable(mended(proposed.proposals[0], statement="The fall of the sea"), proposed.segments)
    assert not provable(proposed.proposals[0], ())


YAML = """\
topic: Tides
works:
  - {id: newton-1687, authors: [Newton], year: 1687}
entries:
  - id: bore
    term: Tidal bore
    statement: A wave that runs up a river
    citations:
      - {source: slides, locator: "slide 9", quote: "A wave that runs up a river", work: newton-1687}
  - id: slack
    term: Slack
    statement: Still water
    citations:
      - {source: cards, locator: "card: Slack", quote: "Slack Still water"}
"""


def test_yaml_of_the_project_gives_its_entries_as_they_are(small: SmallCourse) -> None:
    bore, slack = propose("new.yaml", YAML.encode(), course_of(small.folder)).proposals
    assert (bore.id, bore.entry.topic, bore.works, bore.duplicate_of) == ("bore", "Tides", (), None)
    assert slack.duplicate_of is not None
    (unknown, _) = propose("new.yaml", YAML.encode(), EMPTY).proposals
    assert [work.id for work in unknown.works] == ["newton-1687"]


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (YAML.replace("id: slack", "id: bore"), "new.yaml, line 10: the id `bore` stands twice; choose another."),
        (YAML.replace("term: Tidal bore", "name: x"), "new.yaml, line 5: `term` is missing; add it."),
        (YAML.replace("topic: Tides", "topic: [Tides"), "new.yaml, line 2: this is not YAML"),
        ("a: &a [x]\nb: *a\n", "new.yaml, line 1: write `topic:` and a list `entries:`"),
        ("entries: [1]", "new.yaml, line 1: an entry is a block"),
        ("entries: []", "new.yaml, line 1: the list `entries:` is empty."),
        ("a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"{one}: &{one} [{', '.join([f'*{two}'] * 10)}]\n" for two, one in zip("abcdef", "bcdefg", strict=True)), "stands for more than 200000 parts"),
        ("!!python/object/apply:os.system ['true']", "new.yaml, line 1: "),
    ],
)  # fmt: skip
def test_yaml_that_is_wrong_is_told_with_its_line(held: str, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        propose("new.yaml", held.encode(), EMPTY)
    assert says in str(caught.value)


def test_the_kind_of_a_text_is_guessed_from_its_lines() -> None:
    cards = "Tides Flashcards\nTide\nThe rise\n"
    assert guess_kind("a.txt", cards.encode()) == "flashcards"
    assert guess_kind("a.txt", b"Tide\tThe rise\nEbb\tThe fall\n") == "flashcards"
    assert (
        guess_kind("a.txt", b"A Deck\nTides\nThey rise: and they fall again, twice a day.\nWhy\nThe moon.\n")
        == "slides"
    )
    prose = "Tides rise and fall along all the coasts of the world, day and night alike, twice a day.\n\n" * 5
    assert guess_kind("a.txt", prose.encode()) == "text"
    assert [guess_kind(name, b"") for name in ("a.pptx", "a.apkg", "a.PDF")] == ["slides", "flashcards", "text"]


@pytest.mark.parametrize(
    ("front", "term"),
    [
        ("Definition: Alliance", "Alliance"),
        ("What is an ebb tide?", "Ebb tide"),
        ("What is the pull of the moon and why does it matter to sailors?", "What is the pull of the moon and why does it matter to sailors?"),
        ("Define slack", "Slack"),
        ("Terminal", "Terminal"),
    ],
)  # fmt: skip
def test_a_front_is_stripped_of_its_asking(front: str, term: str) -> None:
    assert term_of(front) == term


def test_ids_are_made_of_letters_that_an_id_may_have() -> None:
    assert [slug(text) for text in ("Pâte fermentée!", "Waltz’s theory", "潮汐", "x" * 90)] == [
        "pate-fermentee",
        "waltzs-theory",
        "entry",
        "x" * 60,
    ]


pieces = st.sampled_from(
    ["Tide", "2 kinds of tide", "- one: two", "• three", "1. x", "?", "Spring tide – the highest", "(Newton 1687: 4)", "“", "=1",
     "a" * 400, "The sea rises. " * 30, "seaRises", "A–b", "…", "，", "Éa: é", "\x0b", "::", "- Held", "NATOallies"]
)  # fmt: skip
texts = st.lists(st.lists(pieces, max_size=4).map(" ".join), max_size=8).map("\n".join) | st.text(max_size=200)


@settings(max_examples=150, deadline=None)
@given(texts, st.sampled_from(["slides", "flashcards", "text"]))
def test_whatever_a_text_holds_every_proposal_is_proved_by_it(text: str, kind: str) -> None:
    held = text.encode("utf-8", "ignore")
    try:
        proposed = propose("any.txt", held, EMPTY, kind=kind)  # type: ignore[arg-type]  # one of the kinds
    except SourceError:
        return
    proved(proposed)
    terms = [one.term.casefold() for one in proposed.proposals]
    assert len(set(terms)) == len(terms)
