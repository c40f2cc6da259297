"""Rooms in which decisions are made and defended: parliament, press room, server aisle."""

import math

from canvas import EMBER, FOG, INK, MIST, NAVY, OCHRE, PAPER, RUST, SAND, SLATE, STEEL, Canvas, mix


def parliament_benches() -> str:
    canvas, centre = Canvas(45, NAVY), (800, 330)
    canvas.sheet(canvas.vertical((0, mix(SLATE, STEEL, 0.3), 1), (0.45, mix(SLATE, NAVY, 0.3), 1), (1, INK, 1)))
    _hall(canvas)
    canvas.ellipse((800, 420), 420, 110, mix(SAND, OCHRE, 0.2), 'opacity="0.22" filter="url(#soft50)"')
    _rostrum(canvas)
    rows = 8
    for row in range(rows):
        share = row / (rows - 1)
        radius = 300 + 760 * share**1.15
        _bench(canvas, centre, radius, share)
    for x, width in ((172, 130), (412, 120), (1060, 130)):
        shaft = [(x, 60), (x + 74, 60), (x + 330 + width, 760), (x + 130, 760)]
        canvas.polygon(
            shaft,
            canvas.linear((x, 60), (x + 280, 760), (0, PAPER, 0.3), (1, SAND, 0)),
            'filter="url(#soft6)"',
        )
    return canvas.svg()


def _hall(canvas: Canvas) -> None:
    """The wall behind the rostrum: tall windows between panels."""
    for panel in range(13):
        x = 40 + panel * 120
        canvas.rectangle(
            x,
            0,
            112,
            400,
            canvas.linear((x, 0), (x + 112, 0), (0, mix(SLATE, STEEL, 0.35), 1), (1, mix(NAVY, SLATE, 0.5), 1)),
        )
    for x in (172, 412, 1060, 1300):
        canvas.path(
            f"M{x} 330V90Q{x + 44} 20 {x + 88} 90V330Z",
            canvas.vertical((0, PAPER, 1), (1, mix(SAND, FOG, 0.3), 1), top=40, bottom=330),
        )
        canvas.line([(x + 44, 58), (x + 44, 330)], mix(SLATE, NAVY, 0.4), 4)
        for y in (140, 210, 280):
            canvas.line([(x, y), (x + 88, y)], mix(SLATE, NAVY, 0.4), 3)
    canvas.rectangle(0, 396, 1600, 14, mix(NAVY, INK, 0.3))
    canvas.rectangle(0, 410, 1600, 490, canvas.vertical((0, mix(SLATE, OCHRE, 0.25), 1), (1, INK, 1), top=410))


def _rostrum(canvas: Canvas) -> None:
    wood, edge = mix(OCHRE, NAVY, 0.45), mix(SAND, OCHRE, 0.4)
    canvas.polygon(
        [(600, 396), (620, 150), (980, 150), (1000, 396)],
        canvas.vertical((0, mix(SLATE, STEEL, 0.5), 1), (1, SLATE, 1), top=150, bottom=396),
    )
    canvas.circle((800, 232), 48, mix(SAND, OCHRE, 0.3))
    canvas.circle((800, 232), 37, mix(NAVY, SLATE, 0.4))
    canvas.circle((800, 232), 22, mix(SAND, OCHRE, 0.3))
    for x, width, top, low in ((610, 380, 344, 404), (680, 240, 384, 452)):
        canvas.rectangle(
            x,
            top,
            width,
            low - top,
            canvas.linear((x, 0), (x + width, 0), (0, mix(wood, edge, 0.25), 1), (1, mix(wood, INK, 0.35), 1)),
        )
        canvas.rectangle(x - 6, top - 7, width + 12, 8, edge)
    canvas.rectangle(764, 306, 72, 42, mix(RUST, INK, 0.25))
    canvas.line([(778, 384), (772, 356)], INK, 3)
    canvas.line([(822, 384), (828, 356)], INK, 3)


# An armchair from behind, one unit high.
_CHAIR = '<path d="M-.52 .6V-.3Q-.52 -.62 -.26 -.64H.26Q.52 -.62 .52 -.3V.6Z" fill="{fill}"/>'


def _bench(canvas: Canvas, centre: tuple[float, float], radius: float, share: float) -> None:
    """One curved row seen from the gallery: seats, then the desk in front of the row behind."""
    flat, tall = 0.46, 26 + 50 * share
    x, y = centre
    wood = mix(mix(OCHRE, NAVY, 0.42), mix(INK, NAVY, 0.5), share * 0.75)
    seat = mix(mix(STEEL, SLATE, 0.4), INK, share * 0.6)
    gap = 0.062
    for block_start, block_end in ((8, 56), (62, 118), (124, 172)):
        arc = [math.radians(block_start + (block_end - block_start) * step / 24) for step in range(25)]
        desk = [(x + radius * math.cos(a), y + radius * flat * math.sin(a)) for a in arc]
        front = [(px, py + tall * 0.62) for px, py in desk]
        canvas.polygon(
            [*desk, *reversed(front)],
            canvas.linear(
                (200, 0),
                (1400, 0),
                (0, mix(wood, SAND, 0.12), 1),
                (0.55, wood, 1),
                (1, mix(wood, INK, 0.4), 1),
            ),
        )
        canvas.line(desk, mix(SAND, wood, 0.25 + 0.5 * share), 4 + 5 * share)
        seats = 6 if block_start == 62 else 4
        for at in range(seats):
            angle = math.radians(block_start + (block_end - block_start) * (at + 0.5) / seats)
            reach = radius * (1 + gap)
            px, py = x + reach * math.cos(angle), y + reach * flat * math.sin(angle)
            colour = EMBER if (block_start == 62 and at == 2 and 0.5 < share < 0.6) else seat
            width = tall * 0.52
            canvas.place(_CHAIR.format(fill=colour), (px, py), tall)
            canvas.line(
                [(px - width * 0.5, py - tall * 0.62), (px + width * 0.5, py - tall * 0.62)],
                mix(colour, PAPER, 0.35),
                2,
                'opacity="0.8"',
            )


def server_racks() -> str:
    canvas, eye = Canvas(58, INK), (860, 430)
    canvas.sheet(canvas.radial(eye, 900, (0, mix(SLATE, STEEL, 0.3), 1), (0.4, NAVY, 1), (1, "#070f17", 1)))
    depths = [1.62 * 0.77**step for step in range(10)]
    for near, far in zip(depths, depths[1:]):
        light = (1 - far / 1.62) ** 2
        for side in (-1, 1):
            _rack(canvas, eye, side, near, far * 1.03, light)
    end = depths[-1]
    door = [
        (eye[0] - 600 * end, eye[1] + 420 * end),
        (eye[0] - 600 * end, eye[1] - 520 * end),
        (eye[0] + 600 * end, eye[1] - 520 * end),
        (eye[0] + 600 * end, eye[1] + 420 * end),
    ]
    canvas.polygon(
        door, canvas.vertical((0, mix(PAPER, MIST, 0.4), 1), (1, PAPER, 1), top=door[1][1], bottom=door[0][1])
    )
    canvas.circle(eye, 330, canvas.radial(eye, 330, (0, PAPER, 0.7), (0.3, MIST, 0.25), (1, FOG, 0)))
    floor = [door[0], door[3], (1531, 900), (189, 900)]
    canvas.polygon(
        floor,
        canvas.vertical((0, PAPER, 0.75), (0.25, FOG, 0.28), (1, NAVY, 0.25), top=door[0][1], bottom=900),
    )
    for step in range(-6, 7):
        canvas.line(
            [(eye[0] + step * 100 * end, door[0][1]), (eye[0] + step * 111.8, 900)],
            INK,
            1.5,
            'opacity="0.35"',
        )
    for depth in depths[:-1]:
        y = eye[1] + 420 * depth
        canvas.line([(eye[0] - 600 * depth, y), (eye[0] + 600 * depth, y)], INK, 1.5, 'opacity="0.35"')
    _overhead(canvas, eye, end)
    x = eye[0] + 6
    walker = '<path d="M-9 0V-46Q-12 -62 0 -64Q12 -62 9 -46V0Z"/><circle cy="-71" r="6.5"/>'
    canvas.place(f'<g fill="{INK}">{walker}</g>', (x, door[0][1]), 1)
    canvas.polygon(
        [(x - 9, door[0][1]), (x + 9, door[0][1]), (x + 40, door[0][1] + 190), (x - 34, door[0][1] + 190)],
        canvas.vertical((0, INK, 0.55), (1, INK, 0), top=door[0][1], bottom=door[0][1] + 190),
    )
    return canvas.svg()


def _rack(canvas: Canvas, eye: tuple[float, float], side: int, near: float, far: float, light: float) -> None:
    """One cabinet of the aisle: shelves in perspective and a scatter of lamps."""

    def place(depth: float, height: float) -> tuple[float, float]:
        return (eye[0] + side * 600 * depth, eye[1] + (420 - 940 * height) * depth)

    face = [place(near, 0), place(near, 1), place(far, 1), place(far, 0)]
    tone = mix(mix(INK, NAVY, 0.6), mix(STEEL, FOG, 0.2), light * 0.85)
    canvas.polygon(face, tone)
    frame = max(1.4, 9 * near)
    canvas.path(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in face) + "Z",
        "none",
        f'stroke="{mix(INK, STEEL, light)}" stroke-width="{frame:.1f}"',
    )
    for shelf in range(1, 22):
        height = shelf / 22
        inner, outer = near - (near - far) * 0.1, far + (near - far) * 0.12
        canvas.line(
            [place(inner, height), place(outer, height)],
            mix(INK, SLATE, light * 0.8),
            max(0.6, 3.4 * near),
            'opacity="0.75"',
        )
        if canvas.random.random() < 0.75:
            for _ in range(canvas.random.randint(1, 4)):
                depth = inner + (outer - inner) * canvas.random.uniform(0.08, 0.9)
                colour = canvas.random.choices((MIST, SAND, EMBER), (7, 3, 1))[0]
                spot = place(depth, height - 0.022)
                size = max(0.8, 3.5 * depth)
                canvas.circle(spot, size * 2.6, colour, 'opacity="0.16"')
                canvas.circle(spot, size, colour, f'opacity="{canvas.random.uniform(0.5, 1):.2f}"')


def _overhead(canvas: Canvas, eye: tuple[float, float], end: float) -> None:
    """Cable trays along the ceiling and one red bundle coming down from them."""
    for offset, colour, width in (
        (-120, SLATE, 24),
        (-84, STEEL, 14),
        (-58, EMBER, 9),
        (96, SLATE, 20),
        (130, STEEL, 12),
    ):
        near, far = (eye[0] + offset * 2.4, -40), (eye[0] + offset * end, eye[1] - 520 * end)
        half = width * 1.3
        canvas.polygon(
            [
                (near[0] - half, near[1]),
                (near[0] + half, near[1]),
                (far[0] + half * end, far[1]),
                (far[0] - half * end, far[1]),
            ],
            canvas.linear(near, far, (0, mix(colour, INK, 0.45), 1), (1, mix(colour, PAPER, 0.3), 1)),
        )


def press_lectern() -> str:
    canvas = Canvas(66, NAVY)
    for fold in range(26):
        x = fold * 64 - 20
        dark = canvas.random.uniform(0.2, 0.5)
        canvas.rectangle(
            x,
            0,
            66,
            900,
            canvas.linear(
                (x, 0),
                (x + 66, 0),
                (0, mix(NAVY, INK, dark), 1),
                (0.4, mix(SLATE, NAVY, dark), 1),
                (0.62, mix(SLATE, STEEL, 0.25), 1),
                (1, mix(NAVY, INK, dark + 0.2), 1),
            ),
        )
    canvas.sheet(canvas.vertical((0, INK, 0.25), (0.6, INK, 0.05), (1, INK, 0.75)))
    cone = [(690, -30), (880, -30), (1230, 900), (340, 900)]
    canvas.polygon(cone, canvas.vertical((0, PAPER, 0.5), (0.55, SAND, 0.2), (1, SAND, 0.08)), 'filter="url(#soft20)"')
    canvas.ellipse((785, 770), 480, 80, SAND, 'opacity="0.24" filter="url(#soft20)"')
    canvas.polygon(
        [(600, 490), (986, 490), (946, 880), (640, 880)],
        canvas.linear(
            (600, 0),
            (986, 0),
            (0, mix(OCHRE, NAVY, 0.35), 1),
            (0.4, mix(OCHRE, SAND, 0.35), 1),
            (1, mix(OCHRE, INK, 0.6), 1),
        ),
    )
    canvas.polygon(
        [(650, 540), (936, 540), (908, 850), (678, 850)],
        canvas.linear(
            (650, 0), (936, 0), (0, mix(NAVY, SLATE, 0.4), 1), (0.5, mix(SLATE, STEEL, 0.3), 1), (1, NAVY, 1)
        ),
    )
    canvas.circle((793, 680), 66, "none", f'stroke="{SAND}" stroke-width="5" opacity="0.85"')
    canvas.circle((793, 680), 44, "none", f'stroke="{SAND}" stroke-width="3" opacity="0.6"')
    canvas.circle((793, 680), 17, SAND, 'opacity="0.85"')
    canvas.polygon(
        [(566, 494), (590, 452), (996, 452), (1020, 494)],
        canvas.linear(
            (566, 0),
            (1020, 0),
            (0, mix(OCHRE, SAND, 0.3), 1),
            (0.45, mix(SAND, PAPER, 0.3), 1),
            (1, mix(OCHRE, NAVY, 0.5), 1),
        ),
    )
    canvas.polygon([(690, 452), (704, 434), (870, 434), (884, 452)], PAPER)
    canvas.line([(704, 434), (884, 434)], mix(PAPER, FOG, 0.5), 2)
    _microphones(canvas)
    _press(canvas)
    return canvas.svg()


def _microphones(canvas: Canvas) -> None:
    stems = (
        (626, 452, 690, 336, NAVY),
        (668, 452, 726, 300, INK),
        (716, 452, 758, 322, EMBER),
        (878, 452, 838, 296, INK),
        (920, 452, 868, 330, mix(STEEL, SLATE, 0.4)),
        (962, 452, 904, 350, INK),
    )
    for x, y, tip_x, tip_y, colour in stems:
        canvas.path(
            f"M{x} {y}C{x} {y - 60} {(x + tip_x) / 2} {tip_y + 60} {tip_x} {tip_y}",
            "none",
            f'stroke="{INK}" stroke-width="5" stroke-linecap="round"',
        )
        lean = 22 if tip_x < 790 else -22
        head = (
            f'<rect x="-17" y="-58" width="34" height="64" rx="16" fill="{colour}"/>'
            f'<rect x="-17" y="-12" width="34" height="13" fill="{mix(colour, PAPER, 0.45)}"/>'
            f'<path d="M-10 -46Q-14 -30 -10 -16" fill="none" stroke="{MIST}" stroke-width="3" opacity="0.6"/>'
        )
        canvas.place(f'<g transform="rotate({lean})">{head}</g>', (tip_x, tip_y), 1)


def _press(canvas: Canvas) -> None:
    """Heads and cameras between the viewer and the lectern."""
    for x, y, size in (
        (110, 900, 1.15),
        (330, 930, 1.0),
        (560, 950, 0.95),
        (1010, 950, 0.95),
        (1240, 925, 1.05),
        (1480, 900, 1.2),
    ):
        person = (
            '<g fill="#060d15"><ellipse cx="0" cy="-128" rx="50" ry="62"/>'
            '<path d="M-130 60C-130 -30 -76 -62 -28 -70H28C76 -62 130 -30 130 60Z"/></g>'
            f'<path d="M-34 -178Q0 -204 36 -176" fill="none" stroke="{SAND}" stroke-width="3" opacity=".35"/>'
        )
        canvas.place(person, (x, y), size)
    for x, y in ((228, 742), (1352, 738)):
        canvas.rectangle(x - 62, y - 40, 124, 82, "#060d15", 'rx="9"')
        canvas.rectangle(x - 30, y - 56, 52, 20, "#060d15", 'rx="4"')
        canvas.line([(x, y + 40), (x - 30, 920)], "#060d15", 10)
        canvas.circle((x + 44, y - 24), 5, EMBER)
        canvas.rectangle(x - 44, y - 22, 66, 46, mix(SLATE, STEEL, 0.5), 'opacity="0.9"')
        canvas.rectangle(x - 22, y - 8, 20, 30, mix(OCHRE, SAND, 0.3), 'opacity="0.8"')


SCENES = {
    "parliament-benches": parliament_benches,
    "press-lectern": press_lectern,
    "server-racks": server_racks,
}
