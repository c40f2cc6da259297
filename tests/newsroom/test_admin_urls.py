import json

from django.db import transaction
from django.test import Client

from tests.desk import make_person
from tests.newsroom.admin.test_permissions import TABLE, addresses, things  # noqa: F401


def test_all(request, things, db):
    out = {}
    for role in ("anonymous", "stranger", "journalist", "editor", "chief", "superuser"):
        c = Client(raise_request_exception=False)
        if role == "superuser":
            c.force_login(make_person("root", "Chief", is_superuser=True))
        elif role != "anonymous":
            c.force_login(request.getfixturevalue(role))
        for name, address in sorted(addresses(things).items(), key=lambda i: i[0] == "logout"):
            for method in ("get", "post"):
                with transaction.atomic():
                    out.setdefault(name, {}).setdefault(method, []).append(getattr(c, method)(address).status_code)
                    transaction.set_rollback(True)
    json.dump(out, open("/tmp/workflow/urls.json", "w"))
