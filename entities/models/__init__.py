"""What exists in the world, whether or not we write about it."""

from entities.models.country import Country
from entities.models.entity import Entity, Kind
from entities.models.gazetteer_version import GazetteerVersion
from entities.models.name import Form, Name, Strength
from entities.models.relation import Relation

__all__ = ["Country", "Entity", "Form", "GazetteerVersion", "Kind", "Name", "Relation", "Strength"]
