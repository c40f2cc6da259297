"""The labels before a colon that name a section of a paper or a turn of an interview, and no speaker.

Takes: "Interview", "Analysis", "Q", "Read more". Leaves out: names and roles ("Kask", "The minister").
"""

from .lexicon import words

ANSWERS = words("a answer")
QUESTIONS = words("q question")
SECTIONS = words(
    "interview analysis opinion comment commentary editorial explainer background briefing brief briefs update updates"
    " correction corrections clarification breaking exclusive feature profile obituary review news live watch"
    " video audio podcast photo photos picture pictures factbox factfile timeline context note summary transcript"
    " letter letters updated poll quote quotes related headline headlines caption source sources photograph graphic"
)
HEADINGS = frozenset(
    (
        "read more",
        "read also",
        "see also",
        "more on this",
        "related news",
        "related stories",
        "q & a",
        "q and a",
        "fact box",
        "fact check",
        "live blog",
        "live updates",
        "in brief",
        "news in brief",
        "quote of the day",
        "the interview",
        "in pictures",
        "breaking news",
    )
)


def is_section(label: str) -> bool:
    """Does the lower-case label name a section or a turn of an interview?"""
    return label in ANSWERS or label in QUESTIONS or label in SECTIONS or label in HEADINGS
