from newsletter.models.bounces import Bounce
from newsletter.models.bulletins import Bulletin, BulletinItem
from newsletter.models.digests import Digest, DigestOptOut
from newsletter.models.subscriptions import Subscription, address_hash

__all__ = [
    "Bounce",
    "Bulletin",
    "BulletinItem",
    "Digest",
    "DigestOptOut",
    "Subscription",
    "address_hash",
]
