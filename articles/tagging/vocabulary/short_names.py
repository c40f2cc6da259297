"""Tells whether two given names can be one person's: an initial, a short form, another spelling.

Takes: "J." and "James", "Jim" and "James", "Alex" and "Alexander", "Sergey" and "Sergei".
Leaves out: "Mart" and "Marta", "Anna" and "Anne", "Paul" and "Pauline".
"""

from functools import cache

from .given_names import pronoun_of
from .lexicon import words

FORMS = (
    "James Jim Jimmy Jamie",
    "John Jack Johnny Jon",
    "Jonathan Jon",
    "William Bill Billy Will Willy",
    "Robert Bob Bobby Rob Bert",
    "Richard Dick Rick Rich Ricky",
    "Michael Mike Mick Mickey",
    "Thomas Tom Tommy",
    "Charles Charlie Chuck",
    "Edward Ed Eddie Ted Ned",
    "Edwin Ed",
    "Theodore Ted Teddy",
    "Joseph Joe Joey",
    "Andrew Andy Drew",
    "Anthony Tony",
    "Antony Tony",
    "Lawrence Larry",
    "Henry Harry Hank",
    "Harold Harry Hal",
    "Francis Frank",
    "Stephen Steven Steve",
    "Gerald Jerry Gerry",
    "Jerome Jerry",
    "Ronald Ron Ronnie",
    "Donald Don Donnie",
    "Kenneth Ken Kenny",
    "Lewis Louis Lou",
    "Christopher Chris Kit Topher",
    "Christine Christina Chris Tina",
    "Patrick Pat Paddy",
    "Patricia Pat Patty Trish",
    "Peter Pete",
    "David Dave Davy",
    "Daniel Dan Danny",
    "Benjamin Ben Benny Bibi",
    "Samuel Sam Sammy",
    "Samantha Sam",
    "Alexander Aleksandr Oleksandr Alex Sasha Alec Sandy",
    "Alexandra Alex Sasha Sandra",
    "Elizabeth Liz Lizzie Beth Betty Betsy Eliza",
    "Margaret Maggie Meg Peggy",
    "Katherine Catherine Kathryn Kate Katie Cathy Kathy",
    "Rebecca Becky",
    "Susan Sue Susie",
    "Deborah Debbie Deb",
    "Barbara Barb",
    "Jennifer Jen Jenny",
    "Victoria Vicky Tori",
    "Virginia Ginny",
    "Dorothy Dot",
    "Philip Phillip Phil",
    "Timothy Tim",
    "Vladimir Volodymyr Vova",
    "Dmitry Dmitri Dmitriy Dmytro Dima",
    "Mohammed Mohammad Muhammad Mohamed Mohamad",
    "Yevgeny Evgeny Yevgeni Evgeni",
    "Nikolai Nikolay Mykola",
    "Geoffrey Jeffrey Geoff Jeff",
    "Matthew Matt",
    "Gregory Greg",
    "Frederick Frederik Fred Freddie",
    "Nicholas Nick",
    "Abigail Abby",
)
FEWEST_LETTERS = 3
CUT_LETTERS = 2
MISSPELT_LETTERS = 5


def is_same_given(one: str, other: str) -> bool:
    """Can the two given names be one person's?"""
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    if _is_initial(short) or _is_initial(long):
        return short[:1].lower() == long[:1].lower()
    if _plain(short) == _plain(long) or _forms(short.lower()) & _forms(long.lower()):
        return True
    if len({pronoun_of(short), pronoun_of(long)} - {""}) > 1:
        return False
    is_cut = len(short) >= FEWEST_LETTERS and len(long) >= len(short) + CUT_LETTERS
    return (is_cut and long.lower().startswith(short.lower())) or _is_misspelt(short, long)


def _is_misspelt(one: str, other: str) -> bool:
    """ "Kristen" and "Kristin": one letter inside differs."""
    is_alike = len(one) == len(other) >= MISSPELT_LETTERS and (one[0], one[-1]) == (other[0], other[-1])
    return is_alike and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _is_initial(name: str) -> bool:
    """ "J", "J.R" and "JD"."""
    return len(name) == 1 or (name.isupper() and (len(name) == FEWEST_LETTERS - 1 or "." in name))


def _plain(name: str) -> str:
    return name.lower().replace("y", "i").replace("-", "")


@cache
def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, forms in enumerate(FORMS):
        for form in words(forms.lower()):
            groups.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in groups.items()}


def _forms(name: str) -> frozenset[int]:
    return _groups().get(name, frozenset())
