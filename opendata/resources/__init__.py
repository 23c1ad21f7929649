"""All kinds of open data, in the order in which they are offered."""

from opendata.resources.awards import AWARDS, LAUREATES
from opendata.resources.base import Resource
from opendata.resources.bodies import BODIES
from opendata.resources.events import EVENTS
from opendata.resources.members import MEMBERS
from opendata.resources.news import NEWS
from opendata.resources.practices import PRACTICES
from opendata.resources.publications import PUBLICATIONS
from opendata.resources.ratings import PLACES, RATINGS

ALL: tuple[Resource, ...] = (
    MEMBERS, BODIES, EVENTS, NEWS, PUBLICATIONS, PRACTICES, AWARDS, LAUREATES, RATINGS, PLACES,
)  # fmt: skip
BY_CODE = {one.code: one for one in ALL}
