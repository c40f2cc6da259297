"""The desk's doors in the admin: they translate and call the verbs."""

from articles.admin.article import ArticleAdmin
from articles.admin.author import AuthorAdmin
from articles.admin.diary_entry import DiaryEntryAdmin
from articles.admin.error_report import ErrorReportAdmin
from articles.admin.exercise_edition import ExerciseEditionAdmin
from articles.admin.front_slot import FrontSlotAdmin
from articles.admin.gazetteer import TriedEntityAdmin, TriedNameAdmin
from articles.admin.image import ImageAdmin
from articles.admin.new_name import NewNameAdmin
from articles.admin.notification import NotificationAdmin
from articles.admin.section import SectionAdmin
from articles.admin.standing_page import StandingPageAdmin
from articles.admin.storyline import StorylineAdmin

__all__ = [
    "ArticleAdmin",
    "AuthorAdmin",
    "DiaryEntryAdmin",
    "ErrorReportAdmin",
    "ExerciseEditionAdmin",
    "FrontSlotAdmin",
    "ImageAdmin",
    "NewNameAdmin",
    "NotificationAdmin",
    "SectionAdmin",
    "StandingPageAdmin",
    "StorylineAdmin",
    "TriedEntityAdmin",
    "TriedNameAdmin",
]
