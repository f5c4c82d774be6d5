"""Documents made for tests: a PDF, a PowerPoint deck, an Anki deck of the oldest kind."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing

from pptx import Presentation
from pptx.util import Inches


def pdf(*pages: Sequence[str]) -> bytes:
    """A PDF with the lines of each page (Latin letters only)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects += [f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    objects += ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for at, lines in enumerate(pages):
        said = "".join(f"({line}) Tj T* " for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {said}ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * at} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    made, places = "%PDF-1.4\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{held}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    at = made.index("xref\n0")
    return f"{made}<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n".encode("latin-1")


def deck(*slides: tuple[str, Sequence[str]], notes: str = "") -> bytes:
    """A PowerPoint deck: titles with their paragraphs; the notes stand with the first slide."""
    made = Presentation()
    for title, lines in slides:
        slide = made.slides.add_slide(made.slide_layouts[1])
        assert slide.shapes.title is not None
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(lines)
    if notes:
        frame = made.slides[0].notes_slide.notes_text_frame
        assert frame is not None
        frame.text = notes
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def deck_with_table() -> bytes:
    """A slide without a title, with a table and a text box."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for row, texts in enumerate((("Spring tide", "highest"), ("Neap tide", "lowest"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1)).text_frame.text = "Two kinds\vof tide"
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def collection(notes: Sequence[str], *, statements: Sequence[str] = ()) -> bytes:
    """An Anki collection with notes (fields joined by 0x1f) of one type, whose template shows Back on the question side."""
    models = {
        "1": {"flds": [{"name": "Back"}, {"name": "Front"}], "tmpls": [{"qfmt": "{{Front}}", "afmt": "{{Back}}"}]}
    }
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(
            "CREATE TABLE col (models text); CREATE TABLE notes (id integer, mid integer, flds text)"
        )
        database.execute("INSERT INTO col VALUES (?)", (json.dumps(models),))
        database.executemany("INSERT INTO notes VALUES (?, 1, ?)", enumerate(notes))
        for statement in statements:
            database.execute(statement)
        database.commit()
        return database.serialize()


def archive(**members: bytes) -> bytes:
    """A zip; two underscores in a name stand for a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "."), data)
    return held.getvalue()


def repacked(held: bytes, member: str, data: bytes) -> bytes:
    """The zip with one member replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(held)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
        new.writestr(member, data)
    return made.getvalue()
