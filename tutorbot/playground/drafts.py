"""From the body of a request to a message to be sent or an edit to be made."""

from collections.abc import Mapping
from dataclasses import replace

from tutorbot.playground.flags import MessageFlag
from tutorbot.playground.model import Json, Message
from tutorbot.playground.posting import Draft, Edit, Upload

LARGEST_INDEX = 1000
"""Attachment ids below this count the files of the same request; above, they name files already stored."""


def draft_from(body: Json, files: Mapping[int, Upload], reply_to: Message | None = None) -> Draft:
    """The message that a request's body and files describe."""
    return Draft(
        content=body.get("content") or "",
        embeds=tuple(body.get("embeds") or ()),
        components=tuple(body.get("components") or ()),
        uploads=described(body, files),
        flags=MessageFlag(body.get("flags") or 0),
        reply_to=reply_to,
        allowed_mentions=body.get("allowed_mentions"),
        nonce=body.get("nonce"),
        tts=bool(body.get("tts")),
    )


def changes_from(body: Json, files: Mapping[int, Upload]) -> Edit:
    """The edit that a request's body and files describe; a null part is emptied, an absent one stays."""
    stays = body.get("attachments")
    return Edit(
        content=body["content"] or "" if "content" in body else None,
        embeds=tuple(body["embeds"] or ()) if "embeds" in body else None,
        components=tuple(body["components"] or ()) if "components" in body else None,
        keep=None if "attachments" not in body else frozenset(_stored_ids(stays or [])),
        uploads=described(body, files),
        flags=MessageFlag(body["flags"] or 0) if "flags" in body else None,
        allowed_mentions=body.get("allowed_mentions"),
    )


def _stored_ids(attachments: list[Json]) -> list[int]:
    return [int(one["id"]) for one in attachments if int(one["id"]) >= LARGEST_INDEX]


def described(body: Json, files: Mapping[int, Upload]) -> tuple[Upload, ...]:
    """The files in order, with the names and descriptions that the body gives them."""
    told = {int(one["id"]): one for one in body.get("attachments") or []}
    made = []
    for index, upload in sorted(files.items()):
        about = told.get(index, {})
        made.append(
            replace(
                upload,
                filename=about.get("filename") or upload.filename,
                description=about.get("description"),
                title=about.get("title"),
            )
        )
    return tuple(made)
