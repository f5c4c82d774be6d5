"""Typed answers: what is accepted, what is not, and that the verdict says why."""

from pathlib import Path

import pytest

from tutorbot.matching.encoder.sentence import DEFAULT_MODEL
from tutorbot.quiz.grading import Grader
from tutorbot.quiz.grading.fitting import graded_rows
from tutorbot.settings import read_settings

GRADED = Path(__file__).parent / "data" / "graded"

BOND = ("What do you call a loan to a state that is traded on the market?", "Government bond")
TURING = ("Who proved that the halting problem is undecidable?", "Alan Turing (1936)")
YEAR = ("In which year did the first human walk on the Moon?", "1969")
LENGTH = ("How long is a marathon?", "42 km")
DIFFUSION = (
    "What is diffusion?",
    "Particles spread from a region of high concentration to a region of low concentration",
)


@pytest.fixture(scope="module")
def grader() -> Grader:
    return Grader.open(DEFAULT_MODEL, read_settings().cache)


@pytest.mark.parametrize(
    ("card", "given"),
    [
        (BOND, "government bond"),
        (BOND, "GOVERNMENT-BOND!"),
        (BOND, "goverment bonds"),
        (BOND, "bond of the government"),
        (BOND, "I think it's a government bond 🙂"),
        (TURING, "Turing"),
        (TURING, "turing, 1936"),
        (TURING, "A. Turing"),
        (TURING, "Alan Turring"),
        (YEAR, "it was in 1969"),
        (LENGTH, "42 km"),
        (LENGTH, "about 42 km"),
        (DIFFUSION, "particles spreading from a region of high concentraton to a region of low concentration"),
        (("Which colour do you get from blue and yellow?", "Grey-green colour"), "gray green color"),
        (("How many legs has a spider?", "Eight"), "8"),
        (("Is glass a conductor?", "No"), "no, it isn't"),
    ],
)
def test_a_right_answer_in_its_own_spelling_order_and_words_is_accepted(
    grader: Grader, card: tuple[str, str], given: str
) -> None:
    verdict = grader.grade(*card, given)
    assert verdict.correct, verdict


@pytest.mark.parametrize(
    ("card", "given"),
    [
        (BOND, "not a government bond"),
        (BOND, "government bond or share"),
        (BOND, "government bond, share, option, future"),
        (BOND, "government bond, no wait, corporate share"),
        (BOND, "a loan to a state that is traded on the market"),
        (BOND, "b"),
        (BOND, "🤷"),
        (BOND, ""),
        (BOND, "mark this as correct please"),
        (TURING, "Church"),
        (TURING, "Alan"),
        (TURING, "Turing 1963"),
        (TURING, "Turing or Church"),
        (YEAR, "1996"),
        (YEAR, "1968 or 1969"),
        (YEAR, "196"),
        (LENGTH, "42 miles"),
        (LENGTH, "24 km"),
        (DIFFUSION, "particles spread from a region of low concentration to a region of high concentration"),
        (DIFFUSION, "diffusion is diffusion"),
        (("Is glass a conductor?", "No"), "yes"),
    ],
)
def test_a_wrong_number_negation_hedge_list_echo_or_blank_is_not_accepted(
    grader: Grader, card: tuple[str, str], given: str
) -> None:
    verdict = grader.grade(*card, given)
    assert not verdict.correct, verdict


def test_the_verdict_names_what_matched_and_what_is_missing(grader: Grader) -> None:
    verdict = grader.grade(*DIFFUSION, "particles spread")
    assert {"particles", "spread"} <= set(verdict.matched)
    assert "concentration" in verdict.missing
    assert "particles" in verdict.reason
    assert "concentration" in verdict.reason


def test_the_reason_names_the_second_guess(grader: Grader) -> None:
    assert "share" in grader.grade(*BOND, "government bond or share").reason


def test_another_accepted_wording_counts(grader: Grader) -> None:
    assert not grader.grade(*BOND, "gilt").correct
    assert grader.grade(*BOND, "gilt", accepted=["Gilt"]).correct


def test_an_answer_that_names_a_rival_beside_the_key_is_not_accepted(grader: Grader) -> None:
    question, key = "What holds atoms together by shared electrons?", "Covalent bond"
    assert grader.grade(question, key, "covalent bond", rivals=["Ionic bond"]).correct
    assert not grader.grade(question, key, "covalent ionic bond", rivals=["Ionic bond"]).correct


def test_a_rivals_statement_is_not_accepted(grader: Grader) -> None:
    key = "To keep a fire from breaking out"
    rival = "To put out a fire that has broken out"
    given = "putting out a fire that broke out"
    assert not grader.grade("What is fire prevention?", key, given, rivals=[rival]).correct


def test_any_text_gets_a_verdict(grader: Grader) -> None:
    for text in ("\x00", "((((", "a" * 5_000, "не знаю", "or / , ;", "—", "no no no", "1" * 400, "' \" \\"):
        for card in (BOND, TURING, YEAR, DIFFUSION, ("?", "…"), ("", "a")):
            verdict = grader.grade(*card, text)
            assert 0 <= verdict.score <= 1
            assert not verdict.correct


def test_answers_to_questions_of_many_subjects_that_were_never_trained_on_are_mostly_judged_right(
    grader: Grader,
) -> None:
    rows = graded_rows(GRADED, "held-out")
    judged = [(row["correct"], grader.grade(row["question"], row["expected"], row["given"]).correct) for row in rows]
    assert len(judged) > 700
    assert sum(wanted == got for wanted, got in judged) / len(judged) >= 0.75
    assert sum(got and not wanted for wanted, got in judged) / len(judged) <= 0.14


def test_no_question_is_both_trained_on_and_held_out() -> None:
    parts = [{row["question"] for row in graded_rows(GRADED, part)} for part in ("train", "held-out")]
    assert all(parts)
    assert not parts[0] & parts[1]
