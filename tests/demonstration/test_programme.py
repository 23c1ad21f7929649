"""The programmes of the demonstration show what a programme can."""

import pytest

from programme import grid, snapshots
from programme.cards import of_version
from programme.models import ProgrammeVersion, Star

pytestmark = pytest.mark.django_db


def test_congress_has_three_days_three_halls_and_a_changed_version():
    version = ProgrammeVersion.objects.filter(event__slug="congress-and-assembly").first()
    days = grid.days(of_version(version))

    assert (version.number, [len(day.columns) for day in days]) == (2, [3, 2, 1])
    assert [change["kind"] for change in version.changes] == ["hall", "moved"]
    gaps = snapshots.untranslated(version.event)
    assert [(gap["language"], gap["text"]) for gap in gaps] == [
        ("en", "Круглый стол: архив, который читают")
    ]
    assert Star.objects.count() == 2
