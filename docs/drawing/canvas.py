"""A sheet of 1600 by 900 on which the desk's illustrations are built as SVG.

One palette, one grain and one way to draw ground, air and light keep the set looking like one hand.
Every random shape comes from a seed, so that a scene drawn twice is the same scene.
"""

import math
import random

WIDTH, HEIGHT = 1600, 900

INK = "#0d1926"
NAVY = "#172c40"
SLATE = "#2f4b61"
STEEL = "#587889"
FOG = "#93aab0"
MIST = "#c3cfcc"
PAPER = "#ece5d6"
SAND = "#dfc596"
OCHRE = "#c98f4a"
EMBER = "#d0573a"
RUST = "#8a3a2d"

Point = tuple[float, float]


class Canvas:
    """Collects definitions and shapes; `svg()` gives the finished picture with its grain."""

    def __init__(self, seed: int, background: str = NAVY) -> None:
        self.random = random.Random(seed)  # noqa: S311 (for shapes, not for secrets)
        self.definitions: list[str] = []
        self.shapes: list[str] = []
        self.rectangle(0, 0, WIDTH, HEIGHT, background)

    def add(self, markup: str) -> None:
        self.shapes.append(markup)

    def define(self, markup: str) -> str:
        """Store a definition written with `{id}` and return the reference to it."""
        name = f"d{len(self.definitions)}"
        self.definitions.append(markup.replace("{id}", name))
        return f"url(#{name})"

    def vertical(self, *stops: tuple[float, str, float], top: float = 0, bottom: float = HEIGHT) -> str:
        """A gradient down the sheet; a stop is (offset 0..1, colour, opacity)."""
        return self.linear((0, top), (0, bottom), *stops)

    def linear(self, start: Point, end: Point, *stops: tuple[float, str, float]) -> str:
        return self.define(
            f'<linearGradient id="{{id}}" gradientUnits="userSpaceOnUse" x1="{start[0]}" y1="{start[1]}" '
            f'x2="{end[0]}" y2="{end[1]}">{_stops(stops)}</linearGradient>'
        )

    def radial(self, centre: Point, radius: float, *stops: tuple[float, str, float]) -> str:
        return self.define(
            f'<radialGradient id="{{id}}" gradientUnits="userSpaceOnUse" cx="{centre[0]}" cy="{centre[1]}" '
            f'r="{radius}">{_stops(stops)}</radialGradient>'
        )

    def clip(self, data: str) -> str:
        return self.define(f'<clipPath id="{{id}}"><path d="{data}"/></clipPath>')

    def rectangle(self, x: float, y: float, width: float, height: float, fill: str, extra: str = "") -> None:
        self.add(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" {extra}/>')

    def path(self, data: str, fill: str = "none", extra: str = "") -> None:
        self.add(f'<path d="{data}" fill="{fill}" {extra}/>')

    def polygon(self, points: list[Point], fill: str, extra: str = "") -> None:
        self.path(outline(points), fill, extra)

    def line(self, points: list[Point], colour: str, width: float, extra: str = "") -> None:
        data = outline(points, closed=False)
        self.path(data, "none", f'stroke="{colour}" stroke-width="{width}" stroke-linecap="round" {extra}')

    def circle(self, centre: Point, radius: float, fill: str, extra: str = "") -> None:
        self.add(f'<circle cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="{radius:.1f}" fill="{fill}" {extra}/>')

    def ellipse(self, centre: Point, across: float, down: float, fill: str, extra: str = "") -> None:
        self.add(
            f'<ellipse cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" rx="{across:.1f}" ry="{down:.1f}" '
            f'fill="{fill}" {extra}/>'
        )

    def sheet(self, fill: str, extra: str = "") -> None:
        """Lay one fill, usually a gradient, over everything drawn so far."""
        self.rectangle(0, 0, WIDTH, HEIGHT, fill, extra)

    def place(self, fragment: str, at: Point, scale: float, extra: str = "") -> None:
        """Set a fragment, drawn around its own origin, on the sheet."""
        self.add(f'<g transform="translate({at[0]:.1f} {at[1]:.1f}) scale({scale:.3f})" {extra}>{fragment}</g>')

    def open_group(self, extra: str) -> None:
        self.add(f"<g {extra}>")

    def close_group(self) -> None:
        self.add("</g>")

    def ridge(self, level: float, height: float, fill: str, *, rough: float = 0.55, extra: str = "") -> list[Point]:
        """A skyline across the sheet around `level`, filled down to the foot; returns the skyline."""
        skyline = self.skyline(level, height, rough)
        self.polygon([*skyline, (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)], fill, extra)
        return skyline

    def skyline(self, level: float, height: float, rough: float) -> list[Point]:
        """Midpoint displacement from edge to edge; `rough` is how much of the swing each halving keeps."""
        levels = [level + self.random.uniform(-height, height) * 0.5 for _ in range(3)]
        swing = height
        while len(levels) < 257:
            swing *= rough
            finer = []
            for left, right in zip(levels, levels[1:]):
                finer += [left, (left + right) / 2 + self.random.uniform(-swing, swing)]
            levels = [*finer, levels[-1]]
        step = (WIDTH + 40) / (len(levels) - 1)
        return [(-20 + index * step, value) for index, value in enumerate(levels)]

    def svg(self, *, grain: float = 0.2, vignette: float = 0.28) -> str:
        shade = self.radial((WIDTH / 2, HEIGHT * 0.48), WIDTH * 0.68, (0.55, INK, 0), (1, INK, vignette))
        self.sheet(shade)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}"><defs>{_FILTERS}{"".join(self.definitions)}</defs>'
            f"{''.join(self.shapes)}"
            f'<rect width="{WIDTH}" height="{HEIGHT}" filter="url(#grain)" opacity="{grain}" '
            f'style="mix-blend-mode:soft-light"/></svg>'
        )


# `spray` keeps a shape only where coarse noise is high: the stippled shade of a printed poster.
_FILTERS = """
<filter id="grain" x="0" y="0" width="100%" height="100%">
<feTurbulence type="fractalNoise" baseFrequency="0.62" numOctaves="2" seed="7"/>
<feColorMatrix type="saturate" values="0"/>
<feComponentTransfer><feFuncR type="linear" slope="2.6" intercept="-.8"/>
<feFuncG type="linear" slope="2.6" intercept="-.8"/><feFuncB type="linear" slope="2.6" intercept="-.8"/>
<feFuncA type="linear" slope="0" intercept="1"/></feComponentTransfer></filter>
<filter id="spray" x="0" y="0" width="100%" height="100%">
<feTurbulence type="fractalNoise" baseFrequency="0.45" numOctaves="2" seed="3" result="n"/>
<feColorMatrix in="n" type="matrix" values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0 0 0 9 -4.4" result="m"/>
<feComposite in="SourceGraphic" in2="m" operator="in"/></filter>
<filter id="soft2"><feGaussianBlur stdDeviation="2"/></filter>
<filter id="soft6" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="6"/></filter>
<filter id="soft20" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="20"/></filter>
<filter id="soft50" x="-99%" y="-99%" width="298%" height="298%"><feGaussianBlur stdDeviation="50"/></filter>
"""


def _stops(stops: tuple[tuple[float, str, float], ...]) -> str:
    return "".join(
        f'<stop offset="{offset}" stop-color="{colour}" stop-opacity="{opacity}"/>' for offset, colour, opacity in stops
    )


def outline(points: list[Point], *, closed: bool = True) -> str:
    """Straight lines through the points as SVG path data."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")


def curve(points: list[Point], *, closed: bool = False) -> str:
    """A smooth line through the points (Catmull-Rom, as cubic Béziers)."""
    around = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    data = f"M{around[1][0]:.1f} {around[1][1]:.1f}"
    for before, start, end, after in zip(around, around[1:], around[2:], around[3:]):
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        data += "C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in (first, second, end))
    return data + ("Z" if closed else "")


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` of the way from the first to the second."""
    pairs = zip(_channels(first), _channels(second))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def along(start: Point, end: Point, share: float) -> Point:
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def polar(centre: Point, radius: float, degrees: float) -> Point:
    """Degrees run clockwise from the top, as on a compass."""
    angle = math.radians(degrees - 90)
    return (centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle))
