"""Ground, water and light shared by the scenes: sky, sun, glitter on the sea, haze, forest, contour lines."""

import math
from collections.abc import Callable

from canvas import HEIGHT, INK, PAPER, WIDTH, Canvas, Point, curve, mix

Field = Callable[[float, float], float]


def sky(canvas: Canvas, *colours: str, horizon: float) -> None:
    """Colours from the zenith down to the horizon, evenly spaced."""
    stops = [(index / (len(colours) - 1), colour, 1.0) for index, colour in enumerate(colours)]
    canvas.rectangle(0, 0, WIDTH, horizon + 2, canvas.vertical(*stops, bottom=horizon))


def sun(canvas: Canvas, centre: Point, radius: float, colour: str, glow: str) -> None:
    """A flat disc with a wide glow and a stippled halo."""
    halo = canvas.radial(centre, radius * 5, (0, glow, 0.75), (0.35, glow, 0.28), (1, glow, 0))
    canvas.circle(centre, radius * 5, halo)
    spray = canvas.radial(centre, radius * 3.2, (0.25, PAPER, 0.5), (1, glow, 0))
    canvas.circle(centre, radius * 3.2, spray, 'filter="url(#spray)" opacity="0.45"')
    canvas.circle(centre, radius, colour)


def clouds(canvas: Canvas, top: float, bottom: float, colour: str, count: int, *, opacity: float = 0.4) -> None:
    """Long flat bands of cloud, thinner and closer together towards the horizon."""
    for index in range(count):
        share = (index + canvas.random.random()) / count
        y = top + (bottom - top) * share**0.8
        width = canvas.random.uniform(260, 760) * (1.1 - 0.5 * share)
        thick = canvas.random.uniform(10, 26) * (1.15 - share)
        x = canvas.random.uniform(-200, WIDTH)
        upper = [
            (x + width * step / 6, y - thick * canvas.random.uniform(0.1, 1) * math.sin(math.pi * step / 6))
            for step in range(7)
        ]
        lower = [(x + width * step / 6, y + thick * 0.25 * math.sin(math.pi * step / 6)) for step in range(5, 0, -1)]
        canvas.path(curve([*upper, *lower], closed=True), colour, f'opacity="{opacity}" filter="url(#soft2)"')


def sea(canvas: Canvas, horizon: float, far: str, near: str) -> None:
    fill = canvas.vertical((0, far, 1), (1, near, 1), top=horizon, bottom=HEIGHT)
    canvas.rectangle(0, horizon, WIDTH, HEIGHT - horizon, fill)


def swell(canvas: Canvas, horizon: float, colour: str, *, count: int = 150, opacity: float = 0.5) -> None:
    """Short dark lenses on the water, growing towards the viewer."""
    for _ in range(count):
        depth = canvas.random.random() ** 1.4
        y = horizon + 5 + (HEIGHT - horizon) * depth
        width = (18 + 190 * depth) * canvas.random.uniform(0.5, 1.3)
        canvas.ellipse(
            (canvas.random.uniform(0, WIDTH), y),
            width,
            0.7 + 4.5 * depth,
            colour,
            f'opacity="{opacity * canvas.random.uniform(0.35, 1):.2f}"',
        )


def glitter(canvas: Canvas, x: float, horizon: float, colour: str, *, spread: float = 60, count: int = 170) -> None:
    """The broken path of light under a sun or lamp at `x`."""
    for _ in range(count):
        depth = canvas.random.random() ** 1.25
        y = horizon + 3 + (HEIGHT - horizon) * depth * 0.92
        off = canvas.random.gauss(0, spread * (0.55 + 1.5 * depth))
        width = (7 + 46 * depth) * canvas.random.uniform(0.4, 1.2)
        fade = math.exp(-abs(off) / (spread * 2.2)) * (1 - 0.55 * depth)
        canvas.ellipse((x + off, y), width, 0.9 + 3 * depth, colour, f'opacity="{fade:.2f}"')


def haze(canvas: Canvas, level: float, depth: float, colour: str, opacity: float) -> None:
    """Air lying along a horizontal level."""
    fill = canvas.vertical(
        (0, colour, 0), (0.5, colour, opacity), (1, colour, 0), top=level - depth, bottom=level + depth
    )
    canvas.rectangle(0, level - depth, WIDTH, depth * 2, fill)


def spruce(canvas: Canvas, foot: Point, height: float, fill: str) -> None:
    """One conifer with ragged, drooping tiers."""
    x, y = foot
    tiers = max(5, int(height / 16))
    left, right = [], []
    for tier in range(tiers):
        share = (tier + 1) / tiers
        level = y - height + height * 0.93 * share
        reach = height * 0.21 * share**0.85
        left += [
            (x - reach * canvas.random.uniform(0.75, 1.1), level),
            (x - reach * 0.42, level - height * 0.012),
        ]
        right += [
            (x + reach * canvas.random.uniform(0.75, 1.1), level),
            (x + reach * 0.42, level - height * 0.012),
        ]
    trunk = height * 0.016
    points = [
        (x, y - height),
        *right,
        (x + trunk, y - height * 0.07),
        (x + trunk, y),
        (x - trunk, y),
        (x - trunk, y - height * 0.07),
        *reversed(left),
    ]
    canvas.polygon(points, fill)


def forest(canvas: Canvas, skyline: list[Point], fill: str, height: float, *, gap: float = 0.24) -> None:
    """Conifers along a skyline; `gap` is the mean distance as a share of the height."""
    x = -20.0
    while x < WIDTH + 20:
        index = min(int((x + 20) / (WIDTH + 40) * (len(skyline) - 1)), len(skyline) - 1)
        spruce(canvas, (x, skyline[index][1] + height * 0.12), height * canvas.random.uniform(0.5, 1.15), fill)
        x += height * gap * canvas.random.uniform(0.4, 1.6)


def bumps(canvas: Canvas, count: int, *, smallest: float = 90, largest: float = 300) -> Field:
    """A random relief of rounded hills and hollows over the sheet."""
    hills = [
        (
            canvas.random.uniform(-100, WIDTH + 100),
            canvas.random.uniform(-100, HEIGHT + 100),
            canvas.random.uniform(smallest, largest),
            canvas.random.uniform(-0.7, 1.0),
            canvas.random.uniform(0.6, 1.6),
        )
        for _ in range(count)
    ]

    def field(x: float, y: float) -> float:
        return sum(
            weight * math.exp(-(((x - cx) / stretch) ** 2 + ((y - cy) * stretch) ** 2) / (2 * size * size))
            for cx, cy, size, weight, stretch in hills
        )

    return field


def isolines(field: Field, levels: list[float], *, cell: float = 16) -> dict[float, list[list[Point]]]:
    """Closed loops around all ground above each level (marching squares; the frame counts as low ground)."""
    columns, rows = int(WIDTH / cell) + 5, int(HEIGHT / cell) + 5
    grid = [[field((column - 2) * cell, (row - 2) * cell) for column in range(columns)] for row in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if row in (0, rows - 1) or column in (0, columns - 1):
                grid[row][column] = -99.0
    return {level: _loops(grid, level, cell) for level in levels}


def _loops(grid: list[list[float]], level: float, cell: float) -> list[list[Point]]:
    following: dict[tuple, tuple] = {}
    places: dict[tuple, Point] = {}

    def cut(a: tuple[int, int], b: tuple[int, int]) -> tuple:
        key = (min(a, b), max(a, b))
        low, high = grid[a[0]][a[1]], grid[b[0]][b[1]]
        share = min(max((level - low) / (high - low), 0.02), 0.98) if high != low else 0.5
        row, column = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        places[key] = ((column - 2) * cell, (row - 2) * cell)
        return key

    for row in range(len(grid) - 1):
        for column in range(len(grid[0]) - 1):
            corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
            high = [grid[r][c] > level for r, c in corners]
            # Walking the cell clockwise, a loop leaves where ground falls and enters where it rises.
            falls = [at for at in range(4) if high[at] and not high[(at + 1) % 4]]
            rises = [at for at in range(4) if not high[at] and high[(at + 1) % 4]]
            for fall in falls:
                rise = min(rises, key=lambda at: (fall - at) % 4)
                start = cut(corners[rise], corners[(rise + 1) % 4])
                following[start] = cut(corners[fall], corners[(fall + 1) % 4])
    loops = []
    while following:
        start, step = following.popitem()
        loop = [places[start]]
        while step != start and step in following:
            loop.append(places[step])
            step = following.pop(step)
        if len(loop) > 6:
            loops.append(loop)
    return loops


def smooth(loops: list[list[Point]]) -> str:
    """One path of all loops, each point the mean of three neighbours, so that no grid shows."""
    data = []
    for loop in loops:
        for _ in range(2):
            ring = [loop[-1], *loop, loop[0]]
            loop = [
                ((a[0] + b[0] * 2 + c[0]) / 4, (a[1] + b[1] * 2 + c[1]) / 4)
                for a, b, c in zip(ring, ring[1:], ring[2:])
            ]
        data.append(curve(loop, closed=True))
    return "".join(data)


def shade(fill: str, share: float) -> str:
    """A fill moved towards ink."""
    return mix(fill, INK, share)
