"""Draw the demo illustrations: python docs/drawing/draw_images.py [--only NAME…] [--png FOLDER].

Each scene is a function that returns SVG; Chromium paints it through Playwright, Pillow writes WebP of at
most 90 kB into seeds/images/. Needs what requirements/development.txt installs and a Chromium.
"""

import argparse
import io
import shutil
import sys
from pathlib import Path

import scenes_air
import scenes_desk
import scenes_halls
import scenes_hold
import scenes_land
import scenes_port
import scenes_sea
import scenes_watch
from canvas import HEIGHT, WIDTH
from PIL import Image
from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parents[2] / "seeds" / "images"
LIMIT = 90_000

MODULES = (
    scenes_air,
    scenes_desk,
    scenes_halls,
    scenes_hold,
    scenes_land,
    scenes_port,
    scenes_sea,
    scenes_watch,
)
SCENES = {name: draw for module in MODULES for name, draw in module.SCENES.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=sorted(SCENES), help="draw these scenes, not all")
    parser.add_argument("--png", type=Path, help="also keep a lossless copy of each picture in this folder")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name in options.only or sorted(SCENES):
            size, quality = draw(page, name, options.png)
            sys.stdout.write(f"{name:24} {size:6} bytes at quality {quality}\n")
        browser.close()


def draw(page: Page, name: str, lossless: Path | None) -> tuple[int, int]:
    """Paint one scene and store it; returns the bytes written and the quality they needed."""
    page.set_content(f'<body style="margin:0">{SCENES[name]()}</body>')
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    if lossless:
        picture.save(lossless / f"{name}.png")
    encoded, quality = encode(picture)
    (IMAGES / f"{name}.webp").write_bytes(encoded)
    return len(encoded), quality


def encode(picture: Image.Image) -> tuple[bytes, int]:
    """The best quality that fits the limit."""
    for quality in range(84, 20, -4):
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= LIMIT:
            return buffer.getvalue(), quality
    raise ValueError("The picture does not fit into the limit; draw it with less grain.")


if __name__ == "__main__":
    main()
