"""Make the renditions of pictures, one picture at a time.

The work is found, not remembered: a picture is due as long as its renditions are not those of its focal point. An
attempt is written down before it begins, so that a file on which the worker dies is not tried for ever. Files are
stored before the rows that name them, under names made of their content: killed in between, or done twice, the same
file is there once.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from celery import current_app
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Image, Rendition
from articles.models.image import MOST_ATTEMPTS, NOT_RENDERED

if TYPE_CHECKING:
    from articles.pictures.drawing import Drawn

logger = logging.getLogger(__name__)

TASK = "articles.render_pictures"
# An attempt that began this long ago was cut short; one that failed is made again after as long.
LEASE = timedelta(seconds=90)
# How long a crop that was replaced can still be had: pages and partners hold its address for a while.
KEPT_REPLACED = timedelta(days=3)
FORGOTTEN_AT_ONCE = 200
SUFFIXES = {"AVIF": ".avif", "WEBP": ".webp", "JPEG": ".jpg"}


def render_on_commit() -> None:
    """Ask for it as soon as a new picture or focal point is there; else the sweep finds it."""
    transaction.on_commit(_send, robust=True)


def is_due() -> bool:
    """Whether a picture waits for its renditions, and nobody is at one."""
    return _due().exists() and not _in_work().exists()


def render_next() -> bool:
    """Make the renditions of one picture that waits for them; whether there may be another."""
    image = _claimed()
    if image is None:
        return False
    # Pillow takes megabytes, which most processes never need.
    from articles.pictures.drawing import UNREADABLE, drawn

    try:
        with default_storage.open(str(image.file)) as file:
            entries = [_stored(image, copy) for copy in drawn(file, focus=(image.focal_x, image.focal_y))]
    except UNREADABLE as error:
        logger.warning("No renditions of picture %s: %s", image.pk, error)
        _note(image, f"{type(error).__name__}: {error}")
        return True
    _show(image, sorted(entries, key=lambda entry: (entry["kind"], entry["width"], entry["type"])))
    return True


def render_again(images: Any) -> int:
    """Let the worker make the renditions of these pictures anew, as when a file was lost or they failed."""
    asked = images.update(
        rendered_x=None, rendered_y=None, rendering_at=None, rendering_attempts=0, rendering_problem=""
    )
    render_on_commit()
    return int(asked)


def forget_replaced() -> int:
    """Take away crops of former focal points, files and rows."""
    old = Rendition.objects.filter(replaced_at__lt=timezone.now() - KEPT_REPLACED).order_by("replaced_at", "pk")
    rows = list(old[:FORGOTTEN_AT_ONCE])
    Rendition.objects.filter(pk__in=[row.pk for row in rows]).delete()
    names = {str(row.file) for row in rows}
    # Where the focal point was moved back, a newer row names the same file.
    for name in names - set(Rendition.objects.filter(file__in=names).values_list("file", flat=True)):
        default_storage.delete(name)
    return len(rows)


def _send() -> None:
    current_app.send_task(TASK)


def _due() -> Any:
    waiting = Image.objects.filter(NOT_RENDERED, rendering_attempts__lt=MOST_ATTEMPTS)
    return waiting.exclude(rendering_at__gt=timezone.now() - LEASE)


def _in_work() -> Any:
    return Image.objects.filter(NOT_RENDERED, rendering_at__gt=timezone.now() - LEASE, rendering_problem="")


@transaction.atomic
def _claimed() -> Image | None:
    """A picture that nobody else is at, with the attempt written down. Newest first: an editor waits for it."""
    if _in_work().exists():
        return None
    waiting = _due().select_for_update(skip_locked=True, no_key=True).order_by("rendering_attempts", "-pk")
    image: Image | None = waiting.first()
    if image is not None:
        Image.objects.filter(pk=image.pk).update(
            rendering_at=timezone.now(), rendering_attempts=F("rendering_attempts") + 1, rendering_problem=""
        )
    return image


def _stored(image: Image, copy: Drawn) -> dict[str, Any]:
    """Keep the file of a copy; what is to be known of it."""
    digest = hashlib.sha256(copy.content).hexdigest()[:24]
    name = f"{copy.kind}-{copy.width}-{digest}{SUFFIXES[copy.format]}"
    path = str(PurePosixPath("renditions", image.sha256[:2], image.sha256, name))
    if default_storage.exists(path) and default_storage.size(path) != len(copy.content):
        # Cut short when its writer was killed.
        default_storage.delete(path)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(copy.content))
    return {
        "kind": copy.kind,
        "type": copy.media_type,
        "width": copy.width,
        "height": copy.height,
        "bytes": len(copy.content),
        "file": path,
    }


@transaction.atomic
def _show(image: Image, entries: list[dict[str, Any]]) -> None:
    """Write the rows, and what they say into the picture's own row: that is a change of the picture, by which the sweep
    finds the stories that show it."""
    locked = Image.objects.select_for_update(no_key=True).get(pk=image.pk)
    if (locked.focal_x, locked.focal_y) != (image.focal_x, image.focal_y):
        # Moved meanwhile: these are the crops of nowhere, and it is still due.
        Image.objects.filter(pk=image.pk).update(rendering_at=None, rendering_attempts=0)
        return
    now = timezone.now()
    current = locked.renditions.filter(replaced_at=None)
    current.exclude(file__in=[entry["file"] for entry in entries]).update(replaced_at=now)
    kept = set(current.values_list("file", flat=True))
    Rendition.objects.bulk_create(_row(image, entry) for entry in entries if entry["file"] not in kept)
    is_changed = entries != locked.rendered
    Image.objects.filter(pk=image.pk).update(
        rendered=entries,
        rendered_x=image.focal_x,
        rendered_y=image.focal_y,
        rendering_at=None,
        rendering_attempts=0,
        rendering_problem="",
        changed_at=now if is_changed else F("changed_at"),
    )


def _row(image: Image, entry: dict[str, Any]) -> Rendition:
    facts = {name: entry[name] for name in ("kind", "width", "height", "bytes", "file")}
    return Rendition(image=image, media_type=entry["type"], **facts)


def _note(image: Image, problem: str) -> None:
    Image.objects.filter(pk=image.pk).update(rendering_problem=problem[:200])
