"""What we write: one noun a file."""

from articles.models.anchor import Anchor
from articles.models.article import Article, ArticleType, Priority
from articles.models.article_term import ArticleTerm, TermFrequency, TermVector
from articles.models.author import Author, Byline
from articles.models.cache_purge import CachePurge
from articles.models.change import Change, ChangeCounter
from articles.models.comment import Comment, CommentNotice, CommentThread
from articles.models.correction import Correction
from articles.models.diary_entry import DiaryEntry
from articles.models.edition import Edition, EditionPicture, EditionQuote, EditionRelated, EditionTag
from articles.models.erasure import Erasure
from articles.models.error_report import ErrorReport
from articles.models.exercise import ExerciseEdition, ReportedFact
from articles.models.former_address import FormerAddress
from articles.models.front_slot import FrontSlot
from articles.models.heartbeat import Heartbeat
from articles.models.image import Image, Rights
from articles.models.new_name import NewName, Sighting
from articles.models.notification import MailChoice, Notification
from articles.models.preview_link import PreviewLink
from articles.models.public_address import PublicAddress
from articles.models.public_state import PublicState
from articles.models.quote import Quote
from articles.models.related_link import RelatedLink
from articles.models.rendition import Rendition
from articles.models.representation import AuthorListing, Listing, Representation
from articles.models.revision import Revision
from articles.models.saved_list import SavedList
from articles.models.section import Section
from articles.models.sitting import Sitting
from articles.models.standing_page import StandingPage, StandingPageVersion
from articles.models.storyline import Storyline, StorylineStory
from articles.models.tag import Mention, Tag
from articles.models.tagging_run import TaggingRun
from articles.models.transition import Transition
from articles.models.verdict import Origin, Verdict
from articles.models.withheld_story import WithheldStory

__all__ = [
    "Anchor",
    "Article",
    "ArticleTerm",
    "ArticleType",
    "Author",
    "AuthorListing",
    "Byline",
    "CachePurge",
    "Change",
    "ChangeCounter",
    "Comment",
    "CommentNotice",
    "CommentThread",
    "Correction",
    "DiaryEntry",
    "Edition",
    "EditionPicture",
    "EditionQuote",
    "EditionRelated",
    "EditionTag",
    "Erasure",
    "ErrorReport",
    "ExerciseEdition",
    "FormerAddress",
    "FrontSlot",
    "Heartbeat",
    "Image",
    "Listing",
    "MailChoice",
    "Mention",
    "NewName",
    "Notification",
    "Origin",
    "PreviewLink",
    "Priority",
    "PublicAddress",
    "PublicState",
    "Quote",
    "RelatedLink",
    "Rendition",
    "ReportedFact",
    "Representation",
    "Revision",
    "Rights",
    "SavedList",
    "Section",
    "Sighting",
    "Sitting",
    "StandingPage",
    "StandingPageVersion",
    "Storyline",
    "StorylineStory",
    "Tag",
    "TaggingRun",
    "TermFrequency",
    "TermVector",
    "Transition",
    "Verdict",
    "WithheldStory",
]
