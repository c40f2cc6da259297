"""Bakes seeds/world_map.tsv, the outlines of the countries on the map, from Natural Earth.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python docs/geography/bake_map.py package            writes the file
    python docs/geography/bake_map.py package --check    says whether the file is what would be written

world-atlas (ISC licence) is Natural Earth's borders at 1:110m and 1:50m (public domain) as TopoJSON. The projection is
Equal Earth, so that a country's ink is as large as the country. What is too small for 1:110m is a dot. Natural Earth
draws who holds a place; where the desk goes by another rule (seeds/SOURCES.md), the outline is put right here: Crimea,
Northern Cyprus, Somaliland, Western Sahara.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "seeds" / "world_map.tsv"
WIDTH = 2000
# The map's left edge lies in the Bering Strait, so that no country is cut in two.
LEFT = -168.6
SOUTHERNMOST = -56.5
DOT = 4
MOROCCO_ENDS = 27.667
# Of those without a number of ISO 3166-1.
BY_NAME = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
ANTARCTICA = "AQ"
CRIMEA, CAYENNE = (33.5, 45.3), (-53.0, 4.0)
# Equal Earth: Šavrič, Patterson and Jenny 2018, doi 10.1080/13658816.2018.1504949.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = sqrt(3) / 2

Point = tuple[float, float]
Ring = list[Point]


class Atlas:
    """A TopoJSON file: its arcs, and polygons as rings of numbers of arcs, the outer ring of each alone."""

    def __init__(self, file: Path) -> None:
        data = json.loads(file.read_text())
        self.arcs = [list(_placed(arc, data["transform"])) for arc in data["arcs"]]
        codes = _alpha2_by_number()
        self.countries: dict[str, list[list[int]]] = {}
        for shape in data["objects"]["countries"]["geometries"]:
            code = codes.get(shape.get("id")) or BY_NAME.get(shape["properties"]["name"])
            if code:
                self.countries.setdefault(code, []).extend(_outer_rings(shape))

    def ring(self, arcs: Iterable[int]) -> Ring:
        points: Ring = []
        for number in arcs:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            points.extend(arc[1:] if points else arc)
        return points

    def merged(self, rings: list[list[int]]) -> list[list[int]]:
        """Rings without the borders between them: an arc that two of them share runs once in each direction."""
        all_arcs = [number for ring in rings for number in ring]
        left = [number for number in all_arcs if ~number not in all_arcs]
        joined: list[list[int]] = []
        while left:
            ring = [left.pop(0)]
            while self._end(ring[-1]) != self._start(ring[0]):
                ring.append(
                    left.pop(next(at for at, arc in enumerate(left) if self._start(arc) == self._end(ring[-1])))
                )
            joined.append(ring)
        return joined

    def _start(self, arc: int) -> Point:
        return self.arcs[arc][0] if arc >= 0 else self.arcs[~arc][-1]

    def _end(self, arc: int) -> Point:
        return self._start(~arc)


def _placed(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    (scale_x, scale_y), (left, top) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + left, y * scale_y + top


def _outer_rings(shape: dict[str, Any]) -> list[list[int]]:
    """South Africa's hole is Lesotho, which is painted over it."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return [rings[0] for rings in polygons]


def _alpha2_by_number() -> dict[str, str]:
    with (ROOT / "seeds" / "countries.tsv").open() as file:
        return {row["numeric"]: row["alpha2"] for row in csv.DictReader(file, delimiter="\t") if row["numeric"]}


def outlines(atlas: Atlas) -> dict[str, list[Ring]]:
    """By country, as the desk sees them."""
    countries = atlas.countries
    crimea = next(ring for ring in countries["RU"] if _holds(atlas.ring(ring), CRIMEA))
    countries["RU"].remove(crimea)
    countries["UA"].append(crimea)
    guiana = next(ring for ring in countries["FR"] if _holds(atlas.ring(ring), CAYENNE))
    countries["FR"].remove(guiana)
    countries["GF"] = [guiana]
    west = atlas.merged(countries.pop("MA") + countries.pop("EH"))
    shown = {code: [atlas.ring(ring) for ring in atlas.merged(rings)] for code, rings in countries.items()}
    shown["MA"] = [_north_of(atlas.ring(ring), MOROCCO_ENDS) for ring in west]
    shown["EH"] = [_south_of(atlas.ring(ring), MOROCCO_ENDS) for ring in west]
    return shown


def _holds(ring: Ring, point: Point) -> bool:
    """Whether a point lies within the bounds of a ring that is no wider than a peninsula."""
    xs, ys = zip(*ring, strict=True)
    is_small = max(xs) - min(xs) < 10
    return is_small and min(xs) < point[0] < max(xs) and min(ys) < point[1] < max(ys)


def _north_of(ring: Ring, latitude: float) -> Ring:
    """The part of a ring above a parallel (Sutherland and Hodgman)."""
    kept: Ring = []
    for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if y >= latitude:
            kept.append((x, y))
        if (y >= latitude) != (next_y >= latitude):
            kept.append((x + (next_x - x) * (latitude - y) / (next_y - y), latitude))
    return kept


def _south_of(ring: Ring, latitude: float) -> Ring:
    return [(x, -y) for x, y in _north_of([(x, -y) for x, y in ring], -latitude)]


def projected(longitude: float, latitude: float) -> Point:
    """In units of the earth's radius, y upwards."""
    eastward = radians((longitude - LEFT) % 360 - 180)
    angle = asin(M * sin(radians(latitude)))
    square = angle * angle
    sixth = square**3
    x = eastward * cos(angle) / (M * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)))
    return x, angle * (A1 + A2 * square + sixth * (A3 + A4 * square))


def on_map(longitude: float, latitude: float) -> tuple[int, int]:
    edge = projected(LEFT + 359.999999, 0)[0]
    scale = WIDTH / 2 / edge
    x, y = projected(longitude, latitude)
    return round(x * scale + WIDTH / 2), round((projected(0, 84)[1] - y) * scale)


def path(rings: Iterable[Ring]) -> str:
    """The data of an SVG path, each point as the way from the one before."""
    return "".join(_ring_path([on_map(x, max(y, SOUTHERNMOST)) for x, y in ring]) for ring in rings)


def _ring_path(points: list[tuple[int, int]]) -> str:
    steps = [(x - last_x, y - last_y) for (last_x, last_y), (x, y) in zip(points, points[1:], strict=False)]
    moves = [step for step in steps if step != (0, 0)]
    if len(moves) < 3:
        return ""
    return f"M{_pair(points[0])}l{' '.join(map(_pair, moves))}z".replace(" -", "-")


def _pair(point: tuple[int, int]) -> str:
    x, y = point
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def dot(ring: Ring) -> str:
    x, y = on_map(sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring))
    return f"M{x - DOT} {y}a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0-{2 * DOT} 0z"


def lines(folder: Path) -> Iterator[str]:
    large, fine = Atlas(folder / "countries-110m.json"), Atlas(folder / "countries-50m.json")
    shapes = {code: path(rings) for code, rings in outlines(large).items()}
    for code, rings in fine.countries.items():
        if not shapes.get(code):
            shapes[code] = dot(max(map(fine.ring, rings), key=len))
    height = on_map(0, SOUTHERNMOST)[1] + 2 * DOT
    yield f"viewBox\t0 0 {WIDTH} {height}\n"
    yield from (f"{code}\t{shapes[code]}\n" for code in sorted(shapes) if code != ANTARCTICA)


def main() -> int:
    parser = argparse.ArgumentParser(description="Bakes seeds/world_map.tsv.")
    parser.add_argument("folder", type=Path, help="the unpacked package world-atlas")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where the file differs")
    asked = parser.parse_args()
    baked = "".join(lines(asked.folder))
    if asked.check:
        return int(FILE.read_text() != baked)
    FILE.write_text(baked)
    sys.stdout.write(f"{len(baked):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
