"""What a tab asks for, as JSON with a number `n` by which the answer is told; checked by pydantic."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

Id = Annotated[str, StringConstraints(pattern=r"^\d{1,20}$")]
Text = Annotated[str, StringConstraints(max_length=6000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=32, strip_whitespace=True)]
Value = Annotated[bool | int | float | Text, Field(union_mode="left_to_right")]


class _Ask(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    n: int


class Be(_Ask):
    """Act as this person from now on."""

    do: Literal["be"]
    person: Id


class Join(_Ask):
    """A new person joins the server."""

    do: Literal["join"]
    name: Name
    moderator: bool = False


class Open(_Ask):
    """Look into a channel; `before` a message for what stands above it."""

    do: Literal["open"]
    channel: Id
    before: Id | None = None


class Say(_Ask):
    """Write a message; `files` are ids of uploads."""

    do: Literal["say"]
    channel: Id
    text: Text
    reply_to: Id | None = None
    ping: bool = True
    files: tuple[str, ...] = Field((), max_length=10)


class Edit(_Ask):
    """Change an own message."""

    do: Literal["edit"]
    channel: Id
    message: Id
    text: Text


class Delete(_Ask):
    """Delete a message, or dismiss a private one."""

    do: Literal["delete"]
    channel: Id
    message: Id


class React(_Ask):
    """Add a reaction, or take it back."""

    do: Literal["react"]
    channel: Id
    message: Id
    emoji: Annotated[str, StringConstraints(min_length=1, max_length=16)]
    on: bool


class Types(_Ask):
    """Begin to type."""

    do: Literal["types"]
    channel: Id


class Slash(_Ask):
    """Use a slash command: its words, and its options by name (people, channels and files by id)."""

    do: Literal["slash"]
    channel: Id
    command: Text
    options: dict[str, Value]


class Complete(_Ask):
    """What is suggested for an option that is being typed."""

    do: Literal["complete"]
    channel: Id
    command: Text
    option: Text
    typed: Text
    options: dict[str, Value]


class Click(_Ask):
    """Press a button."""

    do: Literal["click"]
    channel: Id
    message: Id
    button: Text


class Select(_Ask):
    """Choose in a menu: values, or ids of people, roles or channels."""

    do: Literal["select"]
    channel: Id
    message: Id
    menu: Text
    values: tuple[Text, ...] = Field(max_length=25)


class Menu(_Ask):
    """Use an entry of a message's "Apps" menu."""

    do: Literal["menu"]
    channel: Id
    message: Id
    command: Text


class Submit(_Ask):
    """Send a form that was opened; `values` by the fields' custom_ids."""

    do: Literal["submit"]
    form: Id
    values: dict[str, bool | Text | tuple[Text, ...] | None]


class Players(_Ask):
    """Let simulated players into a channel; 0 sends those that are there home."""

    do: Literal["players"]
    channel: Id
    count: int = Field(ge=0, le=10)


class Restart(_Ask):
    """Stop the bot and start it again."""

    do: Literal["restart"]


Ask = Annotated[
    Be | Join | Open | Say | Edit | Delete | React | Types | Slash | Complete | Click | Select | Menu | Submit
    | Players | Restart,
    Field(discriminator="do"),
]  # fmt: skip
ASK: TypeAdapter[Ask] = TypeAdapter(Ask)
