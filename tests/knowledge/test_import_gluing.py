"""Words, sentences and lines that a document has glued together."""

import re
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import pytest

from tutorbot.knowledge.importing.gluing import Ungluer, looks_glued

# A deck about the sea whose dump lost line ends and spaces, as converters do.
GLUED = [
    "Ocean TidesTides rise and falltwice a dayalong most coastsThe moon pullsthe waterSpring tides are highest",
    "Spring tide– sun and moonpull in one line(Newton1687: 435)Neap tide– sun and moon at right angles.Both come twice a month!Theirrange differs",
    "2 kinds ofcurrentTidal current– set in motionby tidesOcean current– driven bywind,saltand heat",
    "NOAAmeasures tides… e.g.,In New Yorkandin BostonThe tide gauge ofNOAAis old",
]


@pytest.fixture(scope="module")
def ungluer() -> Ungluer:
    """Takes the deck about the sea apart."""
    return Ungluer(GLUED)


def test_lines_that_were_lost_come_back_and_words_are_taken_apart(ungluer: Ungluer) -> None:
    assert ungluer.lines(GLUED[0]) == [
        "Ocean Tides",
        "Tides rise and fall twice a day along most coasts",
        "The moon pulls the water",
        "Spring tides are highest",
    ]


def test_sentences_brackets_years_and_dashes_get_their_spaces_back(ungluer: Ungluer) -> None:
    assert ungluer.lines(GLUED[1]) == [
        "Spring tide – sun and moon pull in one line (Newton 1687: 435)",
        "Neap tide – sun and moon at right angles.",
        "Both come twice a month!",
        "Their range differs",
    ]


def test_a_number_before_a_lead_and_commas_are_parted(ungluer: Ungluer) -> None:
    assert ungluer.lines(GLUED[2]) == [
        "2 kinds of current",
        "Tidal current – set in motion by tides",
        "Ocean current – driven by wind, salt and heat",
    ]


def test_names_of_capitals_are_parted_from_the_words_around_them(ungluer: Ungluer) -> None:
    assert ungluer.lines(GLUED[3])[0].startswith("NOAA measures tides…")
    assert ungluer.lines(GLUED[3])[-1] == "The tide gauge of NOAA is old"


@pytest.mark.parametrize("name", ["GitHub", "iPhone", "McDonald", "NGOs", "mRNA", "PhD", "JavaScript"])
def test_names_with_capitals_within_stay_whole(name: str) -> None:
    text = f"The story of {name} is told here, and {name} goes on"
    assert Ungluer([*GLUED, text]).lines(text) == [text]


@pytest.mark.parametrize(
    "word", ["multipolarity", "photosynthesis", "counterclockwise", "thermohaline", "mitochondria"]
)
def test_long_words_of_a_subject_stay_whole(word: str, ungluer: Ungluer) -> None:
    assert ungluer.lines(f"It is a matter of {word} here") == [f"It is a matter of {word} here"]


def test_a_word_that_the_document_writes_apart_is_found_within_glued_ones() -> None:
    texts = [*GLUED, "The thrombolite is a rock. A thrombolite grows slowly, and every thrombolite is old."]
    assert Ungluer(texts).lines("It is thethrombolitethat grows") == ["It is the thrombolite that grows"]


def test_a_document_that_is_not_glued_is_left_as_it_is() -> None:
    texts = [
        "Tides rise and fall. The moon pulls.",
        "Use GitHub, JavaScript and macOS; see System.Out and v1.2.",
        "ofthe",
    ]
    assert not looks_glued(texts)
    plain = Ungluer(texts)
    assert [plain.lines(text) for text in texts] == [[text] for text in texts]
    assert plain.doubtful("ofthebandwagooning") == []


def test_a_space_that_is_lost_between_two_sentences_is_seen_in_any_document() -> None:
    assert Ungluer(["x"]).lines("It is never used up.Levain – the portion") == [
        "It is never used up.",
        "Levain – the portion",
    ]


SECOND_COURSE = Path(__file__).parents[1] / "courses" / "sources" / "sourdough-slides.txt"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_deck_that_is_glued_at_random_is_taken_apart_nearly_everywhere(seed: int) -> None:
    """Of the second course's slides every line's end and a fifth of the spaces between small letters are lost."""
    text = SECOND_COURSE.read_text(encoding="utf-8").split("\n\n")[1]
    chance = Random(seed)
    glued = re.sub(r"(?<=[a-z]) (?=[a-z])", lambda _: "" if chance.random() < 0.2 else " ", text.replace("\n", ""))
    found = " ".join(Ungluer([glued]).lines(glued)).split()
    wanted, lost = text.split(), glued.split()
    held, left = (SequenceMatcher(None, wanted, one, autojunk=False).ratio() for one in (found, lost))
    assert left < 0.75
    assert held > 0.95


def test_what_may_still_be_glued_is_named(ungluer: Ungluer) -> None:
    assert ungluer.doubtful("Two types ofbandwagooning by the sea") == ["ofbandwagooning"]


def test_another_language_is_taken_apart_at_capitals_alone() -> None:
    text = "Ebbe und FlutWasser steigt und fälltzweimal am TagDann zieht der Mond.Die Erde dreht sich,dabei auch wirSo ist es"
    assert Ungluer([text], language="de").lines(text) == [
        "Ebbe und Flut",
        "Wasser steigt und fälltzweimal am Tag",
        "Dann zieht der Mond.",
        "Die Erde dreht sich, dabei auch wir",
        "So ist es",
    ]
