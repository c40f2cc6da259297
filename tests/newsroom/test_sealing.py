"""Secrets at rest: sealed for a purpose, read with today's key and those before, sealed anew."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from newsroom.partners.models import WebhookEndpoint
from newsroom.partners.webhooks.signing import new_secret
from newsroom.sealing import SECOND_FACTORS, WEBHOOKS, Unreadable


def test_sealed_secret_is_not_readable_and_comes_back():
    secret = new_secret()

    sealed = WEBHOOKS.seal(secret)

    assert (secret.removeprefix("whsec_") in sealed, WEBHOOKS.unseal(sealed)) == (False, secret)


def test_sealed_secret_outlives_a_new_key_while_the_old_is_kept(settings):
    sealed, old = WEBHOOKS.seal("whsec_a"), settings.SECRET_KEY
    settings.SECRET_KEY = "another key"
    with pytest.raises(Unreadable):
        WEBHOOKS.unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    again = WEBHOOKS.reseal(sealed)
    settings.SECRET_KEY_FALLBACKS = []

    assert WEBHOOKS.unseal(again) == "whsec_a"


@pytest.mark.django_db
def test_reseal_command_seals_all_and_names_what_it_cannot_read(subscribe, settings, capsys):
    first, secret = subscribe()
    lost, _ = subscribe("/lost")
    WebhookEndpoint.objects.filter(pk=lost.pk).update(secret="gAAAAA")
    WebhookEndpoint.objects.filter(pk=first.pk).update(
        previous_secret=WEBHOOKS.seal("whsec_old"), previous_secret_ends_at=datetime.now(UTC) + timedelta(hours=1)
    )
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"

    with pytest.raises(CommandError, match=rf"reads the secrets of webhooks of .* \({lost.pk}\): "):
        call_command("reseal_secrets")
    settings.SECRET_KEY_FALLBACKS = []

    first.refresh_from_db()
    assert (WEBHOOKS.unseal(first.secret), WEBHOOKS.unseal(first.previous_secret)) == (secret, "whsec_old")
    assert "Sealed anew: 1 secrets of webhooks." in capsys.readouterr().out


def test_sealed_secret_is_nothing_to_another_purpose():
    with pytest.raises(Unreadable):
        SECOND_FACTORS.unseal(WEBHOOKS.seal("whsec_a"))


@pytest.mark.django_db
def test_ended_secret_that_no_key_reads_does_not_spoil_the_one_that_signs(subscribe, settings):
    endpoint, secret = subscribe()
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        previous_secret="gAAAAA", previous_secret_ends_at=datetime.now(UTC) - timedelta(days=1)
    )
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"

    call_command("reseal_secrets")
    settings.SECRET_KEY_FALLBACKS = []

    endpoint.refresh_from_db()
    assert (WEBHOOKS.unseal(endpoint.secret), endpoint.previous_secret) == (secret, "")


@pytest.mark.django_db
def test_one_unreadable_secret_does_not_keep_the_other_from_being_sealed(subscribe, settings):
    endpoint, secret = subscribe()
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        previous_secret="gAAAAA", previous_secret_ends_at=datetime.now(UTC) + timedelta(days=1)
    )
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"

    with pytest.raises(CommandError, match="the partners must rotate them"):
        call_command("reseal_secrets")
    settings.SECRET_KEY_FALLBACKS = []

    endpoint.refresh_from_db()
    assert WEBHOOKS.unseal(endpoint.secret) == secret
