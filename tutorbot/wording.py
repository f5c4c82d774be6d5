"""Every sentence that people read, rendered from the templates in ``prompts/``.

Templates are Jinja2 in a sandbox. Text of users and courses reaches them only as values, never as template. In ``*.md.j2``
(Discord markdown) the filter ``plain`` takes the power from markdown and mentions in such a value.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tutorbot.errors import TemplateError

_MARKUP = re.compile(r"([\\*_~`|\[\]()#>@:<-])")
_CONTROL = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain(text: str) -> str:
    """``text`` with Discord's markdown and mentions made harmless, and without control and direction characters."""
    return _MARKUP.sub(_harmless, _CONTROL.sub("", text))


def _harmless(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == "@":
        return "@\u200b"
    line = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
    if sign in "#>-" and line.strip():
        return sign  # these mean something at the beginning of a line only
    if sign in ":()":
        return sign if sign != ":" else (":\u200b" if found.string[found.end() : found.end() + 2] == "//" else ":")
    return "\\" + sign


def clipped(text: str, length: int) -> str:
    """``text`` in at most ``length`` characters, cut at a word with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip() + "…"


class Wording:
    """The templates of one language below ``prompts``: ``Wording(prompts).render("answer.txt", answer=…)``."""

    def __init__(self, prompts: Path, language: str = "en") -> None:
        self._folder = prompts / language
        if not self._folder.is_dir():
            raise TemplateError(f"There are no templates at {self._folder}; name the folder with TUTORBOT_PROMPTS.")
        self._jinja = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            autoescape=False,  # the output is text and markdown, never HTML
        )
        self._jinja.filters.update(plain=plain, clipped=clipped)

    def render(self, name: str, **values: Any) -> str:
        """The template ``name`` (without ``.j2``), filled in; raises TemplateError."""
        try:
            return self._jinja.get_template(f"{name}.j2").render(values).strip()
        except TemplateNotFound as error:
            raise TemplateError(f"The template {self._folder / name}.j2 is missing.") from error
        except (JinjaError, ArithmeticError, AttributeError, TypeError, ValueError, LookupError) as error:
            line = getattr(error, "lineno", None) or _line_of(error)
            raise TemplateError(f"{self._folder / name}.j2:{line}: the template does not render ({error}).") from error

    def problems(self) -> Iterator[str]:
        """What is wrong with the templates: each is rendered with its values in ``samples.yaml``."""
        samples: Mapping[str, Any] = {}
        try:
            samples = yaml.safe_load((self._folder / "samples.yaml").read_text(encoding="utf-8")) or {}
        except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
            yield f"{self._folder / 'samples.yaml'}:1: the samples cannot be read ({type(error).__name__})."
        names = sorted(str(path.relative_to(self._folder))[:-3] for path in self._folder.rglob("*.j2"))
        for name in names:
            if name.rpartition("/")[2].startswith("_"):  # a part that other templates include
                continue
            if name not in samples:
                yield f"{self._folder / name}.j2:1: there is no sample for this template in samples.yaml; add one."
                continue
            for sample in samples[name]:
                try:
                    self.render(name, **sample)
                except TemplateError as error:
                    yield str(error)
        for name in sorted(set(samples) - set(names)):
            yield f"{self._folder / 'samples.yaml'}:1: there is no template for the sample `{name}`; remove it."


def _line_of(error: BaseException) -> int:
    """The template's line in the traceback of an error raised while rendering."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
