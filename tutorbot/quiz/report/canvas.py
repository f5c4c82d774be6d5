"""A ground to draw on, in pixels of the finished picture; drawn larger and then reduced, so that edges are smooth."""

from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw

from tutorbot.quiz.report.lettering import font
from tutorbot.quiz.report.palette import Colour, mixed

_LARGER = 2
_LINES = 120


class Canvas:
    """A picture of ``width`` × ``height`` pixels on a rounded ground; outside of it is transparent."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGBA", (width * _LARGER, height * _LARGER), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._image)
        self.box(0, 0, width, height, ground, radius=28)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, *, radius: float = 0) -> None:
        """A filled box with rounded corners."""
        edges = self._edges(x, y, width, height)
        self._draw.rounded_rectangle(edges, radius * _LARGER, fill=colour)

    def step(self, x: float, y: float, width: float, height: float, colour: Colour, foot: Colour) -> None:
        """A box with rounded upper corners whose colour fades into ``foot`` downwards."""
        left, top, right, bottom = map(round, self._edges(x, y, width, height))
        mask = Image.new("L", (right - left, bottom - top), 0)
        round_top = (0, 0, right - left - 1, bottom - top + 40 * _LARGER)
        ImageDraw.Draw(mask).rounded_rectangle(round_top, 16 * _LARGER, fill=255)
        shade = Image.new("RGB", (1, _LINES))
        shade.putdata([mixed(foot, colour, line / _LINES) for line in range(_LINES)])
        self._image.paste(shade.resize((right - left, bottom - top), Image.Resampling.BILINEAR), (left, top), mask)

    def disc(self, x: float, y: float, radius: float, colour: Colour, rim: Colour) -> None:
        """A disc around a point, with a rim."""
        for size, fill in ((radius, rim), (radius - 4, colour)):
            edges = tuple(one * _LARGER for one in (x - size, y - size, x + size, y + size))
            self._draw.ellipse(edges, fill=fill)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        colour: Colour,
        *,
        bold: bool = False,
        anchor: Literal["l", "m", "r"] = "l",
    ) -> None:
        """A line of text whose letters stand in the middle of height ``y``, begin, centre or end at ``x``."""
        letters = font(size * _LARGER, bold=bold)
        rise = letters.getbbox("H", anchor="ls")[1] / 2  # so that capitals, not the line, are in the middle
        self._draw.text((x * _LARGER, y * _LARGER - rise), text, fill=colour, font=letters, anchor=f"{anchor}s")

    def png(self) -> bytes:
        """The picture."""
        small = self._image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        file = BytesIO()
        small.save(file, "PNG", optimize=True)
        return file.getvalue()

    def _edges(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        return x * _LARGER, y * _LARGER, (x + width) * _LARGER - 1, (y + height) * _LARGER - 1
