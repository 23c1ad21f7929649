from django.core.management.base import BaseCommand, CommandError

from standings import verifying
from standings.models import Seal


class Command(BaseCommand):
    help = (
        "Check the sealed results of an edition: the SHA-256 of the stored text, the places in the"
        " tables, and the places scored anew. Ends with 1 on any difference."
    )

    def add_arguments(self, parser):
        parser.add_argument("rating", help="address of the rating")
        parser.add_argument("edition", help="address of the edition")
        parser.add_argument("--revision", type=int, help="one revision only; all of them otherwise")

    def handle(self, *args, rating, edition, revision, **options):
        seals = Seal.objects.filter(edition__rating__slug=rating, edition__slug=edition)
        if revision is not None:
            seals = seals.filter(revision=revision)
        found = list(seals.select_related("edition__rating").order_by("revision"))
        if not found:
            raise CommandError("There are no such sealed results.")
        differences = sum(self._check(seal) for seal in found)
        if differences:
            raise CommandError(f"The seal is broken. Differences: {differences}.")

    def _check(self, seal: Seal) -> int:
        """The number of differences of one revision; every finding is said."""
        report = verifying.verify(seal)
        self.stdout.write(f"Revision {seal.revision}, sealed {seal.sealed_at.isoformat()}")
        for sentence in report.agrees:
            self.stdout.write(f"  {sentence}")
        for sentence in report.differs:
            self.stdout.write(f"  DIFFERENT: {sentence}")
        return len(report.differs)
