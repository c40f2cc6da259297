"""Inside an airlifter."""

from canvas import (
    EMBER,
    FOG,
    HEIGHT,
    INK,
    MIST,
    NAVY,
    PAPER,
    RUST,
    SAND,
    SLATE,
    STEEL,
    Canvas,
    Point,
    along,
    mix,
    outline,
)


def airlift_interior() -> str:
    canvas, eye = Canvas(71, INK), (840, 440)
    canvas.sheet(canvas.radial(eye, 1000, (0, SLATE, 1), (0.5, mix(NAVY, INK, 0.3), 1), (1, "#070f17", 1)))

    def hoop(scale: float) -> list[Point]:
        shape = [
            (-820, 470),
            (-820, -220),
            (-640, -470),
            (-330, -600),
            (330, -600),
            (640, -470),
            (820, -220),
            (820, 470),
        ]
        return [(eye[0] + x * scale, eye[1] + y * scale) for x, y in shape]

    scales = [1.5 * 0.82**step for step in range(9)]
    for near, far in zip(scales, scales[1:]):
        light = (1 - far / 1.5) ** 2.2
        _bay_section(canvas, hoop(near), hoop(far), light)
    _ramp_view(canvas, hoop(scales[-1]))
    for side in (-1, 1):
        for reach in (0.24, 0.62):
            start, end = (
                (eye[0] + side * 820 * 1.5 * reach, eye[1] + 470 * 1.5),
                (eye[0] + side * 820 * scales[-1] * reach, eye[1] + 470 * scales[-1]),
            )
            canvas.line([start, end], MIST, 2.2, 'opacity="0.35"')
    x, y = eye[0], eye[1] + 470 * scales[-1]
    glow = canvas.linear((x, y), (x, HEIGHT), (0, mix(SAND, PAPER, 0.5), 0.75), (0.5, SAND, 0.16), (1, SAND, 0))
    canvas.polygon([(x - 110, y), (x + 110, y), (x + 330, HEIGHT), (x - 330, HEIGHT)], glow)
    _pallet(canvas, (690, 700), 1.0)
    for spot, size in (((925, 655), 0.84), ((1000, 632), 0.74)):
        _loadmaster(canvas, spot, size)
    lamp = (eye[0], eye[1] - 600 * 0.5)
    canvas.circle(lamp, 90, canvas.radial(lamp, 90, (0, EMBER, 0.8), (0.2, EMBER, 0.3), (1, EMBER, 0)))
    canvas.ellipse(lamp, 20, 6, mix(EMBER, PAPER, 0.4))
    return canvas.svg()


def _bay_section(canvas: Canvas, near: list[Point], far: list[Point], light: float) -> None:
    """Walls, floor and the rib between two frames; `light` grows towards the ramp."""
    for at in range(len(near)):
        follow = (at + 1) % len(near)
        floor = at == len(near) - 1
        base = mix(mix(INK, NAVY, 0.5), mix(STEEL, SAND, 0.35), light * (0.95 if floor else 0.6 + 0.05 * at))
        canvas.polygon([near[at], near[follow], far[follow], far[at]], base)
    canvas.path(
        outline(far),
        "none",
        f'stroke="{mix(INK, FOG, 0.2 + light * 0.5)}" stroke-width="{6 + 14 * (1 - light):.1f}"',
    )
    for low, high in ((0, 1), (7, 6)):
        near_seat, near_back = (along(near[low], near[high], height) for height in (0.2, 0.52))
        far_seat, far_back = (along(far[low], far[high], height) for height in (0.2, 0.52))
        canvas.polygon([near_seat, near_back, far_back, far_seat], mix(mix(RUST, INK, 0.55), SAND, 0.25 * light))
        for share in (0.25, 0.5, 0.75):
            web = [along(near_seat, far_seat, share), along(near_back, far_back, share)]
            canvas.line(web, INK, 3 * (1.2 - light))
        canvas.line([near_seat, far_seat], mix(INK, SAND, 0.25 + 0.5 * light), 7 * (1.15 - light))


def _ramp_view(canvas: Canvas, mouth: list[Point]) -> None:
    """Sky and tarmac beyond the open ramp."""
    canvas.open_group(f'clip-path="{canvas.clip(outline(mouth))}"')
    canvas.rectangle(
        400,
        200,
        900,
        240,
        canvas.vertical((0, mix(FOG, MIST, 0.5), 1), (1, mix(PAPER, SAND, 0.3), 1), top=250, bottom=440),
    )
    canvas.rectangle(
        400, 440, 900, 300, canvas.vertical((0, mix(SAND, PAPER, 0.4), 1), (1, PAPER, 1), top=440, bottom=590)
    )
    canvas.polygon([(560, 446), (680, 420), (800, 430), (960, 412), (1130, 446)], mix(FOG, SAND, 0.3))
    canvas.close_group()
    for grow, opacity in ((26, 0.30), (60, 0.16), (120, 0.08)):
        canvas.path(
            outline(mouth),
            "none",
            f'stroke="{PAPER}" stroke-width="{grow}" opacity="{opacity}" filter="url(#soft20)"',
        )


def _pallet(canvas: Canvas, foot: Point, size: float) -> None:
    x, y = foot
    canvas.ellipse((x, y + 4), 150 * size, 14, INK, 'opacity="0.5" filter="url(#soft6)"')
    canvas.polygon([(x - 130, y), (x - 130, y - 14), (x + 120, y - 14), (x + 120, y)], mix(STEEL, INK, 0.3))
    canvas.path(
        f"M{x - 118} {y - 14}V{y - 150}Q{x - 116} {y - 176} {x - 84} {y - 178}"
        f"H{x + 70}Q{x + 104} {y - 176} {x + 108} {y - 146}V{y - 14}Z",
        canvas.linear(
            (x - 118, y),
            (x + 110, y - 120),
            (0, INK, 1),
            (0.7, mix(NAVY, SLATE, 0.5), 1),
            (1, mix(STEEL, SAND, 0.4), 1),
        ),
    )
    for step in range(1, 7):
        canvas.line([(x - 118 + step * 33, y - 176), (x - 118 + step * 33, y - 14)], SAND, 1.4, 'opacity="0.28"')
        canvas.line([(x - 118, y - 176 + step * 25), (x + 108, y - 176 + step * 25)], SAND, 1.4, 'opacity="0.28"')


def _loadmaster(canvas: Canvas, foot: Point, size: float) -> None:
    x, y = foot
    figure = (
        f'<g fill="{INK}"><path d="M-25 0H-7L-1 -78L7 0H25L22 -96H-22Z"/>'
        '<path d="M-24 -92L-30 -140Q-32 -162 -12 -168H12Q32 -162 30 -140L24 -92Z"/>'
        '<path d="M-28 -158L-39 -112L-31 -82L-23 -86L-29 -112L-20 -140Z"/>'
        '<path d="M28 -158L40 -120L22 -96L18 -104L29 -120L20 -140Z"/>'
        '<circle cx="0" cy="-183" r="12.5"/><path d="M-15 -182A15 15 0 0 1 15 -182L14 -176H-14Z"/></g>'
        f'<path d="M30 -140Q32 -162 12 -168" fill="none" stroke="{SAND}" stroke-width="2.4" opacity="0.8"/>'
    )
    canvas.place(figure, foot, size)
    canvas.polygon(
        [
            (x - 24 * size, y),
            (x + 24 * size, y),
            (x + 52 * size, y + 190 * size),
            (x - 60 * size, y + 190 * size),
        ],
        canvas.linear((x, y), (x, y + 190 * size), (0, INK, 0.6), (1, INK, 0)),
    )


SCENES = {"airlift-interior": airlift_interior}
