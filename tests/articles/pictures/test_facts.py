"""What a picture's file says of itself, read before it is taken out. Hostile files say nothing, or little."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from articles.pictures.facts import MOST_ELEMENTS, PictureFacts, facts_in

BY, CREDIT, SOURCE, CAPTION, COPYRIGHT, INSTRUCTIONS = 80, 110, 115, 120, 116, 40
ARTIST, RIGHTS, DESCRIPTION = 0x013B, 0x8298, 0x010E


def iptc(*records: tuple[int, bytes]) -> bytes:
    """A JPEG with captions as agencies write them: IPTC in a resource of Photoshop's segment."""
    data = b"".join(b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2) + text for number, text in records)
    segment = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + len(data).to_bytes(4) + data + b"\0" * (len(data) % 2)
    picture = saved("JPEG")
    return picture[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2) + segment + picture[2:]


def saved(kind: str, **options: object) -> bytes:
    written = BytesIO()
    Pillow.new("RGB", (16, 9), "navy").save(written, kind, **options)
    return written.getvalue()


def exif(**words: str) -> bytes:
    facts = Pillow.Exif()
    for name, value in words.items():
        facts[{"artist": ARTIST, "rights": RIGHTS, "description": DESCRIPTION}[name]] = value
    return facts.tobytes()


def xmp(**words: str) -> str:
    lists = {
        "creator": "dc:creator",
        "description": "dc:description",
        "rights": "dc:rights",
        "terms": "xmpRights:UsageTerms",
    }
    written = "".join(
        f"<{lists[name]}><rdf:Alt><rdf:li xml:lang='x-default'>{escape(value)}</rdf:li></rdf:Alt></{lists[name]}>"
        for name, value in words.items()
        if name in lists
    )
    credit = f"photoshop:Credit='{words['credit']}'" if "credit" in words else ""
    return (
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/'>"
        f"<rdf:Description {credit}>{written}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )


def test_facts_in_reads_what_an_agency_wrote():
    picture = iptc(
        (BY, "Ida Bérg".encode()),
        (CREDIT, b"Coast Agency"),
        (SOURCE, b"Harbour Archive"),
        (CAPTION, b"A frigate\r\nat sea"),
        (COPYRIGHT, "© Coast Agency".encode()),
        (INSTRUCTIONS, b"No archive. No sale."),
    )

    assert facts_in(picture) == PictureFacts(
        caption="A frigate at sea",
        credit="Ida Bérg / Coast Agency",
        notice="© Coast Agency; No archive. No sale.",
    )


def test_facts_in_reads_two_bylines_a_source_and_the_letters_of_windows():
    picture = iptc((BY, b"Ida Berg"), (BY, b"Ole Gr\xf8n"), (SOURCE, b"Coast Agency"))

    assert facts_in(picture).credit == "Ida Berg, Ole Grøn / Coast Agency"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_facts_in_reads_exif(kind):
    picture = saved(kind, exif=exif(artist="Jane Doe", rights="(c) Coast Agency"))

    assert facts_in(picture) == PictureFacts(credit="Jane Doe", notice="(c) Coast Agency")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_facts_in_reads_xmp(kind):
    page = xmp(creator="Jane Doe", credit="Coast Agency", description="A <frigate>", rights="© us", terms="Once only")
    words = PngInfo()
    words.add_itxt("XML:com.adobe.xmp", page)
    picture = saved(kind, **({"pnginfo": words} if kind == "PNG" else {"xmp": page.encode()}))

    assert facts_in(picture) == PictureFacts("A <frigate>", "Jane Doe / Coast Agency", "© us; Once only")


def test_facts_in_prefers_what_a_picture_desk_wrote_to_what_a_camera_did():
    picture = saved("JPEG", exif=exif(artist="CAMERA OWNER", rights="(c) Jane"), xmp=xmp(creator="Jane Doe").encode())

    assert facts_in(picture) == PictureFacts(credit="Jane Doe", notice="(c) Jane")


def test_facts_in_reads_the_beginning_of_a_file():
    written = BytesIO()
    Pillow.effect_noise((400, 300), 90).save(written, "JPEG", exif=exif(rights="(c) us"))

    assert facts_in(written.getvalue()[:4_000]).notice == "(c) us"


def test_facts_in_reads_letters_of_today_in_exif():
    picture = saved("JPEG", exif=exif(rights="(c) us").replace(b"(c)", "© ".encode()))

    assert facts_in(picture).notice == "© us"


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"plain text",
        saved("PNG"),
        saved("JPEG", exif=exif(description="The source’s kitchen", rights="  \0 ")),
        saved("WEBP", exif=b"Exif\0\0MM\x1e*" + bytes(40)),
        saved("WEBP", xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><unfinished"),
        saved("WEBP", xmp=b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + xmp(creator="&b;").encode()),
        saved("WEBP", xmp="<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".encode("utf-16")),
        saved("WEBP", xmp=xmp(creator="x" * 600_000).encode()),
        iptc((BY, b"")),
    ],
    ids=[
        *("nothing", "text", "bare", "where it was taken", "damaged exif", "damaged xmp"),
        *("entities", "entities in 16 bits", "endless xmp", "empty"),
    ],
)
def test_facts_in_says_nothing_of_what_it_cannot_use(picture):
    assert facts_in(picture) == PictureFacts()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_facts_in_unpacks_no_pixel(kind, monkeypatch):
    """It is asked of files that nobody has checked yet."""
    pictures = [saved(kind), saved(kind, exif=exif(artist="Jane Doe"))]
    unpacked = []
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda picture: unpacked.append(picture))

    assert [facts_in(picture).credit for picture in pictures] == ["", "Jane Doe"]
    assert unpacked == []


def test_facts_in_goes_on_behind_what_is_damaged():
    picture = saved("JPEG", exif=exif(artist="Jane Doe"), xmp=b"<unfinished")

    assert facts_in(picture).credit == "Jane Doe"


def test_facts_in_takes_no_more_than_a_column_holds_and_no_hidden_signs():
    endless = iptc(
        (CAPTION, b"word " * 4_000), (BY, b"x" * 9_000), (COPYRIGHT, "a\u202eb\0c\x1b[31m".encode() + b"y" * 900)
    )

    facts = facts_in(endless)

    assert (len(facts.caption), len(facts.credit), len(facts.notice)) == (500, 200, 300)
    assert facts.notice.startswith("abc[31my")


@pytest.fixture
def steps(monkeypatch) -> list[str]:
    """Each element that somebody looks at, as often as it is: by walking down a tree or from one to the next."""
    seen: list[str] = []

    class Watched(ElementTree.Element):
        def iter(self, tag=None):
            for element in super().iter(tag):
                seen.append(element.tag)
                yield element

        def __iter__(self):
            for element in (self[place] for place in range(len(self))):
                seen.append(element.tag)
                yield element

    read = ElementTree.fromstring
    monkeypatch.setattr(
        "articles.pictures.facts.ElementTree.fromstring",
        lambda page: read(page, ElementTree.XMLParser(target=ElementTree.TreeBuilder(element_factory=Watched))),
    )
    return seen


@pytest.mark.parametrize(
    "nested",
    [
        "<dc:rights>" * 2_000 + "</dc:rights>" * 2_000,
        "<rdf:x>" * 2_000 + "</rdf:x>" * 2_000,
        "<dc:rights><rdf:Bag>" * 1_000 + "<rdf:li/>" * 2_000 + "</rdf:Bag></dc:rights>" * 1_000,
        "<dc:rights/>" * 2_000,
    ],
    ids=["rights in rights", "deep", "items", "rights"],
)
def test_facts_in_looks_at_each_element_of_xmp_three_times_at_most(nested, steps):
    page = xmp(rights="(c) us").replace("</rdf:Description>", nested + "</rdf:Description>")

    facts = facts_in(saved("WEBP", xmp=page.encode()))

    assert facts.notice == "(c) us"
    assert 100 < len(steps) < 3 * page.count("<")


def test_facts_in_reads_so_much_of_xmp_and_no_more(steps):
    page = xmp().replace("<rdf:Description >", "<rdf:Description>" + "<dc:rights/>" * 2_000)

    facts_in(saved("WEBP", xmp=page.encode()))

    assert steps.count("{http://purl.org/dc/elements/1.1/}rights") == MOST_ELEMENTS
