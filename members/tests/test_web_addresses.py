"""Visits to addresses on the web: nowhere inside, no address but the judged one, not for long."""

import contextlib
import http.server
import socket
import threading
import time

import pytest
from django import forms
from django.core.exceptions import ValidationError

from members.web_addresses import (
    Answer,
    Landing,
    Refused,
    Unreachable,
    Visitor,
    WebAddressField,
    is_public,
)


class Site(http.server.BaseHTTPRequestHandler):
    """Answers by path; notes what was asked for."""

    asked: list = []

    def do_GET(self):
        Site.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
        if self.path.startswith("/to/"):
            self.send_response(301)
            self.send_header("Location", self.path.removeprefix("/to/"))
        elif self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
        else:
            self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()

    def log_message(self, *_args):
        """Nothing: the tests look at `asked`."""


@pytest.fixture(scope="module")
def port():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def visitor():
    """Every name leads to the local server, as if that were public."""
    Site.asked = []
    return Visitor(lambda _host, _port: ["127.0.0.1"], lambda _address: True, None, timeout=2)


def test_answer_comes_from_the_judged_address(visitor, port):
    assert visitor.fetch(f"http://stavropol.example:{port}/a?b=ё") == Answer(200)

    path, host, agent = Site.asked[0]
    assert (path, host) == ("/a?b=%D1%91", f"stavropol.example:{port}")
    assert agent.startswith("UCLG-Eurasia-LinkCheck/1.0 (+")


def test_redirects_are_followed_to_their_end(visitor, port):
    start, end = f"http://old.example:{port}", f"http://new.example:{port}/page"

    assert visitor.follow(f"{start}/to/{end}#top") == Landing(end, 200, True)


def test_endless_redirects_end(visitor, port):
    with pytest.raises(Unreachable, match="five"):
        visitor.follow(f"http://city.example:{port}/loop")

    assert len(Site.asked) == 6


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "ftp://city.example/", "file:///etc/passwd", "http://u:p@city.example/",
     "gopher://city.example/", "http://[::1/"],
)  # fmt: skip
def test_redirect_to_another_scheme_is_refused(visitor, port, target):
    with pytest.raises(Refused):
        visitor.follow(f"http://city.example:{port}/to/{target}")

    assert len(Site.asked) == 1


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
     "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1",
     "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "::7f00:1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1"],
)  # fmt: skip
def test_inner_networks_are_not_visited(address):
    visitor = Visitor(lambda _host, _port: ["93.184.216.34", address])

    assert is_public(address) is False
    with pytest.raises(Refused):
        visitor.fetch("http://city.example/")


@pytest.mark.parametrize("address", ["93.184.216.34", "2a00:1450:4010:c05::71", "8.8.8.8"])
def test_public_networks_are(address):
    assert is_public(address) is True


def test_redirect_inside_is_refused_although_the_first_hop_was_public(port):
    names = {"city.example": "127.0.0.1", "inside.example": "10.0.0.1"}
    visitor = Visitor(
        lambda host, _port: [names[host]], lambda address: address == "127.0.0.1", None, 2
    )

    with pytest.raises(Refused, match="public internet"):
        visitor.follow(f"http://city.example:{port}/to/http://inside.example/admin")


def test_name_that_changes_its_mind_is_asked_once_for_a_request(port):
    """DNS rebinding: what was judged is what is connected to."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    visitor = Visitor(
        lambda _host, _port: next(answers), lambda address: address == "127.0.0.1", None, 2
    )

    assert visitor.fetch(f"http://city.example:{port}/") == Answer(200)


@pytest.mark.parametrize("port", [22, 25, 5432, 6379])
def test_unusual_port_is_refused(port):
    with pytest.raises(Refused):
        Visitor(lambda _host, _port: ["93.184.216.34"]).fetch(f"http://city.example:{port}/")


def test_unknown_name_is_unreachable():
    def resolve(_host, _port):
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Unreachable, match="gaierror"):
        Visitor(resolve).fetch("http://nowhere.example/")


def test_server_that_drips_is_cut_off():
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        done = threading.Event()

        def drip():
            peer, _address = server.accept()
            with peer, contextlib.suppress(OSError):
                while not done.wait(0.1):
                    peer.sendall(b"H")

        thread = threading.Thread(target=drip)
        thread.start()
        visitor = Visitor(lambda _h, _p: ["127.0.0.1"], lambda _a: True, None, timeout=0.5)
        began = time.monotonic()
        with pytest.raises(Unreachable):
            visitor.fetch(f"http://city.example:{server.getsockname()[1]}/")
        took = time.monotonic() - began
        done.set()
        thread.join(5)

    assert took < 3


def test_answer_that_is_no_http_is_unreachable():
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:

        def mumble():
            peer, _address = server.accept()
            with peer:
                peer.recv(1000)
                peer.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")

        thread = threading.Thread(target=mumble)
        thread.start()
        visitor = Visitor(lambda _h, _p: ["127.0.0.1"], lambda _a: True, None, timeout=2)
        with pytest.raises(Unreachable):
            visitor.fetch(f"http://city.example:{server.getsockname()[1]}/")
        thread.join(5)


class AddressForm(forms.Form):
    website = WebAddressField(assume_scheme="https", error_messages={"invalid": "With https://"})


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "JavaScript:alert(1)//https://x.org", "data:text/html,x", "ftp://a.org",
     "file:///etc/passwd", "vbscript:x", "mailto:a@b.org", "nowhere", "http://"],
)  # fmt: skip
def test_other_scheme_is_refused_with_one_sentence(typed):
    form = AddressForm({"website": typed})

    assert form.errors == {"website": ["With https://"]}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("city.example", "https://city.example"), ("http://city.example/a", "http://city.example/a"),
     ("https://ставрополь.рф", "https://ставрополь.рф")],
)  # fmt: skip
def test_address_is_taken(typed, kept):
    assert AddressForm({"website": typed}).is_valid()
    field = WebAddressField(assume_scheme="https")
    assert field.clean(typed) == kept
    with pytest.raises(ValidationError):
        field.clean("")
