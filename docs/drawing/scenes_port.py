"""A shipyard at sunset."""

from canvas import (
    EMBER,
    FOG,
    HEIGHT,
    INK,
    MIST,
    NAVY,
    OCHRE,
    PAPER,
    SAND,
    SLATE,
    STEEL,
    WIDTH,
    Canvas,
    mix,
)
from landscape import clouds, glitter, haze, sky, sun, swell


def shipyard_cranes() -> str:
    canvas, ground = Canvas(53), 690
    sky(
        canvas,
        mix(SLATE, STEEL, 0.3),
        mix(STEEL, FOG, 0.4),
        mix(SAND, FOG, 0.3),
        mix(SAND, OCHRE, 0.3),
        horizon=ground,
    )
    sun(canvas, (430, 560), 78, mix(PAPER, SAND, 0.25), OCHRE)
    clouds(canvas, 70, 520, mix(MIST, SAND, 0.3), 14, opacity=0.4)
    canvas.ridge(626, 40, mix(FOG, SAND, 0.45), rough=0.5)
    _sheds(canvas, 660, mix(FOG, OCHRE, 0.3), 11, 60)
    haze(canvas, 660, 80, SAND, 0.55)
    _gantry(canvas, 980, 1470, 250, ground, mix(STEEL, SAND, 0.3), 8)
    _sheds(canvas, 684, mix(STEEL, OCHRE, 0.2), 7, 84)
    haze(canvas, 690, 60, SAND, 0.4)
    hull, rim = mix(NAVY, SLATE, 0.3), mix(SAND, OCHRE, 0.3)
    _jib_crane(canvas, (350, ground), 470, 520, mix(INK, NAVY, 0.3))
    canvas.polygon(
        [(560, 690), (520, 452), (640, 474), (1180, 478), (1210, 690)],
        canvas.linear((520, 0), (1210, 0), (0, mix(hull, OCHRE, 0.35), 1), (0.3, hull, 1), (1, mix(INK, NAVY, 0.5), 1)),
    )
    canvas.polygon([(760, 476), (778, 400), (900, 394), (918, 340), (1010, 340), (1030, 476)], mix(hull, STEEL, 0.18))
    canvas.polygon([(760, 476), (778, 400), (800, 399), (790, 476)], rim, 'opacity="0.35"')
    canvas.line([(520, 452), (640, 474), (760, 476)], rim, 3)
    canvas.line([(520, 452), (560, 690)], rim, 3)
    _scaffold(canvas, 600, 1200, 430, ground, mix(INK, NAVY, 0.3))
    _gantry(canvas, 660, 1290, 150, ground, mix(INK, NAVY, 0.2), 13)
    spark = (858, 560)
    canvas.circle(spark, 110, canvas.radial(spark, 110, (0, PAPER, 1), (0.1, EMBER, 0.75), (1, EMBER, 0)))
    for _ in range(34):
        x = spark[0] + canvas.random.gauss(0, 30)
        canvas.line(
            [
                (x, spark[1] + abs(canvas.random.gauss(20, 44))),
                (x + canvas.random.uniform(-3, 3), spark[1] + abs(canvas.random.gauss(34, 44))),
            ],
            SAND,
            1.6,
            'opacity="0.8"',
        )
    canvas.rectangle(
        0,
        ground,
        WIDTH,
        HEIGHT - ground,
        canvas.vertical(
            (0, mix(INK, NAVY, 0.3), 1),
            (0.13, mix(INK, NAVY, 0.3), 1),
            (0.131, mix(SLATE, OCHRE, 0.3), 1),
            (1, INK, 1),
            top=ground,
        ),
    )
    glitter(canvas, 430, 725, mix(SAND, PAPER, 0.3), spread=70, count=120)
    swell(canvas, 722, INK, count=140, opacity=0.6)
    return canvas.svg()


def _sheds(canvas: Canvas, ground: float, fill: str, count: int, height: float) -> None:
    x = -30.0
    for _ in range(count):
        width, tall = canvas.random.uniform(110, 230), height * canvas.random.uniform(0.5, 1.1)
        canvas.polygon(
            [
                (x, ground),
                (x, ground - tall),
                (x + width / 2, ground - tall * 1.22),
                (x + width, ground - tall),
                (x + width, ground),
            ],
            fill,
        )
        x += width * canvas.random.uniform(0.9, 1.3)
    canvas.rectangle(0, ground - 2, WIDTH, 60, fill)


def _lattice(
    canvas: Canvas, start: tuple[float, float], end: tuple[float, float], width: float, fill: str, bars: int
) -> None:
    """A braced beam between two points."""
    (x, y), (far_x, far_y) = start, end
    length = ((far_x - x) ** 2 + (far_y - y) ** 2) ** 0.5
    across = ((far_y - y) / length * width / 2, -(far_x - x) / length * width / 2)
    upper = [
        (x + (far_x - x) * at / bars + across[0], y + (far_y - y) * at / bars + across[1]) for at in range(bars + 1)
    ]
    lower = [
        (x + (far_x - x) * at / bars - across[0], y + (far_y - y) * at / bars - across[1]) for at in range(bars + 1)
    ]
    canvas.line(upper, fill, width * 0.14)
    canvas.line(lower, fill, width * 0.14)
    canvas.line([side[at] for at, side in enumerate((upper, lower) * (bars // 2))], fill, width * 0.08)


def _gantry(canvas: Canvas, left: float, right: float, top: float, ground: float, fill: str, weight: float) -> None:
    canvas.rectangle(left - 40, top, right - left + 80, weight * 3, fill)
    for x in (left, right):
        canvas.polygon(
            [(x - weight, ground), (x - weight * 1.6, top), (x + weight * 1.6, top), (x + weight, ground)],
            fill,
        )
        canvas.line([(x - weight * 4, ground), (x, top + weight * 9)], fill, weight * 0.8)
        canvas.line([(x + weight * 4, ground), (x, top + weight * 9)], fill, weight * 0.8)
    middle = left + (right - left) * 0.42
    canvas.rectangle(middle, top - weight * 1.6, weight * 6, weight * 1.6, fill)
    for x in (middle + weight, middle + weight * 5):
        canvas.line([(x, top + weight * 3), (x, top + weight * 15)], fill, 1.6)
    canvas.rectangle(middle, top + weight * 15, weight * 6, weight, fill)


def _jib_crane(canvas: Canvas, foot: tuple[float, float], height: float, reach: float, fill: str) -> None:
    x, y = foot
    _lattice(canvas, (x, y), (x, y - height), 46, fill, 16)
    canvas.polygon(
        [(x - 40, y - height), (x + 46, y - height), (x + 36, y - height - 52), (x - 30, y - height - 52)],
        fill,
    )
    tip = (x - reach * 0.62, y - height - 118)
    _lattice(canvas, (x + 6, y - height - 40), tip, 24, fill, 18)
    canvas.line([(x + 8, y - height - 140), tip], fill, 2.4)
    canvas.line([(x + 8, y - height - 140), (x + 100, y - height - 28)], fill, 3)
    canvas.line([(x + 8, y - height - 140), (x - 8, y - height - 40)], fill, 7)
    canvas.rectangle(x + 66, y - height - 34, 66, 44, fill)
    canvas.line([(tip[0] + 14, tip[1]), (tip[0] + 14, tip[1] + 210)], fill, 1.8)
    canvas.rectangle(tip[0] + 4, tip[1] + 210, 20, 16, fill)


def _scaffold(canvas: Canvas, left: float, right: float, top: float, ground: float, fill: str) -> None:
    for x in range(int(left), int(right) + 1, 40):
        canvas.line([(x, top + (x - left) * 0.02), (x, ground)], fill, 2.4, 'opacity="0.9"')
    for y in range(int(top) + 20, int(ground), 44):
        canvas.line([(left - 14, y), (right + 14, y)], fill, 3.2, 'opacity="0.9"')


SCENES = {"shipyard-cranes": shipyard_cranes}
