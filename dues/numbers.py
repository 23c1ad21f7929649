"""Numbers without gaps: taken in the transaction that uses them, given back when it fails."""

from django.db import connection
from django.db.transaction import TransactionManagementError

from dues.models import Counter

TAKE = """
INSERT INTO dues_counter (series, year, last) VALUES (%s, %s, %s)
ON CONFLICT (series, year) DO UPDATE SET last = dues_counter.last + EXCLUDED.last
RETURNING last
"""


def take(series: Counter.Series, year: int, count: int = 1) -> range:
    """The next numbers of a series. Others who want some wait until this transaction ends.

    Raises TransactionManagementError outside a transaction: a number could be lost there.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("Numbers without gaps are taken in a transaction.")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [series, year, count])
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)
