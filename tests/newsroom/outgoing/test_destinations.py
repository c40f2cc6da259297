"""Which addresses partners may name, and which of the network are public: above all, those that are not."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.outgoing.destinations import PATTERN, Destination, Forbidden, destination_of, is_public


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://hooks.example.org", "hooks.example.org", 443),
        ("https://hooks.example.org/", "hooks.example.org", 443),
        ("https://HOOKS.Example.org:443/a?b=c%20d", "hooks.example.org", 443),
        ("https://hooks.example.org:8443/newsroom", "hooks.example.org", 8443),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example", 443),
        ("https://10.example.org/", "10.example.org", 443),
    ],
)
def test_destination_is_a_public_name_by_https(url, host, port):
    assert destination_of(url) == Destination(url, host, port)
    assert re.search(PATTERN, url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.org",
        "//hooks.example.org/",
        "http://hooks.example.org/",
        "ftp://hooks.example.org/",
        "file:///etc/passwd",
        "gopher://hooks.example.org/",
        "https:///hook",
        "https://hooks.example.org:80/",
        "https://hooks.example.org:22/",
        "https://hooks.example.org:6379/",
        "https://hooks.example.org:0/",
        "https://hooks.example.org:99999/",
        "https://hooks.example.org:/",
        "https://user@hooks.example.org/",
        "https://user:word@hooks.example.org/",
        "https://hooks.example.org@127.0.0.1/",
        "https://hooks.example.org\\@127.0.0.1/",
        "https://hooks.example.org/#fragment",
        "https://hooks.example.org/#",
        "https://hooks.example.org/\r\nHost: other",
        "https://hooks.example.org/a b",
        "https://hooks.example.org/\t",
        "https://hooks.example.org/\x00",
        "https://bücher.example/",
        "https://hooks.example.org/ä",
        "https://hooks。example。org/",
        "https://localhost/",
        "https://database/",
        "https://desk.localhost/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://router.home.arpa/",
        "https://hooks.example.org./",
        "https://.example.org/",
        "https://hooks..example.org/",
        "https://-hooks.example.org/",
        "https://hooks_.example.org/",
        "https://%31%32%37.0.0.1/",
        f"https://{'a' * 64}.example.org/",
        f"https://hooks.example.org/{'a' * 500}",
    ],
)
def test_destination_refuses(url):
    with pytest.raises(Forbidden):
        destination_of(url)


@pytest.mark.parametrize("url", ["https://hooks.example.org:22/", "https://user@a.example/", "https://a.example/#b"])
def test_description_of_the_api_refuses_the_same(url):
    assert not re.search(PATTERN, url)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.0.0.0x1"),
        *("0", "0.0.0.0", "169.254.169.254", "10.0.0.1", "8.8.8.8", "example.0x7f", "example.127"),
        *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fe80::1%25eth0]", "[2606:4700::1111]", "::1"),
    ],
)
def test_destination_is_never_a_number(host):
    """In whatever way it is written, also where it is a public one."""
    assert not re.search(PATTERN, f"https://{host}/")
    with pytest.raises(Forbidden):
        destination_of(f"https://{host}/")


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "192.0.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450::1"],
)
def test_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        # Unspecified, loopback, private, shared (CGNAT), link-local with the clouds' metadata.
        *("0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
        *("192.168.1.1", "100.64.0.1", "100.127.255.255", "169.254.169.254", "169.254.1.1"),
        # Protocols, examples, AS112, 6to4 relays, benchmarks, multicast, reserved, broadcast.
        *("192.0.0.1", "192.0.0.170", "192.0.2.1", "198.51.100.1", "203.0.113.1", "192.31.196.1", "192.52.193.1"),
        *("192.175.48.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "224.0.0.1", "239.255.255.250"),
        *("240.0.0.1", "255.255.255.255"),
        # IPv6: unspecified, loopback, IPv4 within: compatible, mapped, translated.
        *("::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8"),
        # NAT64, local NAT64, 6to4, Teredo, discard.
        *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:808:808::1"),
        *("2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "100::1"),
        # Unique local (AWS's metadata too), link-local, site-local, multicast, examples, ORCHID, segment routing.
        *("fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1"),
        *("3fff::1", "2001:10::1", "2001:20::1", "5f00::1", "4000::1"),
        # No address at all.
        *("", "localhost", "127.1", "0x7f000001", "8.8.8.8 ", "８.8.8.8"),
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8999/hook", "http://localhost:1/"])
def test_loopback_is_for_tests_alone(settings, url):
    with pytest.raises(Forbidden):
        destination_of(url)
    settings.WEBHOOK_LOOPBACK = True
    assert destination_of(url).url == url
    settings.PRODUCTION = True
    with pytest.raises(Forbidden):
        destination_of(url)


@pytest.mark.parametrize(
    "url",
    [
        *("https://127.0.0.1/", "http://127.0.0.2/", "http://10.0.0.1/", "http://hooks.example.org/", "http://[::1]/"),
        *("http://user@127.0.0.1/", "http://2130706433/", "http://localhost.example.org/"),
    ],
)
def test_loopback_permits_nothing_else(settings, url):
    settings.WEBHOOK_LOOPBACK = True

    with pytest.raises(Forbidden):
        destination_of(url)


@pytest.mark.parametrize(("name", "value"), [("WEBHOOK_LOOPBACK", "true"), ("WEBHOOK_RETRY_SCALE", "0.1")])
def test_production_does_not_start_with_what_is_for_tests(monkeypatch, name, value):
    import importlib

    from newsroom import settings as module

    for variable, given in {"PRODUCTION": "true", "SECRET_KEY": "a" * 50, name: value}.items():
        monkeypatch.setenv(variable, given)
    try:
        with pytest.raises(ImproperlyConfigured, match=name):
            importlib.reload(module)
    finally:
        monkeypatch.undo()
        importlib.reload(module)
