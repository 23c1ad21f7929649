from hosting.models.bids import Bid, BidAnswer, BidScore
from hosting.models.calls import Criterion, HostCall

__all__ = ["Bid", "BidAnswer", "BidScore", "Criterion", "HostCall"]
