"""Addresses on the web as people type them, and visits to them that harm nobody.

A visitor of the portal sends a request wherever a member's address leads. So that nobody uses it
to reach what stands behind the firewall, every hop is judged by the addresses its name resolves
to, and the connection goes to the very address that was judged.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django import forms
from django.conf import settings
from django.core.validators import URLValidator

SCHEMES = ("http", "https")
PORTS = frozenset({80, 443, 8080, 8443})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
TIMEOUT = 10  # seconds for one request, whatever the other side does
# Networks that lead into others: what is behind them cannot be judged.
TUNNELS = [
    ipaddress.ip_network(net)
    for net in (
        "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32",
        "fec0::/10",
    )
]  # fmt: skip

validate_web_address = URLValidator(schemes=list(SCHEMES))


class WebAddressField(forms.URLField):
    """An http or https address; `javascript:`, `ftp:` and the like are refused."""

    default_validators = [validate_web_address]


class Refused(Exception):
    """The portal does not go there; the text says why, in English, for the log."""


class Unreachable(Exception):
    """Nobody answered, or nothing that is HTTP."""


@dataclass(frozen=True)
class Answer:
    """What a server said: its status and, of a redirect, the address it names."""

    status: int
    location: str = ""
    is_trusted: bool = True


@dataclass(frozen=True)
class Landing:
    """Where the way from an address ended."""

    url: str
    status: int
    is_trusted: bool


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif any(ip in tunnel for tunnel in TUNNELS):
            return False
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True)
class Visitor:
    """Goes to addresses, reads no page and sends nothing but its name."""

    resolve: Callable[[str, int], list[str]] = resolve
    may_visit: Callable[[str], bool] = is_public
    ports: frozenset[int] | None = PORTS
    timeout: float = TIMEOUT

    def follow(self, url: str) -> Landing:
        """Follow at most five redirects. Raises Refused and Unreachable."""
        for _hop in range(MOST_REDIRECTS + 1):
            answer = self.fetch(url)
            if answer.status not in REDIRECTS or not answer.location:
                return Landing(url, answer.status, answer.is_trusted)
            url = _joined(url, answer.location)
        raise Unreachable("more than five redirects")

    def fetch(self, url: str) -> Answer:
        """Ask for one address; the body stays unread. Raises Refused and Unreachable."""
        parts, host, port = self._judged(url)
        try:
            address = self._address(host, port)
            return self._ask(parts, host, port, address)
        except ssl.SSLCertVerificationError:
            return Answer(200, is_trusted=False)
        except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}"[:200]) from error

    def _judged(self, url: str) -> tuple[SplitResult, str, int]:
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            host = (parts.hostname or "").encode("idna").decode()
        except (ValueError, UnicodeError) as error:
            raise Refused("not an address") from error
        if parts.scheme not in SCHEMES or not host:
            raise Refused("not http or https")
        if parts.username is not None or (self.ports and port not in self.ports):
            raise Refused("a user name or an unusual port in the address")
        return parts, host, port

    def _address(self, host: str, port: int) -> str:
        """The address to connect to. One that is not public among them is enough to refuse."""
        found = self.resolve(host, port)
        if not found:
            raise Unreachable("no address")
        if not all(self.may_visit(address) for address in found):
            raise Refused("not on the public internet")
        return found[0]

    def _ask(self, parts: SplitResult, host: str, port: int, address: str) -> Answer:
        connection = _connection(parts.scheme, host, port, address, self.timeout)
        # A server that drips its answer is cut off as well: the limit is for all of it.
        cut = threading.Timer(self.timeout, _shut, [connection])
        cut.daemon = True
        cut.start()
        try:
            connection.request("GET", _path(parts), headers=_headers())
            with connection.getresponse() as response:
                return Answer(response.status, response.headers.get("Location", ""))
        finally:
            cut.cancel()
            connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, for a host of another name."""

    address = ""

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _PinnedTLS(_Pinned):
    default_port = 443

    def connect(self):
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _connection(scheme: str, host: str, port: int, address: str, timeout: float) -> _Pinned:
    connection = (_PinnedTLS if scheme == "https" else _Pinned)(host, port, timeout=timeout)
    connection.address = address
    return connection


def _shut(connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _path(parts: SplitResult) -> str:
    path = parts.path or "/"
    if parts.query:
        path = f"{path}?{parts.query}"
    return quote(path, safe="/%?=&;:@,+$!*'()~")


def _headers() -> dict[str, str]:
    name = f"UCLG-Eurasia-LinkCheck/1.0 (+{settings.SITE_URL}; once a week)"
    return {"User-Agent": name, "Accept": "text/html,*/*", "Connection": "close"}


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location.strip()).split("#")[0]
    except ValueError as error:
        raise Refused("not an address") from error
