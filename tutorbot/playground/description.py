"""Checking requests against Discord's own OpenAPI description."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError


class Description:
    """An OpenAPI document that can say what is wrong with a request."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        ordered = sorted(document["paths"].items(), key=lambda item: item[0].count("{"))
        self._paths = [(_pattern(path), path, operations) for path, operations in ordered]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file.

        Raises:
            OSError: it cannot be read.
        """
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def violations(self, method: str, path: str, body: object) -> list[str]:
        """What is wrong with a request, one sentence each; an empty list if nothing is.

        `path` is without /api/v10; `body` is the JSON (of a multipart request, its payload_json).
        """
        found = self._operation(method.lower(), path)
        if found is None:
            return [f"{method} {path} is not in the description."]
        template, operation = found
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        where = f"{method} {template}"
        if schema is None:
            return [f"{where} takes no body, but got one."] if body else []
        if body is None:
            needed = operation["requestBody"].get("required") and not self._accepts_nothing(schema)
            return [f"{where} needs a body."] if needed else []
        return [f"{where}: {sentence}" for sentence in self._errors(schema, body, "body")]

    def _accepts_nothing(self, schema: dict[str, Any]) -> bool:
        return Draft202012Validator(self._rooted(schema)).is_valid({})

    def _operation(self, method: str, path: str) -> tuple[str, dict[str, Any]] | None:
        for pattern, template, operations in self._paths:
            if method in operations and pattern.fullmatch(path):
                return template, operations[method]
        return None

    def _rooted(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {"components": self._document["components"], **schema}

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[-1]
            schema = self._document["components"]["schemas"][name]
        return schema

    def _errors(self, schema: dict[str, Any], value: object, where: str) -> Iterator[str]:
        """Errors, with the branch of every union picked by `type` so that they name what is really wrong.

        An id may be a number: Discord takes that too.
        """
        schema = self._resolved(schema)
        branches = [self._resolved(branch) for branch in schema.get("oneOf") or schema.get("anyOf") or []]
        if isinstance(value, int) and any(one.get("format") == "snowflake" for one in (schema, *branches)):
            value = str(value)
        if branches and isinstance(value, dict):
            yield from self._union_errors(branches, value, where)
            return
        shallow = {
            key: part
            for key, part in schema.items()
            if key not in ("properties", "items", "allOf", "additionalProperties")
        }
        for error in Draft202012Validator(self._rooted(shallow)).iter_errors(value):
            yield _sentence(error, where)
        if isinstance(value, dict):
            properties = schema.get("properties", {})
            rest = schema.get("additionalProperties")
            for key, inner in value.items():
                part = properties.get(key, rest)
                if isinstance(part, dict):
                    yield from self._errors(part, inner, f"{where}.{key}")
        elif isinstance(value, list) and isinstance(schema.get("items"), dict):
            for index, inner in enumerate(value):
                yield from self._errors(schema["items"], inner, f"{where}[{index}]")
        for part in schema.get("allOf", []):
            yield from self._errors(part, value, where)

    def _union_errors(self, branches: list[dict[str, Any]], value: dict[str, Any], where: str) -> Iterator[str]:
        of_type = [branch for branch in branches if self._type_fits(branch, value)]
        tried = [list(self._errors(branch, value, where)) for branch in of_type]
        if not tried:
            yield f"{where}: no variant takes type {value.get('type')!r}."
        elif all(tried):
            yield from min(tried, key=len)

    def _type_fits(self, branch: dict[str, Any], value: dict[str, Any]) -> bool:
        if branch.get("type") not in ("object", None) and "object" not in branch["type"]:
            return False
        wanted = branch.get("properties", {}).get("type")
        if wanted is None or "type" not in value:
            return wanted is None or "type" not in branch.get("required", [])
        return Draft202012Validator(self._rooted(wanted)).is_valid(value["type"])


def _sentence(error: ValidationError, where: str) -> str:
    place = where + "".join(f"[{step!r}]" for step in error.absolute_path)
    return f"{place}: {error.message[:300]}."


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w+\})", path)
    return re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part) for part in parts))
