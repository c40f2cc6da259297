from tests.articles.views.conftest import tell

__all__ = ["tell"]
