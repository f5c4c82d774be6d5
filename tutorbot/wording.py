"""Every sentence that people read, rendered from the templates in ``prompts/``.

Templates are Jinja2 in a sandbox. Text of users and courses reaches them only as values, never as template. In ``*.md.j2``
(Discord markdown) the filter ``plain`` takes the power from markdown and mentions in such a value.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tutorbot.errors import TemplateError

_MARKUP = re.compile(r"([\\*_~`|\[\]()#>@:<-])")
_CONTROL = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
_LIST_NUMBERS = re.compile(r"\s*(?:\d+[.)]\s+)*")  # what Discord reads past when it looks for the beginning of a line


def plain(text: str) -> str:
    """``text`` with Discord's markdown and mentions made harmless, and without control and direction characters."""
    return _MARKUP.sub(_harmless, _CONTROL.sub(lambda found: " " if found[0].isspace() else "", text))


def _harmless(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == "@":
        return "@\u200b"
    line = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
    if sign in "#>-" and not _LIST_NUMBERS.fullmatch(line):
        return sign  # these mean something at the beginning of a line only
    if sign in ":()":
        return sign if sign != ":" else (":\u200b" if found.string[found.end() : found.end() + 2] == "//" else ":")
    return "\\" + sign


def clipped(text: str, length: int) -> str:
    """``text`` in at most ``length`` characters (1 or more), cut at a word with an ellipsis."""
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

    def render(self, name: str, /, **values: Any) -> str:
        """The template ``name`` (without ``.j2``), filled in; raises TemplateError."""
        file = self._folder / f"{name}.j2"
        try:
            return self._jinja.get_template(f"{name}.j2").render(values).strip()
        except TemplateNotFound as error:
            place = _place_of(error, file)
            if place is None:
                raise TemplateError(f"The template {file} is missing; put it back.") from error
            raise TemplateError(
                f"{place}: there is no template “{error.name}” to include; correct the name."
            ) from error
        except (
            JinjaError,
            ArithmeticError,
            AttributeError,
            TypeError,
            ValueError,
            LookupError,
            RecursionError,
        ) as error:
            place = _place_of(error, file) or f"{file}:1"
            raise TemplateError(f"{place}: the template does not render ({error}); correct it.") from error

    def problems(self) -> Iterator[str]:
        """What is wrong with the templates: each is rendered with its values in ``samples.yaml``."""
        file = self._folder / "samples.yaml"
        try:
            text = file.read_text(encoding="utf-8")
            samples = yaml.safe_load(text)
        except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            yield f"{file}:{line}: the samples cannot be read ({type(error).__name__}); write them as YAML in UTF-8."
            return
        if not isinstance(samples, dict):
            yield f"{file}:1: write each template's name with a list of samples below it."
            return
        names = sorted(path.relative_to(self._folder).as_posix()[:-3] for path in self._folder.rglob("*.j2"))
        for name in names:
            if name.rpartition("/")[2].startswith("_"):  # a part that other templates include
                continue
            if name not in samples:
                yield f"{self._folder / name}.j2:1: there is no sample for this template in samples.yaml; add one."
                continue
            rows = samples[name]
            if not isinstance(rows, list) or not all(isinstance(row, dict) and all(map(_is_name, row)) for row in rows):
                yield f"{file}:{_line_of(text, name)}: the samples of `{name}` must be a list of `key: value` blocks."
                continue
            for row in rows:
                try:
                    self.render(name, **row)
                except TemplateError as error:
                    yield str(error)
        for name in sorted(map(str, samples.keys() - set(names))):
            yield f"{file}:{_line_of(text, name)}: there is no template for the sample `{name}`; remove it."


def _is_name(key: object) -> bool:
    return isinstance(key, str)


def _line_of(samples: str, name: str) -> int:
    """The line at which a template's samples begin."""
    found = re.search(rf"^['\"]?{re.escape(name)}['\"]?\s*:", samples, re.MULTILINE)
    return samples.count("\n", 0, found.start()) + 1 if found else 1


def _place_of(error: BaseException, file: Path) -> str | None:
    """The innermost template and its line at which an error was raised; None if it was raised in no template."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or file}:{error.lineno}"
    place, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
