"""Signatures, and when a message is sent again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from newsroom.partners.webhooks.retrying import ATTEMPTS, pause_after, retry_after, wait_after
from newsroom.partners.webhooks.signing import headers_of, new_secret, new_webhook_id

BODY = '{"type":"article.upsert","data":{"url":"https://news.invalid/ä"}}'.encode()


def signed(*secrets: str, at: datetime | None = None) -> dict[str, str]:
    return headers_of(BODY, webhook_id="msg_1", at=at or datetime.now(UTC), secrets=secrets)


def test_signature_is_what_the_standard_has_as_its_example():
    """The example of the Standard Webhooks specification."""
    secret, at = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", datetime.fromtimestamp(1_614_265_330, UTC)

    headers = headers_of(b'{"test": 2432232314}', webhook_id="msg_p5jXN8AQM9LWM0D4loKWxJek", at=at, secrets=[secret])

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_two_secrets_sign_with_a_space_between():
    old, new = new_secret(), new_secret()

    headers = signed(new, old)

    assert len(headers["webhook-signature"].split(" ")) == 2
    assert [Webhook(secret).verify(BODY, headers)["type"] for secret in (old, new)] == ["article.upsert"] * 2
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(BODY, headers)


def test_time_is_the_moments_whatever_the_zone_of_the_clock():
    moment = datetime.now(UTC)

    elsewhere = signed(new_secret(), at=moment.astimezone(timezone(timedelta(hours=9))))

    assert elsewhere["webhook-timestamp"] == str(int(moment.timestamp()))
    assert Webhook(secret := new_secret()).verify(
        BODY, signed(secret, at=moment.astimezone(timezone(timedelta(hours=9))))
    )


def test_secrets_and_ids_are_never_the_same():
    assert len({new_secret() for _ in range(50)} | {new_webhook_id() for _ in range(50)}) == 100


def test_waits_are_those_of_the_guide():
    waits = [wait_after(number) for number in range(1, ATTEMPTS + 1)]

    promised = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
    assert waits.pop() is None
    assert [round(wait.total_seconds() / seconds, 1) for wait, seconds in zip(waits, promised, strict=True)] == [
        pytest.approx(1, abs=0.11)
    ] * 9


def test_waits_are_not_the_same_twice():
    assert len({wait_after(3) for _ in range(20)}) > 10


def test_waits_are_scaled_for_tests(settings):
    settings.WEBHOOK_RETRY_SCALE = 0.001

    assert wait_after(9) < timedelta(seconds=96)
    assert pause_after(50) == timedelta(seconds=0.3)


def test_pause_comes_after_the_third_failure_and_ends_within_five_minutes():
    assert [pause_after(failures) for failures in (1, 2, 3, 4, 40, 10_000)] == [
        *(None, None, timedelta(seconds=5), timedelta(seconds=10), timedelta(minutes=5), timedelta(minutes=5)),
    ]


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("99999999999999999999", timedelta(hours=1)),
        ("Thu, 26 Nov 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Thu, 26 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("Thu, 26 Nov 2036 11:00:00 GMT", timedelta(hours=1)),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("１２", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_at_most_an_hour(header, wait):
    assert retry_after(header, now=datetime(2026, 11, 26, 12, tzinfo=UTC)) == wait
