"""The built page, which is served as it is committed."""

import hashlib
import re
from pathlib import Path

from tutorbot.playground import page

WEB, BUILT = (Path(page.__file__).parent / name for name in ("web", "built"))


def test_the_built_page_is_made_from_the_sources_as_they_are() -> None:
    names = ["package-lock.json", "build.mjs", "index.html", "icon.svg"]
    names += [f"src/{path.name}" for path in (WEB / "src").iterdir()]
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(f"{name}\0".encode() + (WEB / name).read_bytes() + b"\0")
    told = (BUILT / "sources.sha256").read_text().strip()
    assert told == digest.hexdigest(), "run npm ci && npm run build in tutorbot/playground/page/web"


def test_the_page_needs_nothing_from_elsewhere() -> None:
    for file in ("index.html", "page.css"):
        text = (BUILT / file).read_text()
        assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//", text)
    for name in re.findall(r"url\(\"?\./([^\")]+)", (BUILT / "page.css").read_text()):
        assert (BUILT / name).is_file()


def test_nothing_of_the_page_becomes_html_by_itself() -> None:
    sources = "".join(path.read_text() for path in (WEB / "src").glob("*.ts*"))
    assert not re.search(
        r"dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", sources
    )
