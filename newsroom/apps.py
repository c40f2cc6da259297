from django.apps import AppConfig
from django.core import checks


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        # It asks what articles know of mail, whose models are there only now.
        from newsroom import deploy_checks

        checks.register(deploy_checks.mail_reaches_people, checks.Tags.security, deploy=True)
