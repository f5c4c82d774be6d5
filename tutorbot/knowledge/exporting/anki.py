"""A course as an Anki deck (.apkg): a card an entry, with its citations.

The deck is written in the schema that every Anki since 2.0 imports (version 11, ``collection.anki2``). Ids are made of the course's and
the entries' ids, so importing a later export updates the cards and keeps what the student has learnt.
"""

import hashlib
import html
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime
from typing import Any

from tutorbot.knowledge.exporting.showing import Labels, errata, places, points
from tutorbot.knowledge.models import Course, Entry

# The tables and their meaning: https://github.com/ankidroid/Anki-Android/wiki/Database-Structure
_SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
  ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
  models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
  ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL,
  odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
  ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""
_FIELDS = ("Term", "Statement", "Places", "Id")
_CSS = """.card { font-family: sans-serif; font-size: 20px; text-align: center; }
.statement { text-align: left; max-width: 40em; margin: auto; }
.places { font-size: 13px; text-align: left; opacity: .75; max-width: 50em; margin: 1em auto 0; }
blockquote { margin: .2em 0 .8em 1em; font-style: italic; }"""
_QUESTION = "{{Term}}"
_ANSWER = '{{FrontSide}}<hr id=answer><div class="statement">{{Statement}}</div><div class="places">{{Places}}</div>'
_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip knows


def course_deck(course: Course, labels: Labels, *, now: datetime) -> bytes:
    """The course as an .apkg; the same course and ``now`` (with a time zone) give the same bytes.

    Anki overwrites a note that it has with one of a later ``now``.
    """
    seconds = int(now.timestamp())
    with closing(sqlite3.connect(":memory:")) as collection:
        collection.executescript(_SCHEMA)
        model, deck = _number(course.id, "model"), _number(course.id, "deck")
        collection.execute(
            "INSERT INTO col VALUES (1,?,?,?,11,0,0,0,?,?,?,?,'{}')", _head(course, model, deck, seconds)
        )
        taken: set[int] = set()
        for due, entry in enumerate((one for one in course.entries if not one.is_bare), start=1):
            note = _number(course.id, entry.id)
            while note in taken:
                note += 1
            taken.add(note)
            fields = _fields(course, entry, labels)
            plain = re.sub(r"<[^>]*>", "", fields[0])
            checksum = int(hashlib.sha1(plain.encode(), usedforsecurity=False).hexdigest()[:8], 16)  # Anki's own
            guid = f"{course.id}/{entry.id}"
            tags = " " + re.sub(r"[^\w-]+", "_", entry.topic) + " "
            collection.execute(
                "INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,?,0,'')",
                (note, guid, model, seconds, tags, "\x1f".join(fields), plain, checksum),
            )
            collection.execute(
                "INSERT INTO cards VALUES (?,?,?,0,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')", (note, note, deck, seconds, due)
            )
        collection.commit()
        held = collection.serialize()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("collection.anki2", held), ("media", b"{}")):
            archive.writestr(zipfile.ZipInfo(name, _FIRST), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _fields(course: Course, entry: Entry, labels: Labels) -> list[str]:
    said = [_lines(labels.note)] if entry.note else []
    said += [_lines(entry.statement)] if entry.statement else []
    if entry.items:
        said.append("<ol>" + "".join(f"<li>{_lines(text)}</li>" for text in points(course, entry)) + "</ol>")
    said += [f"<i>{_lines(labels.gloss)} {_lines(entry.gloss)}</i>"] if entry.gloss else []
    said += [f"<i>{_lines(labels.erratum)} {_lines(text)}</i>" for text in errata(course, entry)]
    where = [f"{_lines(one.line)}<blockquote>{_lines(one.quote)}</blockquote>" for one in places(course, entry)]
    return [_lines(entry.term), "<br>".join(said), "".join(where), entry.id]


def _lines(text: str) -> str:
    """``text`` as HTML: no tag, no template, no sound and no LaTeX of its own."""
    safe = html.escape(text.replace("\x1f", " ")).replace("[", "&#91;").replace("{{", "{&#123;").replace("\\", "&#92;")
    return safe.replace("\n", "<br>")


def _number(*names: str) -> int:
    """An id of that name, as large as a time in milliseconds, which is what Anki's own ids are."""
    digest = hashlib.blake2b("/".join(names).encode(), digest_size=8).digest()
    return 1_000_000_000_000 + int.from_bytes(digest, "big") % 600_000_000_000


def _head(course: Course, model: int, deck: int, seconds: int) -> tuple[Any, ...]:
    """Creation, change and schema times, then configuration, note types, decks and options as JSON."""
    fields = [
        {"name": name, "ord": at, "font": "Arial", "size": 20, "rtl": False, "sticky": False, "media": []}
        for at, name in enumerate(_FIELDS)
    ]
    template = {"name": "Card 1", "ord": 0, "qfmt": _QUESTION, "afmt": _ANSWER, "bqfmt": "", "bafmt": "", "did": None}
    models = {
        str(model): {
            "id": model, "name": f"TutorBot {course.id}", "type": 0, "mod": seconds, "usn": -1, "sortf": 0, "did": deck,
            "flds": fields, "tmpls": [template], "css": _CSS, "latexPre": "", "latexPost": "", "tags": [], "vers": [],
            "req": [[0, "any", [0]]],
        }
    }  # fmt: skip
    decks = {str(number): _deck(number, name, seconds) for number, name in ((1, "Default"), (deck, course.title))}
    options = {
        "1": {
            "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True,
            "new": {"delays": [1, 10], "ints": [1, 4, 7], "initialFactor": 2500, "order": 1, "perDay": 20,
                    "bury": False, "separate": True},
            "rev": {"perDay": 200, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500, "minSpace": 1, "bury": False},
            "lapse": {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 0},
        }
    }  # fmt: skip
    conf = {"activeDecks": [1], "curDeck": 1, "newSpread": 0, "collapseTime": 1200, "timeLim": 0, "estTimes": True,
            "dueCounts": True, "curModel": str(model), "nextPos": 1, "sortType": "noteFld", "sortBackwards": False,
            "addToCur": True}  # fmt: skip
    return (seconds, seconds * 1000, seconds * 1000, *(json.dumps(one) for one in (conf, models, decks, options)))


def _deck(number: int, name: str, seconds: int) -> dict[str, Any]:
    return {
        "id": number, "name": name.replace("::", ": "), "desc": "", "mod": seconds, "usn": -1, "collapsed": False,
        "browserCollapsed": False, "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0],
        "dyn": 0, "extendNew": 10, "extendRev": 50, "conf": 1,
    }  # fmt: skip
