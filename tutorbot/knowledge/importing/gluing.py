"""Taking apart what a document glues together: words, sentences, and the lines of a slide.

Slides dumped to text lose the ends of lines and many spaces: "ofthecellOsmosis and". Where a capital or a figure follows
a small letter, or a letter a full stop, something was lost: a line's end, or a space within a name. What the document writes
apart elsewhere decides, then the language's words.
"""

import re
from collections.abc import Iterable, Sequence

from tutorbot.knowledge.importing.vocabulary import Vocabulary

_GLUED_SHARE = 0.04
"""Glued places for each word from which on a document is taken apart. The slides of the first course have 0.15; its cards,
the second course's documents and English prose have none."""

_JOINT = re.compile(r"[a-z][A-Z][a-z]|[a-z)][.!?;…][A-Z]|[)”][A-Z][a-z]|[a-z],[a-z]{2}")

_SIGNS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"[\ue000-\uf8ff]", " → "),  # a symbol font's arrow or bullet
        (
            r"(?<=[a-z)\]”%\d….!?][.!?;…])(?=[“\"(]?[A-Z][^\W\d_])|(?<=[a-z]{3}\.)(?=[1-9]\d{3}\b)|(?<=[)”])(?=[A-Z][a-z])",
            "\n",
        ),
        (r"(?<=[a-z]{3})(?=\d{1,2} [a-z]{3})|(?<=\d)(?=[A-Z][a-z]{2})", "\n"),  # "…cells2 kinds of"
        (r"(?<=[a-z)”…][!?;…])(?=[a-z])|(?<=[)”]\.)(?=[a-z])|(?<=[a-z)”.],)(?=[^\W\d_])", " "),
        (
            r"(?<=[a-z]{3})(?=\((?![a-z]{1,3}\)))|(?<=[a-z]{3}\))(?=[a-z])|(?<=”)(?=\()",
            " ",
        ),  # "tissue(Hooke", but "cell(s)"
        (r"(?<=[A-Za-z]{3})(?=(?:1[5-9]|20)\d\d\b)", " "),  # "Fedder1968"
        (r"(?<=\d)(?=(?:to|of|in|and|or|by|for|on)\b)", " "),
        (r"(?<=[a-z]{3})(?=(?:cf|e\.g|i\.e)\.)|(?<=\w)(?=[<>=] )", " "),
        (r"[^\S\n]*[–—][^\S\n]+|[^\S\n]+[–—][^\S\n]*|(?<=[a-z)])[–—](?=[A-Z])", " – "),
    )
)
# The one loss that is plain in any document: "… is kept.Levain – the portion", but not "System.Out".
_SENTENCES = re.compile(r"((?:^|[\s(“])[a-z’'-]+[.!?;…])(?=[A-Z][a-z’']*[ ,:])")
_TERM_DASH = re.compile(r"^([A-Z]\w+)[–—](?=[a-z])", re.MULTILINE)  # "Alignment–occurs when"

_SHORT_CAPITALS = 8  # letters; a shorter run of capitals is an abbreviation
_BINDING = "a an and are as at by for from in into is of on or than that the their this to was were with"
"""Words that no line ends with."""

_SPACES = re.compile(r"[^\S\n]+")
_RUN = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"[A-Z]{2,}[a-z]+|[A-Z]?[a-z]+|[A-Z]+|[^\W\d_]+")


class Ungluer:
    """Takes the texts of one document apart. ``others`` are texts with words of the same subject, the course's entries."""

    def __init__(self, texts: Sequence[str], others: Iterable[str] = (), *, language: str = "en") -> None:
        self.glued = looks_glued(texts)
        self._words = Vocabulary(texts, others, language=language) if self.glued else None

    def lines(self, text: str) -> list[str]:
        """``text`` with its lost spaces, a line where a line was lost; a document that is not glued is parted between
        sentences alone, where the space between two is missing."""
        text = _SPACES.sub(" ", text)
        if self._words is not None:
            for pattern, instead in _SIGNS:
                text = pattern.sub(instead, text)
            text = "".join(self._line(line) for line in text.splitlines(keepends=True))
            text = _TERM_DASH.sub(r"\1 – ", text)
        text = _SENTENCES.sub(r"\1\n", text)
        return [line for line in (" ".join(part.split()) for part in text.splitlines()) if line]

    def doubtful(self, text: str) -> list[str]:
        """Words of ``text``, as `lines` gives it, that may still be glued or misspelt."""
        if self._words is None:
            return []
        return [word for word in dict.fromkeys(_RUN.findall(text)) if self._words.doubts(word)]

    def _line(self, line: str) -> str:
        made, at = "", 0
        for run in _RUN.finditer(line):
            made += line[at : run.start()]
            made += self._apart(run[0], before=made.rpartition("\n")[2], after=line[run.end() :])
            at = run.end()
        return made + line[at:]

    def _apart(self, run: str, before: str, after: str) -> str:
        words = self._humps(run)
        made = words[0]
        for number, hump in enumerate(words[1:], start=1):
            rest = [*hump.split(" ")[1:], " ".join(words[number + 1 :]) or after.lstrip()]
            made += self._joint(before + made, hump.split(" ")[0], rest[0]) + hump
        return made

    def _humps(self, run: str) -> list[str]:
        """The words between whose ends and beginnings a capital follows a small letter, each taken apart by spaces."""
        assert self._words is not None
        humps = [part for hump in _HUMP.findall(run) for part in self._acronym(hump)]
        part_of_name = humps[0].istitle() and len(humps[0]) < 3 and not self._words.knows(humps[0])
        if len(humps) > 1 and (self._words.writes(run) or min(map(len, humps)) < 2 or part_of_name):
            return [run]  # "GitHub", "iPhone", "McDonald"
        return [
            hump if hump.isupper() and len(hump) < _SHORT_CAPITALS else " ".join(self._words.apart(hump))
            for hump in humps
        ]

    def _acronym(self, hump: str) -> list[str]:
        """ "IRWeakstates" is IR and a word with a capital, "NATOallies" is NATO and a word without; "NGOs" is one word."""
        assert self._words is not None
        capitals = re.match(r"[A-Z]*", hump)[0]  # type: ignore[index]  # it matches every text
        small = hump[len(capitals) :]
        if len(capitals) < 2 or len(small) < 2:
            return [hump]
        with_capital = capitals[-1] + small
        if self._words.is_common(with_capital):
            return [capitals[:-1], with_capital]
        if self._words.knows(small) and len(capitals) > 2:
            return [f"{capitals} {small}"]
        if len(small) < 3:
            return [hump]
        if self._words.splits(with_capital) or not self._words.splits(small):
            return [capitals[:-1], with_capital]
        return [f"{capitals} {' '.join(self._words.apart(small))}"]

    def _joint(self, before: str, word: str, following: str) -> str:
        """What was lost between ``before`` and ``word``: a line's end, or only a space."""
        assert self._words is not None
        line = before.rpartition("\n")[2]
        last = (_RUN.findall(line) or [""])[-1]
        if self._words.pairs(last, word):
            return " "
        if last.casefold() in _BINDING.split():
            return " "
        if last[:1].islower() or (last.isupper() and len(last) > 1):
            return "\n"
        if word.isupper() or line.strip() == last:
            return " "
        return "\n" if following[:1].islower() else " "


def looks_glued(texts: Iterable[str]) -> bool:
    """Whether a document has lost line ends and spaces."""
    joints = words = 0
    for text in texts:
        joints += len(_JOINT.findall(text))
        words += len(text.split())
    return joints > 3 and joints > _GLUED_SHARE * words
