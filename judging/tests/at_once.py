"""Deeds that begin together, each in a thread with a connection of its own."""

import threading

from django.db import DatabaseError, connection

from judging.refusals import Refused


def at_once(*deeds) -> list[str]:
    """Do the deeds in threads that start together; "done" or "refused" of each, sorted."""
    start, outcomes = threading.Barrier(len(deeds)), []

    def run(deed) -> None:
        try:
            start.wait(10)
            deed()
            outcomes.append("done")
        except (Refused, DatabaseError):
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)
