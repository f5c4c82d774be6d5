"""What to do about a value that a model refuses, in one sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from tutorbot.knowledge.models import LANGUAGE, SLUG, WORK

_PATTERNS = {
    SLUG: "lower-case letters and digits, joined by single hyphens",
    WORK: "a work's id, with pages after a colon if there are any (smith-1990: 106)",
    LANGUAGE: "a language's code, like en",
}

_ADVICE: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
    "missing": lambda where, _: f"{where} is missing; add it",
    "extra_forbidden": lambda where, _: f"{where} is not a key that is known here; check its spelling",
    "invalid_key": lambda where, _: f"{where} is not a key that is known here; check its spelling",
    "string_type": lambda where, _: f"{where} must be text; put it in quotes if it looks like a number or a date",
    "string_too_short": lambda where, _: f"{where} is empty; write something or remove the line",
    "string_too_long": lambda where, more: f"{where} is longer than {more['max_length']} characters; shorten it",
    "string_pattern_mismatch": lambda where, more: f"{where} must be {_PATTERNS[more['pattern']]}; rewrite it",
    "tuple_type": lambda where, _: f"{where} must be a list; write it in [brackets] or one a line after `- `",
    "too_short": lambda where, _: f"{where} is empty; add at least one",
    "too_long": lambda where, more: f"{where} has more than {more['max_length']} parts; leave some out",
    "model_type": lambda where, _: f"{where} must be a block of `key: value` lines; rewrite it so",
    "model_attributes_type": lambda where, _: f"{where} must be a block of `key: value` lines; rewrite it so",
    "dict_type": lambda where, _: f"{where} must be a block of `key: value` lines; rewrite it so",
    "literal_error": lambda where, more: f"{where} must be one of {more['expected']}; choose one",
    "int_parsing": lambda where, _: f"{where} must be a whole number; correct it",
    "int_from_float": lambda where, _: f"{where} must be a whole number; correct it",
    "int_type": lambda where, _: f"{where} must be a whole number; correct it",
    "value_error": lambda _, more: str(more["error"]),
}


def advice(error: ValidationError) -> tuple[tuple[int | str, ...], str]:
    """The path of the first value that is wrong, and what to do about it."""
    first = error.errors(include_url=False, include_input=False)[0]
    path = first["loc"]
    where = f"`{'.'.join(str(part) for part in path)}`" if path else "this"
    explain = _ADVICE.get(first["type"])
    if explain is not None:
        return path, explain(where, first.get("ctx", {}))
    return path, f"{where}: {first['msg'][0].lower()}{first['msg'][1:]}; correct it"
