"""What watches: a coastal radar and a satellite."""

import math

from canvas import (
    EMBER,
    FOG,
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
    Point,
    along,
    mix,
    polar,
)
from landscape import bumps, isolines, smooth


def radar_coast() -> str:
    canvas = Canvas(23, INK)
    centre = (690, 520)
    canvas.sheet(canvas.radial(centre, 1000, (0, SLATE, 1), (0.55, NAVY, 1), (1, INK, 1)))
    relief, detail = bumps(canvas, 30, smallest=60, largest=190), bumps(canvas, 240, smallest=14, largest=46)

    def field(x: float, y: float) -> float:
        return relief(x, y) * 0.5 + detail(x, y) * 0.13 + (x - 830) / 560 - (y - 330) / 900

    loops = isolines(field, [0.02, 0.12, 0.24, 0.4, 0.62, 0.9], cell=10)
    for offset in (34, 22, 11):
        canvas.path(smooth(loops[0.02]), "none", f'stroke="{STEEL}" stroke-width="{offset * 2}" opacity="0.12"')
    for index, ring in enumerate(loops.values()):
        canvas.path(smooth(ring), mix(SLATE, STEEL, 0.16 + index * 0.16), f'opacity="{0.95 if index == 0 else 0.55}"')
    canvas.path(smooth(loops[0.02]), "none", f'stroke="{MIST}" stroke-width="2.4" opacity="0.8"')
    canvas.path(smooth(loops[0.24]), INK, 'filter="url(#spray)" opacity="0.16"')
    for radius in range(130, 1200, 130):
        dash = "" if radius % 260 == 0 else 'stroke-dasharray="2 9"'
        canvas.circle(centre, radius, "none", f'stroke="{MIST}" stroke-width="1.3" opacity="0.34" {dash}')
    for bearing in range(0, 360, 30):
        canvas.line([polar(centre, 130, bearing), polar(centre, 1170, bearing)], MIST, 0.9, 'opacity="0.15"')
    for step in range(1, 23):
        arc = [polar(centre, 1300, 47 - step * 2.6 * part / 8) for part in range(9)]
        canvas.polygon([centre, *arc], MIST, 'opacity="0.022"')
    canvas.line([centre, polar(centre, 1250, 47)], PAPER, 2.2, 'opacity="0.85"')
    _tracks(canvas, centre)
    canvas.circle(centre, 26, EMBER, 'opacity="0.2"')
    canvas.circle(centre, 7, PAPER)
    return canvas.svg()


def _tracks(canvas: Canvas, centre: Point) -> None:
    """Contacts with fading earlier positions; the bright ones have just been swept."""
    for bearing, radius, heading, hot in (
        (18, 330, 140, True),
        (33, 455, 170, True),
        (8, 470, 120, True),
        (295, 400, 60, False),
        (255, 250, 80, False),
        (215, 330, 20, False),
        (325, 235, 100, False),
        (190, 220, 300, False),
    ):
        spot = polar(centre, radius, bearing)
        colour = EMBER if hot else FOG
        for age in range(1, 7):
            canvas.circle(
                polar(spot, age * 15, heading + 180),
                5.2 - age * 0.6,
                colour,
                f'opacity="{0.62 - age * 0.09:.2f}"',
            )
        if hot:
            canvas.circle(spot, 34, canvas.radial(spot, 34, (0, EMBER, 0.7), (1, EMBER, 0)))
        canvas.line([spot, polar(spot, 52, heading)], colour, 2, 'opacity="0.9"')
        canvas.circle(spot, 7.5, mix(colour, PAPER, 0.35 if hot else 0.1))


def satellite_limb() -> str:
    canvas, centre, radius = Canvas(41, INK), (520, 2010), 1480
    canvas.sheet(canvas.linear((0, 0), (1600, 900), (0, "#070f18", 1), (0.6, INK, 1), (1, mix(NAVY, SLATE, 0.3), 1)))
    for _ in range(240):
        spot = (canvas.random.uniform(0, WIDTH), canvas.random.uniform(0, 640))
        canvas.circle(
            spot,
            canvas.random.choice((0.7, 0.9, 1.2, 1.9)),
            MIST,
            f'opacity="{canvas.random.uniform(0.2, 0.85):.2f}"',
        )
    dawn = (1395, 815)
    canvas.circle(
        dawn,
        620,
        canvas.radial(dawn, 620, (0, mix(SAND, EMBER, 0.35), 0.75), (0.3, EMBER, 0.26), (1, EMBER, 0)),
    )
    for grow, opacity in ((120, 0.10), (74, 0.16), (40, 0.26), (17, 0.55)):
        fill = canvas.radial(
            centre,
            radius + grow,
            (radius / (radius + grow) - 0.004, mix(FOG, MIST, 0.4), opacity),
            (1, STEEL, 0),
        )
        canvas.circle(centre, radius + grow, fill)
    arc = f"a{radius} {radius} 0 1 1"
    disc = f"M{centre[0] - radius} {centre[1]}{arc} {2 * radius} 0{arc} {-2 * radius} 0Z"
    canvas.path(
        disc,
        canvas.linear((150, 560), (1150, 1150), (0, mix(NAVY, INK, 0.3), 1), (0.45, SLATE, 1), (1, STEEL, 1)),
    )
    canvas.open_group(f'clip-path="{canvas.clip(disc)}"')
    _earth(canvas, centre, radius)
    rim = canvas.radial(centre, radius, (0.93, FOG, 0), (0.985, MIST, 0.35), (1, PAPER, 0.8))
    canvas.circle(centre, radius, rim)
    canvas.circle(centre, radius, canvas.linear((100, 900), (1300, 700), (0, INK, 0.72), (0.5, INK, 0.25), (1, INK, 0)))
    canvas.close_group()
    canvas.circle(
        dawn,
        210,
        canvas.radial(dawn, 210, (0, PAPER, 0.95), (0.18, mix(SAND, PAPER, 0.4), 0.6), (1, EMBER, 0)),
    )
    _satellite(canvas)
    return canvas.svg(vignette=0.2)


def _earth(canvas: Canvas, centre: Point, radius: float) -> None:
    """Land and cloud, foreshortened towards the limb."""
    centre_x, centre_y = centre
    relief, detail = bumps(canvas, 34, smallest=60, largest=190), bumps(canvas, 260, smallest=12, largest=50)
    loops = isolines(lambda x, y: relief(x, y) + detail(x, y) * 0.3, [0.3, 0.55], cell=10)
    canvas.open_group('transform="translate(0 470) scale(1 0.55)"')
    canvas.path(smooth(loops[0.3]), mix(STEEL, OCHRE, 0.3), 'opacity="0.55"')
    canvas.path(smooth(loops[0.55]), mix(FOG, SAND, 0.4), 'opacity="0.4" filter="url(#spray)"')
    canvas.close_group()
    for _ in range(70):
        x, depth = canvas.random.uniform(-150, WIDTH + 100), canvas.random.random() ** 1.5
        limb = centre_y - math.sqrt(radius**2 - (x - centre_x) ** 2)
        tilt = math.degrees(math.asin((x - centre_x) / radius))
        width, y = canvas.random.uniform(60, 190) * (0.5 + depth), limb + 14 + 400 * depth
        canvas.open_group(f'transform="translate({x:.0f} {y:.0f}) rotate({tilt:.1f})" filter="url(#soft6)"')
        for _ in range(5):
            spot = (canvas.random.gauss(0, width * 0.6), canvas.random.gauss(0, 5 + 9 * depth))
            canvas.ellipse(
                spot,
                width * canvas.random.uniform(0.25, 0.8),
                2.5 + 7 * depth,
                PAPER,
                f'opacity="{canvas.random.uniform(0.08, 0.3):.2f}"',
            )
        canvas.close_group()


def _satellite(canvas: Canvas) -> None:
    """Bus, dish and two solar wings, seen from below and lit from the lower right."""
    canvas.open_group('transform="translate(640 300) rotate(-24) scale(1.12)"')
    for side in (-1, 1):
        canvas.line([(side * 52, 0), (side * 96, 0)], FOG, 5)
        for panel in range(3):
            x = side * (98 + panel * 104)
            corners = [(x, -50), (x + side * 98, -50 + 5), (x + side * 98, 55), (x, 50)]
            fill = canvas.linear(corners[0], corners[2], (0, SLATE, 1), (0.6, STEEL, 1), (1, mix(FOG, SAND, 0.5), 1))
            canvas.polygon(corners, fill, f'stroke="{MIST}" stroke-width="2"')
            for cell in range(1, 5):
                top, low = along(corners[0], corners[1], cell / 5), along(corners[3], corners[2], cell / 5)
                canvas.line([top, low], INK, 1, 'opacity="0.5"')
            for row in (1 / 3, 2 / 3):
                canvas.line(
                    [along(corners[0], corners[3], row), along(corners[1], corners[2], row)],
                    INK,
                    1,
                    'opacity="0.5"',
                )
    canvas.polygon(
        [(-50, -62), (34, -62), (34, 66), (-50, 66)],
        canvas.linear((-50, 0), (34, 0), (0, mix(SLATE, INK, 0.3), 1), (1, STEEL, 1)),
    )
    canvas.polygon([(34, -62), (54, -50), (54, 56), (34, 66)], mix(SAND, OCHRE, 0.35))
    canvas.polygon([(-50, -62), (-32, -72), (52, -70), (34, -62)], FOG)
    for y in (-34, -6, 22):
        canvas.rectangle(-36, y, 54, 16, INK, 'opacity="0.35"')
    canvas.line([(-8, 66), (-8, 96)], FOG, 4)
    canvas.ellipse((-8, 112), 58, 20, canvas.linear((-66, 112), (50, 112), (0, SLATE, 1), (1, MIST, 1)))
    canvas.ellipse((-8, 118), 47, 13, INK, 'opacity="0.4"')
    canvas.line([(-8, 116), (-8, 150)], MIST, 2.4)
    canvas.circle((-8, 152), 5, EMBER)
    canvas.line([(-30, -70), (-52, -122)], MIST, 2)
    canvas.close_group()


SCENES = {"radar-coast": radar_coast, "satellite-limb": satellite_limb}
