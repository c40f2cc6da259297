"""Rows for the pictures in the text of the editions that are there already."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.db import migrations

SRC = re.compile(r'<img[^>]* src="([^"]*)"|<img src="([^"]*)"')
BATCH = 200


def write_rows(apps, schema_editor):
    edition_model = apps.get_model("articles", "Edition")
    row_model = apps.get_model("articles", "EditionPicture")
    editions = edition_model.objects.filter(html__contains="<img").only("pk", "html").order_by("pk")
    for edition in editions.iterator(chunk_size=BATCH):
        row_model.objects.bulk_create(_rows(apps, row_model, edition), ignore_conflicts=True)


def _rows(apps, row_model, edition):
    addresses = [first or second for first, second in SRC.findall(edition.html)]
    names = [_file_name(address) for address in addresses]
    images = {image.file.name: image for image in apps.get_model("articles", "Image").objects.filter(file__in=names)}
    known = dict.fromkeys(images[name].pk for name in names if name in images)
    return [row_model(edition_id=edition.pk, image_id=pk, ordinal=place) for place, pk in enumerate(known, start=1)]


def _file_name(address):
    _, found, rest = address.partition(settings.MEDIA_URL)
    return unquote(rest) if found else ""


class Migration(migrations.Migration):
    dependencies = (("articles", "0015_pictures_and_previews"),)
    operations = (migrations.RunPython(write_rows, migrations.RunPython.noop),)
