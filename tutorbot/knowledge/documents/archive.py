"""Zip files from strangers: opened in memory, never unpacked to disk, with limits on what they unpack to."""

import io
import re
import zipfile
import zlib

from tutorbot.errors import SourceError

MAX_MEMBERS = 20_000
MAX_UNPACKED = 200_000_000
"""Bytes that all members that are read may unpack to."""
MAX_RATIO = 200
"""Unpacked to packed bytes of a member larger than a megabyte; text of slides reaches about 30, zeros 1,000."""

_SMALL = 1_000_000
# Neither PowerPoint nor Anki writes a document type, and entities need one; UTF-16 is looked through, too.
_DOCTYPE = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)


class Archive:
    """A zip file held in memory. Raises SourceError, naming ``name``, for whatever is broken or too large."""

    def __init__(self, name: str, held: bytes) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(held))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, OverflowError) as error:
            raise SourceError(f"{name} is broken: its zip cannot be opened; save or export it anew.") from error
        if len(members) > MAX_MEMBERS:
            raise SourceError(f"{name} holds more than {MAX_MEMBERS} files; export fewer cards or slides.")
        self.members = {member.filename: member for member in members}
        if len(self.members) < len(members):
            raise SourceError(f"{name} is broken: a file stands in it twice; save or export it anew.")
        self._left = MAX_UNPACKED

    def __contains__(self, member: str) -> bool:
        return member in self.members

    def read(self, member: str) -> bytes:
        """The bytes of a member, within the limits; KeyError if there is none of that name."""
        info = self.members[member]
        if info.flag_bits & 1:
            raise SourceError(f"{self.name} is encrypted; save a copy without a password.")
        unpacked = bytearray()
        try:
            with self._zip.open(info) as file:
                while piece := file.read(1 << 20):  # what it says of its size may be a lie
                    unpacked += piece
                    self._count(len(piece), len(unpacked), info.compress_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise SourceError(
                f"{self.name} is broken: a part of it cannot be unpacked; save or export it anew."
            ) from error
        return bytes(unpacked)

    def _count(self, piece: int, unpacked: int, packed: int) -> None:
        self._left -= piece
        if self._left < 0 or (unpacked > _SMALL and unpacked > MAX_RATIO * max(1, packed)):
            raise SourceError(
                f"{self.name} unpacks to far more than it holds, or to more than {MAX_UNPACKED // 1_000_000} MB; it is not read."
            )

    def check_xml(self) -> None:
        """Unpack every member once, within the limits, and refuse XML that defines entities."""
        for member in self.members:
            held = self.read(member)
            if member.endswith((".xml", ".rels")) and _DOCTYPE.search(held):
                raise SourceError(f"{self.name} defines XML entities, which no such program writes; it is not read.")
