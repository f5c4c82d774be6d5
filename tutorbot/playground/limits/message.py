"""Limits on messages: their text, embeds, files and how the parts go together."""

from typing import Any

from tutorbot.playground.components import V2_ONLY, walk
from tutorbot.playground.errors import ApiError, Refusal
from tutorbot.playground.flags import MessageFlag
from tutorbot.playground.limits.components import check_components
from tutorbot.playground.limits.problems import Path, Problems
from tutorbot.playground.model import Json, Message

CONTENT = 2000
EMBEDS = 10
EMBEDS_TOGETHER = 6000
FILES = 10
EMBED_TEXTS = (("title", 256), ("description", 4096))


def check_message(body: Json, files: int, at: Path = ()) -> None:
    """Refuse a message that Discord would not send; `at` is where it stands in the request.

    Raises:
        ApiError: 50006 when it is empty, 50035 for anything else.
    """
    flags = MessageFlag(body.get("flags") or 0)
    v2 = bool(flags & MessageFlag.COMPONENTS_V2)
    _check_parts(Problems(at), body, files, v2=v2)
    parts = (body.get("content"), body.get("embeds"), body.get("components"), body.get("sticker_ids"))
    if not any((*parts, body.get("poll"), files)):
        raise ApiError(Refusal.EMPTY_MESSAGE)


def check_edit(message: Message, body: Json, files: int, at: Path = ()) -> None:
    """Refuse an edit after which the message would be one that Discord does not allow.

    Raises:
        ApiError: 50006, 50035.
    """
    was_v2 = bool(message.flags & MessageFlag.COMPONENTS_V2)
    v2 = was_v2 or bool(MessageFlag(body.get("flags") or 0) & MessageFlag.COMPONENTS_V2)
    _check_parts(Problems(at), body, files, v2=v2)
    if v2 and not was_v2 and any(_left(message, body, key) for key in ("content", "embeds")):
        mixed = Problems(at)
        _check_mix(mixed, body | {key: _left(message, body, key) for key in ("content", "embeds")})
        mixed.settle()
    kept = body.get("attachments") if "attachments" in body else message.attachments
    if not any((*(_left(message, body, key) for key in ("content", "embeds", "components")), kept, files)):
        raise ApiError(Refusal.EMPTY_MESSAGE)


def _left(message: Message, body: Json, key: str) -> Any:
    return body[key] if key in body else getattr(message, key)


def _check_parts(problems: Problems, body: Json, files: int, *, v2: bool) -> None:
    components = body.get("components") or []
    problems.longer_than(("content",), body.get("content"), CONTENT)
    problems.more_than(("attachments",), body.get("attachments"), FILES)
    if files > FILES:
        problems.add(("attachments",), "BASE_TYPE_MAX_LENGTH", f"Must be {FILES} or fewer in length.")
    _check_embeds(problems, body.get("embeds") or [])
    if v2:
        _check_mix(problems, body)
    elif any(part.get("type") in V2_ONLY for _, part in walk(components)):
        problems.add(
            ("components",),
            "MESSAGE_COMPONENTS_V2_FLAG_REQUIRED",
            "The IS_COMPONENTS_V2 flag is needed for these components.",
        )
    check_components(problems, components, v2=v2)
    problems.settle()


def _check_mix(problems: Problems, body: Json) -> None:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(key):
            problems.add(
                (key,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _check_embeds(problems: Problems, embeds: list[Json]) -> None:
    problems.more_than(("embeds",), embeds, EMBEDS)
    together = 0
    for index, embed in enumerate(embeds):
        place = ("embeds", index)
        footer, author = embed.get("footer") or {}, embed.get("author") or {}
        fields = embed.get("fields") or []
        for key, most in EMBED_TEXTS:
            problems.longer_than((*place, key), embed.get(key), most)
        problems.longer_than((*place, "footer", "text"), footer.get("text"), 2048)
        problems.longer_than((*place, "author", "name"), author.get("name"), 256)
        problems.more_than((*place, "fields"), fields, 25)
        for number, row in enumerate(fields):
            problems.longer_than((*place, "fields", number, "name"), row.get("name"), 256, 1)
            problems.longer_than((*place, "fields", number, "value"), row.get("value"), 1024, 1)
        texts = [embed.get("title"), embed.get("description"), footer.get("text"), author.get("name")]
        texts += [row.get(key) for row in fields for key in ("name", "value")]
        together += sum(len(text) for text in texts if text)
    if together > EMBEDS_TOGETHER:
        problems.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBEDS_TOGETHER}")
