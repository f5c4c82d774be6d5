"""Whatever is typed becomes plain text, and a draft or a list of problems; nothing typed is an error."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tutorbot.curation.cleaning import cleaned, mention_in, slug
from tutorbot.curation.drafting import Draft, draft
from tutorbot.curation.form import Form, form_of
from tutorbot.knowledge import Course, Entry
from tutorbot.knowledge.fingerprint import Fingerprint
from tutorbot.knowledge.overlay import Overlay, laid_over

_MARKED = st.text(st.sampled_from("ab é1*_~|`#>[]()-•.\n\r\t<@&:!;/\u200b\u202e\ud800 …潮"), max_size=60)
_TYPED = st.one_of(_MARKED, st.text(max_size=40))


@given(_TYPED)
@settings(max_examples=300)
def test_cleaned_text_can_be_kept_and_shown(text: str) -> None:
    once = cleaned(text)
    assert "\u202e" not in once
    assert "\ud800" not in once
    assert once == once.strip()
    assert once.encode("utf-8").decode("utf-8") == once


@pytest.mark.parametrize(
    "text", ["a * b * c", "snake_case_name", "2 > 1", "#1 cause", "5 || 6", "f(x) [y]", "it's – “so”…"]
)
def test_signs_that_mark_nothing_stay(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("***all*** of ~~it~~", "all of it"),
        ("# Head\n> said\n>>> more\n-# small", "Head\nsaid\nmore\nsmall"),
        ("```py\ncode\n```", "code"),
        ("see ```this``` and `that`", "see this and that"),
        ("||**__x__**||", "x"),
        ("a\r\n\r\n\r\nb\t c", "a\nb c"),
    ],
)
def test_marks_go_and_what_they_mark_stays(text: str, plain: str) -> None:
    assert cleaned(text) == plain


@pytest.mark.parametrize(
    "text", ["@here", "<#123>", "<@!5>", "<t:1:R> <a:wave:12345>", "</quiz start:123>", "<id:browse>"]
)
def test_what_only_discord_can_read_is_found(text: str) -> None:
    assert mention_in(f"so {text} there") is not None


@pytest.mark.parametrize("text", ["me@home.org", "a < b > c", "x <- y", "<b>", "here @ noon"])
def test_what_everybody_can_read_is_no_mention(text: str) -> None:
    assert mention_in(text) is None


def test_ids_are_short_and_plain() -> None:
    assert slug("Zoë's  “Alliance” — Ørsted & Søn, 3!") == "zoes-alliance-rsted-sn-3"
    assert slug("潮") == ""


_FILLED = st.tuples(st.sampled_from(["", "a", "Tide 7 ", "- ", "slides", "2"]), _TYPED).map("".join)


@given(st.lists(_FILLED, min_size=8, max_size=8), st.booleans())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_an_entry_that_can_be_laid_over_or_has_problems(
    course: Course, prints: Mapping[str, Fingerprint], typed: list[str], edit: bool
) -> None:
    editing = course.by_id["tide-kinds"] if edit else None
    made = draft(Form(*typed), course, prints, editing=editing)
    event("a draft" if isinstance(made, Draft) else "problems")
    if not isinstance(made, Draft):
        assert made
        return
    assert Entry.model_validate_json(made.entry.model_dump_json()) == made.entry
    over = laid_over(course, Overlay({made.entry.id: made.laid()}))
    assert over.by_id[made.entry.id] == made.entry
    again = draft(form_of(made.entry, over), over, prints, editing=made.entry, sources=(made.source,))
    assert isinstance(again, Draft)
    assert again.entry == made.entry
