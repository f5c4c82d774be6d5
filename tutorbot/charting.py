"""Charts for a chat: each brings its own dark ground with rounded corners, so it looks the same in Discord's light and dark."""

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch

from tutorbot.quiz.report.lettering import drawable, fitted
from tutorbot.quiz.report.palette import GROUND, INK, LINE, MUTED, Colour

WIDTH = 1_100
"""Pixels of a chart; sizes of letters and lengths are in pixels of a chart, too."""

_DPI, _LARGER = 100, 1.5
_RADIUS = 28


def shade(colour: Colour) -> tuple[float, float, float]:
    """A colour of the palette as matplotlib takes it."""
    red, green, blue = colour
    return red / 255, green / 255, blue / 255


class Chart:
    """A figure of ``WIDTH`` × ``height`` pixels with a title. Texts are drawn as they are: nothing in them is mathematics or markup."""

    def __init__(self, height: int, title: str, subtitle: str) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor="none")
        FigureCanvasAgg(self.figure)
        self.ground = self.figure.add_axes((0, 0, 1, 1))
        self.ground.set(xlim=(0, WIDTH), ylim=(height, 0))
        self.ground.axis("off")
        self.box(0, 0, WIDTH, height, GROUND, radius=_RADIUS)
        self.text(48, 62, title, 36, INK, bold=True, room=WIDTH - 96)
        self.text(48, 108, subtitle, 24, MUTED, room=WIDTH - 96)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes in a part of the chart, without frame and ticks, with upright letters in the palette's colours."""
        whole = self.height
        axes = self.figure.add_axes((left / WIDTH, 1 - (top + height) / whole, width / WIDTH, height / whole))
        axes.set_facecolor("none")
        axes.tick_params(length=0, labelsize=points(20), labelcolor=shade(MUTED))
        for side in axes.spines.values():
            side.set_visible(False)
        axes.grid(axis="y", color=shade(LINE), linewidth=1)
        axes.set_axisbelow(True)
        return axes

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, *, radius: float = 0) -> None:
        """A filled box with rounded corners, from its upper left corner."""
        radius = min(radius, width / 2, height / 2)
        shape = FancyBboxPatch(
            (x + radius, y + radius),
            width - 2 * radius,
            height - 2 * radius,
            boxstyle=f"round,pad={radius},rounding_size={radius}" if radius else "square,pad=0",
            facecolor=shade(colour),
            linewidth=0,
        )
        self.ground.add_patch(shape)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled disc around a point."""
        self.ground.add_patch(Circle((x, y), radius, facecolor=shade(colour), linewidth=0))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        colour: Colour,
        *,
        bold: bool = False,
        anchor: str = "left",
        room: float = WIDTH,
    ) -> None:
        """A line of text that begins, centres or ends at ``x`` (left, center, right), in the middle of height ``y``, cut to ``room``."""
        self.ground.text(
            x,
            y,
            fitted(drawable(text), size, room, bold=bold),
            fontsize=points(size),
            fontfamily="DejaVu Sans",
            fontweight="bold" if bold else "normal",
            color=shade(colour),
            ha=anchor,
            va="center_baseline",
            parse_math=False,
        )

    def png(self) -> bytes:
        """The picture. Call it in a thread."""
        file = BytesIO()
        self.figure.savefig(file, format="png", dpi=_DPI * _LARGER, facecolor="none", metadata={"Software": None})
        return file.getvalue()


def points(pixels: float) -> float:
    """A size in pixels of a chart, in points as matplotlib takes it."""
    return pixels * 72 / _DPI
