"""How often one client may ask the API: counted per minute in the shared cache.

While the cache is gone the database counts (`uclg_portal.caches`): the limit never falls open.
"""

import ipaddress
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

WINDOW = 60  # seconds


@dataclass(frozen=True)
class Spent:
    """What a client has spent of its minute. `seconds`: until the next one begins."""

    number: int
    limit: int
    seconds: int

    @property
    def is_too_much(self) -> bool:
        return self.number > self.limit

    @property
    def headers(self) -> dict[str, str]:
        left = max(self.limit - self.number, 0)
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(left),
            "RateLimit-Reset": str(self.seconds),
        }


def spend(request: HttpRequest) -> Spent:
    """Count this request of its client."""
    now = int(time.time())
    window = now // WINDOW
    key = f"limit:api:{window}:{client_of(request)}"
    cache.add(key, 0, WINDOW * 2)
    try:
        number = cache.incr(key)
    except ValueError:  # it ended between the two lines
        number = 1
    return Spent(number, settings.API_REQUESTS_A_MINUTE, (window + 1) * WINDOW - now)


def client_of(request: HttpRequest) -> str:
    """The address that the request comes from; of IPv6 the network of one household."""
    try:
        address = get_adapter().get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):
        return "unknown"
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
