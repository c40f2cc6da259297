"""The project. The Celery app is loaded with it, so that every process sends tasks to the same queue."""

from newsroom.celery import app as celery_app

__all__ = ["celery_app"]
