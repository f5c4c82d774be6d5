"""The text of small pieces of HTML, as flashcard programs keep it."""

import re
from html.parser import HTMLParser

_BLOCKS = {"br", "div", "p", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote"}
_UNSEEN = {"script", "style", "head", "title"}
_SOUND = re.compile(r"\[(?:sound|anki):[^\[\]]{0,300}\]")

_DECLARATION = re.compile(r"<!(?!--)")  # the parser fails on a broken one, and no card has a sound one

LONGEST = 50_000
"""Characters of HTML on a side of a card that are read; the parser's time grows with their square."""


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0
        self._numbers: list[int] = []  # of the ordered lists that are open; -1 stands for a list with bullets

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _UNSEEN:
            self._unseen += 1
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag in {"ul", "ol"}:
            self._numbers.append(0 if tag == "ol" else -1)
        if tag == "li":
            self.parts.append(self._mark())
        if tag == "td":
            self.parts.append(" ")

    def _mark(self) -> str:
        if not self._numbers or self._numbers[-1] < 0:
            return "- "
        self._numbers[-1] += 1
        return f"{self._numbers[-1]}. "

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in {"ul", "ol"} and self._numbers:
            self._numbers.pop()
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def plain_lines(html: str) -> str:
    """The text of ``html``, a line a block, list items after "- " or their number; pictures and sounds are left out."""
    reader = _Text()
    reader.feed(_DECLARATION.sub("&lt;!", html))
    reader.close()
    lines = (" ".join(line.split()) for line in _SOUND.sub("", "".join(reader.parts)).splitlines())
    return "\n".join(line for line in lines if line)
