"""Wording: templates, what they may do, and how values are made harmless in Discord's markdown."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tutorbot.errors import TemplateError
from tutorbot.wording import Wording, clipped, plain

PROMPTS = Path(__file__).parents[1] / "prompts"

# What Discord's markdown, mentions and links are made of, in the middle of any other text.
SIGNS = "\\*_~`|[]()#>@:</!&-+=.\n\r\t \u200b\u2028\u202e\u0085\x0b1a"
pieces = st.sampled_from(["@everyone", "@here", "<@1>", "<@&1>", "<#1>", "<t:1:R>", "<:x:1>", "</ask:1>", "https://a.b",
                          "[a](https://b.c)", "```", "``", "**", "__", "~~", "||", "# ", "-# ", "> ", ">>> ", "- ", "1. ", "\n"])  # fmt: skip
discord_text = st.lists(st.one_of(pieces, st.text(SIGNS, max_size=6), st.text(max_size=4)), max_size=12).map("".join)


def shown(text: str) -> str:
    """What a reader sees of ``text`` in Discord, where a backslash takes the power from the sign after it."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


def live(text: str) -> str:
    """What is left of ``text`` that still has power: escaped signs are taken out."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "\u25a1", text)


@settings(max_examples=250, deadline=None)
@given(discord_text)
@example("@everyone <@1> <@&1> <#1> [a](https://b.c) ```x``` **b** ||s||")
@example("1. # head\n 2) -# small")
@example("a\u2028# head")
@example("\\@everyone \\`x`")
def test_no_text_has_power_once_it_is_made_plain(text: str) -> None:
    safe = plain(text)
    for mention in ("@everyone", "@here", "<@", "<#", "<t:", "<:", "</"):
        assert mention not in live(safe)
    assert not re.search(r"[*_~`|<\[\]]", live(safe))
    assert "://" not in safe
    assert not re.search(r"^\s*(?:\d+[.)]\s+)*(?:#|-|>)", live(safe), re.MULTILINE)
    assert len(safe.splitlines()) == len(safe.split("\n")) - safe.endswith("\n") - (not safe)


@settings(max_examples=150, deadline=None)
@given(discord_text)
def test_making_plain_changes_nothing_that_a_reader_sees(text: str) -> None:
    def visible(text: str) -> str:
        return re.sub(r"[\u200b\s]|[^\x00-\U0010ffff]", "", re.sub(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]", "", text))  # fmt: skip

    assert visible(shown(plain(text))) == visible(text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Deterrence: to persuade (not force)", "Deterrence: to persuade (not force)"),
        ("Coalition < Alliance", "Coalition \\< Alliance"),
        ("C# and a - b > c", "C# and a - b > c"),
        ("- one\n# two\n> three", "\\- one\n\\# two\n\\> three"),
        ("1. # head", "1. \\# head"),
        ("@everyone", "@\u200beveryone"),
        ("https://a.b", "https:\u200b//a.b"),
        ("a\u202eb\x00c\u200bd", "abcd"),
        ("two\x0blines\u2028here", "two lines here"),
        ("", ""),
    ],
)
def test_plain_text_stays_readable(text: str, safe: str) -> None:
    assert plain(text) == safe


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.integers(1, 70))
def test_clipped_text_fits_and_begins_like_the_text(text: str, length: int) -> None:
    cut = clipped(text, length)
    assert len(cut) <= length
    assert cut == text or (len(text) > length and cut.endswith("…") and text.startswith(cut[:-1]))


def test_text_is_cut_at_a_word_unless_the_word_is_long() -> None:
    assert clipped("one two three", 9) == "one two…"
    assert clipped("one twothreefour", 12) == "one twothre…"
    assert clipped("one two", 7) == "one two"


def wording(folder: Path, **templates: str) -> Wording:
    """Templates of these texts; ``__`` in a name is ``/``."""
    for name, text in templates.items():
        path = folder / "en" / (name.replace("__", "/") + ("" if name == "samples" else ".txt.j2"))
        path = path.with_suffix(".yaml") if name == "samples" else path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Wording(folder)


def test_the_shipped_templates_have_no_problems() -> None:
    assert list(Wording(PROMPTS).problems()) == []


@pytest.mark.parametrize("value", ["{{ 7 * 7 }}", "{% include 'b.txt.j2' %}", "{# note #}", "{{", "{% raw %}", "${x}"])
def test_template_text_in_a_value_is_shown_and_not_run(tmp_path: Path, value: str) -> None:
    assert wording(tmp_path, a="<{{ text }}>", b="secret").render("a.txt", text=value) == f"<{value}>"


@pytest.mark.parametrize(
    "template",
    [
        "{{ text.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ '{0.__class__}'.format(text) }}",
        "{{ items.append(1) }}",
        "{{ range(999999999) | list }}",
    ],
)
def test_templates_stay_in_their_sandbox(tmp_path: Path, template: str) -> None:
    held = wording(tmp_path, a=f"line\n{template}")
    with pytest.raises(TemplateError, match=r"a\.txt\.j2:2: the template does not render"):
        held.render("a.txt", text="x", items=[])


@pytest.mark.parametrize(
    ("templates", "place", "says"),
    [
        ({"a": "line\n{{ missing }}"}, "a.txt.j2:2", "'missing' is undefined"),
        ({"a": "line\n\n{{ 1 / 0 }}"}, "a.txt.j2:3", "division by zero"),
        ({"a": "{% if %}"}, "a.txt.j2:1", "the template does not render"),
        ({"a": "{{ text | unknown }}"}, "a.txt.j2:1", "No filter named 'unknown'"),
        ({"a": "x\n{% include 'sub/b.txt.j2' %}", "sub__b": "y\n\n{{ missing }}"}, "sub/b.txt.j2:3", "'missing' is undefined"),
        ({"a": "x\n{% include 'sub/b.txt.j2' %}", "sub__b": "y\n{% if %}"}, "sub/b.txt.j2:2", "the template does not render"),
        ({"a": "x\n{% include 'gone.txt.j2' %}"}, "a.txt.j2:2", "there is no template “gone.txt.j2” to include"),
        ({"a": "x\n{% include 'a.txt.j2' %}"}, "a.txt.j2:2", "recursion"),
    ],
)  # fmt: skip
def test_a_template_that_does_not_render_is_told_at_its_line(
    tmp_path: Path, templates: dict[str, str], place: str, says: str
) -> None:
    held = wording(tmp_path, samples="a.txt: [{text: x}]\nsub/b.txt: []\n", **templates)
    with pytest.raises(TemplateError) as caught:
        held.render("a.txt", text="x")
    assert str(caught.value).startswith(f"{tmp_path / 'en' / place}: ")
    assert says in str(caught.value)
    assert str(caught.value) in list(held.problems())


def test_a_missing_template_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    held = wording(tmp_path, a="x")
    for name in ("gone.txt", "../en/a.txt", "/etc/passwd"):
        with pytest.raises(TemplateError, match=r"The template .*\.j2 is missing; put it back\."):
            held.render(name)
    with pytest.raises(TemplateError, match=r"There are no templates at .*xx; name the folder with TUTORBOT_PROMPTS"):
        Wording(tmp_path, "xx")


def test_values_may_have_any_name(tmp_path: Path) -> None:
    assert wording(tmp_path, a="{{ name }} {{ self_ }}").render("a.txt", name="x", self_="y") == "x y"


@pytest.mark.parametrize(
    ("samples", "line", "says"),
    [
        ("a.txt: [{text: x}]\n\nold.txt:\n  - {}\n", 3, "there is no template for the sample `old.txt`; remove it."),
        ("# note\na.txt: {text: x}\n", 2, "the samples of `a.txt` must be a list of `key: value` blocks."),
        ("# note\na.txt: [x]\n", 2, "the samples of `a.txt` must be a list"),
        ("a.txt: [{1: x}]\n", 1, "the samples of `a.txt` must be a list"),
        ("- a.txt\n", 1, "write each template's name with a list of samples below it."),
        ("", 1, "write each template's name with a list of samples below it."),
        ("a.txt: [{text: x}]\nb: [\n", 3, "the samples cannot be read (ParserError); write them as YAML in UTF-8."),
    ],
)
def test_samples_that_cannot_be_used_are_told_at_their_line(tmp_path: Path, samples: str, line: int, says: str) -> None:
    (problem,) = wording(tmp_path, a="{{ text }}", samples=samples).problems()
    assert problem.startswith(f"{tmp_path / 'en' / 'samples.yaml'}:{line}: ")
    assert says in problem


def test_a_template_without_a_sample_is_told_but_a_part_of_others_needs_none(tmp_path: Path) -> None:
    held = wording(tmp_path, a="x", _part="y", samples="{a.txt: []}", b="z")
    assert list(held.problems()) == [
        f"{tmp_path / 'en' / 'b.txt'}.j2:1: there is no sample for this template in samples.yaml; add one."
    ]
