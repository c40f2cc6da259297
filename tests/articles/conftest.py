from tests.articles.views.conftest import picture, tell

__all__ = ["picture", "tell"]
