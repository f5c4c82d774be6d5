"""What moderators read, from the templates in ``discord/curation/``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tutorbot.bot.spoken import one_line
from tutorbot.bot.texts import MESSAGE_ROOM
from tutorbot.curation.citing import Unproved
from tutorbot.curation.difference import FieldDifference, Piece, difference
from tutorbot.curation.duplicates import Duplicate
from tutorbot.curation.form import Problem
from tutorbot.curation.versions import Version
from tutorbot.errors import Trouble
from tutorbot.knowledge import Course
from tutorbot.knowledge.importing import Doubt
from tutorbot.knowledge.importing import Duplicate as Repeated
from tutorbot.knowledge.models import Citation, Entry, Source
from tutorbot.knowledge.overlay import Laid
from tutorbot.store.unanswered import Group
from tutorbot.wording import Wording, clipped

_ROOMS = (1_500, 700, 350, 150, 80)
"""To how many characters long texts of an entry are cut, until the message fits."""

_LABEL, _DESCRIPTION, _MODAL_LABEL, _CHOICE = 80, 100, 45, 100
_SAME = 60
"""Characters of an unchanged stretch that are shown on each side of a change."""


@dataclass(frozen=True, slots=True)
class Row:
    """A version in a history: its entry's term, what was laid over it before and after."""

    version: Version
    term: str
    before: Laid | None
    after: Laid | None


class CurationTexts:
    """Every text of the moderators' side."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def render(self, name: str, /, **values: Any) -> str:
        """A template of ``discord/curation/``."""
        return self._wording.render(f"discord/curation/{name}.md", **values)

    def notice(self, which: str) -> str:
        """A sentence without values."""
        return self.render("notice", which=which)

    def command(self, which: str) -> str:
        """What a command or one of its options is for."""
        return clipped(self.render("command", which=which), _CHOICE)

    def button(self, which: str) -> str:
        """A button's label."""
        return clipped(self.render("button", which=which), _LABEL)

    def button_of(self, which: str, *, term: str = "", number: int = 0, label: str = "") -> str:
        """The label of a button about an entry, a version or a question."""
        values = {"term": one_line(term), "number": number, "label": label}
        return clipped(self.render("button_of", which=which, **values), _LABEL)

    def field(self, which: str) -> str:
        """The label or title of a part of a form."""
        return clipped(self.render("field", which=which), _MODAL_LABEL)

    def field_about(self, which: str) -> str:
        """What stands below a field's label."""
        return clipped(self.render("field", which=f"{which}.about"), _DESCRIPTION)

    def field_for(self, question: str) -> str:
        """The question that a form answers, below a field's label."""
        return clipped(self.render("field_for", question=one_line(question)), _DESCRIPTION)

    def setting(self, which: str) -> str:
        """What a setting is, or one of its values."""
        return self.render("setting", which=which)

    def trouble(self, trouble: Trouble, *, kept: bool) -> str:
        """The database failed; ``kept``: there was something typed, and it is kept."""
        return self.render("trouble", trouble=trouble, kept=kept)

    def problems(self, problems: Sequence[Problem]) -> str:
        """What is to be mended in a form."""
        sentences = [self._wording.render("curation/problem.md", problem=problem) for problem in problems]
        return clipped(self.render("problems", sentences=sentences), MESSAGE_ROOM)

    def doubts(self, term: str, duplicates: Sequence[Duplicate], unproved: Unproved | None) -> str:
        """What to look at before an entry is saved."""
        said = "" if unproved is None else self._wording.render("curation/unproved.md", unproved=unproved)
        return clipped(self.render("doubts", term=term, duplicates=duplicates, unproved=said), MESSAGE_ROOM)

    def entry(self, course: Course, entry: Entry, laid: Laid | None, version: int, questions: Sequence[str]) -> str:
        """All that an entry holds."""
        hidden = laid is not None and laid.hidden
        values = {**_shown(course, entry), "hidden": hidden, "version": version, "questions": questions}
        return self._fitting("entry", **values)

    def saved(
        self,
        course: Course,
        entry: Entry,
        version: Version,
        *,
        shown: bool = True,
        undone: bool = False,
        tells: int = 0,
    ) -> str:
        """What was saved; ``shown``: with what it looks like now. ``tells`` people are told that their question is answered."""
        return self._fitting(
            "saved",
            **{**_shown(course, entry), "entry": entry if shown else None},
            term=entry.term,
            action="undone" if undone else version.action.value,
            version=version.number,
            tells=tells,
        )

    def conflict(
        self, term: str, theirs: Version, before: Laid | None, after: Laid | None, *, form: bool = True
    ) -> str:
        """Somebody saved first, and what they changed; ``form``: a form can be opened on it."""
        fields = _shortened(difference(before, after))
        text = self.render("conflict", term=term, version=theirs, fields=fields, form=form)
        return clipped(text, MESSAGE_ROOM)

    def remove(self, term: str, lists: Sequence[str]) -> str:
        """Asks whether to remove an entry, which stands in ``lists``."""
        return self.render("remove", term=term, lists=lists)

    def history(self, term: str, rows: Sequence[Row], *, beginning: str) -> str:
        """Versions, the newest first; of one entry if ``term`` is given. ``beginning`` is how it was before the first of them:
        "own" (as the course has it) or "none" (not there), "" if that is not on this page.
        """
        shown = [
            {"version": row.version, "term": row.term, "fields": _shortened(difference(row.before, row.after))}
            for row in rows
        ]
        return clipped(self.render("history", term=term, rows=shown, beginning=beginning), MESSAGE_ROOM)

    def audit(self, term: str, version: Version, before: Laid | None, after: Laid | None) -> str:
        """A change, for the audit channel."""
        fields = _shortened(difference(before, after))
        return clipped(self.render("audit", term=term, version=version, fields=fields), MESSAGE_ROOM)

    def group(self, group: Group, *, term: str = "", number: int = 0) -> str:
        """Questions asked in vain; ``term`` is what answers them now, ``number`` their place in a list (from 1)."""
        return self.render("group", group=group, term=term, number=number)

    def proposal(
        self, course: Course, entry: Entry, doubts: Sequence[Doubt | Repeated], source: Source, **values: Any
    ) -> str:
        """A proposal of an import from ``source``."""
        shown = _shown(course, entry)
        titles = {source.id: source.title, **shown.pop("titles")}
        said = [self._doubt(doubt) for doubt in doubts]
        return self._fitting("proposal", **shown, titles=titles, doubts=said, **values)

    def _doubt(self, doubt: Doubt | Repeated) -> str:
        if isinstance(doubt, Doubt):
            return self._wording.render("importing/doubt.txt", doubt=doubt)
        return self._wording.render("importing/duplicate.txt", duplicate=doubt)

    def _fitting(self, template: str, /, **values: Any) -> str:
        text = ""
        for room in _ROOMS:
            text = self.render(template, room=room, **values)
            if len(text) <= MESSAGE_ROOM:
                return text
        return clipped(text, MESSAGE_ROOM)


def _shown(course: Course, entry: Entry) -> dict[str, Any]:
    """An entry with the names of what it refers to."""
    return {
        "entry": entry,
        "titles": {source.id: source.title for source in course.sources},
        "credits": [_credited(course, citation) for citation in entry.citations],
        "names": {
            item.entry: course.by_id[item.entry].term
            for item in entry.items
            if item.entry is not None and item.text is None and item.entry in course.by_id
        },
    }


def _credited(course: Course, citation: Citation) -> str:
    """The work of a citation as it is named in a source line; "" if there is none."""
    work = course.works_by_id.get(citation.work_id or "")
    return work.cited(citation.pages) if work else citation.work or ""


def _shortened(fields: Sequence[FieldDifference]) -> list[FieldDifference]:
    """Long unchanged stretches cut, so that the changes stand out; blanks are not marked as changed."""
    return [FieldDifference(one.field, tuple(_short(piece) for piece in one.pieces)) for one in fields]


def _short(piece: Piece) -> Piece:
    text = " ".join(" · ".join(piece.text.split("\n")).split())
    if piece.kind == "same" and len(text) > 3 * _SAME:
        text = f"{text[:_SAME].rstrip()} … {text[-_SAME:].lstrip()}"
    return Piece(piece.kind, text)
