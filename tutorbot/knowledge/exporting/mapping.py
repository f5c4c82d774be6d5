"""Entries as the mappings that YAML files hold."""

from collections.abc import Collection, Mapping
from typing import Any

from tutorbot.knowledge.models import Entry, Item


def entry_mapping(
    entry: Entry, known: Collection[str] | None = None, without_works: Collection[str] = ()
) -> dict[str, Any]:
    """An entry's keys that hold something, in the order of the model; ``known`` None keeps every link."""
    made: dict[str, Any] = entry.model_dump(mode="json", exclude_defaults=True)
    made["citations"] = [
        {key: value for key, value in row.items() if key != "work" or str(value).partition(":")[0] not in without_works}
        for row in made["citations"]
    ]
    if known is not None and entry.items:
        made["items"] = [_item(item, known) for item in entry.items]
    return made


def _item(item: Item, known: Collection[str]) -> Mapping[str, str]:
    link = item.entry if item.entry in known or item.text is None else None
    return {key: value for key, value in (("entry", link), ("text", item.text)) if value is not None}
