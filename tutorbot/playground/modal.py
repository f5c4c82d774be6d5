"""A modal as a person sees it, and what filling it in sends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tutorbot.playground.components import (
    ACTION_ROW,
    CHECKBOX,
    CHECKBOX_GROUP,
    FILE_UPLOAD,
    LABEL,
    RADIO_GROUP,
    SELECTS,
    STRING_SELECT,
    TEXT_INPUT,
    texts_in,
)
from tutorbot.playground.errors import ImpossibleError
from tutorbot.playground.model import Json

if TYPE_CHECKING:
    from tutorbot.playground.interaction import Interaction

LISTS = SELECTS | {CHECKBOX_GROUP, FILE_UPLOAD}
REFERRING = LISTS - {CHECKBOX_GROUP, STRING_SELECT}

Refer = Callable[[Any, int, str], str]
"""From something that was chosen, the kind of field and its label to the id that Discord sends."""


@dataclass(frozen=True)
class Field:
    """Something to fill in. `value` is what it holds before anybody typed."""

    custom_id: str
    label: str
    kind: int
    required: bool
    placeholder: str
    value: Any
    min_length: int
    max_length: int
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Modal:
    """A form that a bot opened for one person."""

    custom_id: str
    title: str
    components: tuple[Json, ...]
    interaction: "Interaction"

    @property
    def fields(self) -> list[Field]:
        """What can be filled in, from top to bottom."""
        found = []
        for part in self.components:
            if part["type"] == LABEL:
                found.append(_field(part["component"], part["label"]))
            elif part["type"] == ACTION_ROW:
                found += [_field(child, child.get("label") or "") for child in part["components"]]
        return found

    @property
    def text(self) -> str:
        """Its title and text displays, one a line."""
        return "\n".join([self.title, *texts_in(list(self.components))])

    def filled_in(self, given: Mapping[str, Any], refer: Refer) -> Json:
        """The interaction data of submitting it with `given`: values by label or custom_id.

        `refer` gives the id of a person, role, channel or file, told the kind of field and its name.

        Raises:
            ImpossibleError: a field that is not there, a required one left empty, a text too short or
                too long, an option that is not offered.
        """
        fields = self.fields
        for name in given:
            if not any(name in (field.label, field.custom_id) for field in fields):
                offered = ", ".join(f"{field.label!r} ({field.custom_id})" for field in fields)
                raise ImpossibleError(f"The modal {self.title!r} has no field {name!r}; it has {offered}.")
        values = {field.custom_id: _value(field, given, refer) for field in fields}
        return {
            "custom_id": self.custom_id,
            "components": [_submitted(part, values) for part in self.components],
        }


def _field(component: Json, label: str) -> Field:
    kind = component["type"]
    preset = component.get("value") or ""
    chosen = [one["value"] for one in component.get("options") or [] if one.get("default")]
    if kind in LISTS:
        preset = chosen
    elif kind == RADIO_GROUP:
        preset = chosen[0] if chosen else None
    elif kind == CHECKBOX:
        preset = bool(component.get("default"))
    return Field(
        custom_id=component["custom_id"],
        label=label,
        kind=kind,
        required=component.get("required") is not False and kind != CHECKBOX,
        placeholder=component.get("placeholder") or "",
        value=preset,
        min_length=component.get("min_length") or 0,
        max_length=component.get("max_length") or 4000,
        options=tuple((one["label"], one["value"]) for one in component.get("options") or []),
    )


def _value(field: Field, given: Mapping[str, Any], refer: Refer) -> Any:
    value = given.get(field.custom_id, given.get(field.label, field.value))
    if field.required and not value:
        raise ImpossibleError(f"The field {field.label!r} must be filled in.")
    if field.kind == TEXT_INPUT:
        if value and not field.min_length <= len(value) <= field.max_length:
            raise ImpossibleError(
                f"The field {field.label!r} takes {field.min_length} to {field.max_length} characters, "
                f"not {len(value)}."
            )
        return value
    if field.kind in REFERRING:
        return [refer(one, field.kind, field.label) for one in value]
    if field.kind in LISTS:
        return [_option(field, str(one)) for one in value]
    if field.kind == RADIO_GROUP:
        return None if value is None else _option(field, value)
    return value


def _option(field: Field, wanted: str) -> str:
    for label, value in field.options:
        if wanted in (label, value):
            return value
    raise ImpossibleError(f"The field {field.label!r} does not offer {wanted!r}.")


def _submitted(part: Json, values: Mapping[str, Any]) -> Json:
    sent: Json = {"type": part["type"], "id": part["id"]}
    if part["type"] == LABEL:
        return {**sent, "component": _submitted(part["component"], values)}
    if part["type"] == ACTION_ROW:
        return {**sent, "components": [_submitted(child, values) for child in part["components"]]}
    if "custom_id" not in part:
        return sent
    key = "values" if part["type"] in LISTS else "value"
    return {**sent, "custom_id": part["custom_id"], key: values[part["custom_id"]]}
