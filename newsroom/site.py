"""What every public page says of the paper itself."""

from django.conf import settings
from django.http import HttpRequest


def identity(request: HttpRequest) -> dict[str, object]:
    """The paper's name, address and whether it is a demonstration, for every template."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "demonstration": settings.DEMONSTRATION,
    }
