"""Rows for jurors: the stages of their jury, works that are theirs to judge and works that are not.

Who else judges, and what, is nobody's business: strangers get 404, staff included, who have a desk
of their own.
"""

from types import SimpleNamespace

from django.db import transaction

from awards.models import GuardianConsent
from awards.tests.factories import make_author, make_award, make_entrant, make_entry, make_round
from judging.tests import works
from judging.tests.factories import make_assignment, make_juror, make_stage
from tests.access.cells import Row, cabinet

STAGE = "/ru/jury/{jury_stage.pk}/"
RANKING = "/ru/jury/{ranking_stage.pk}/"
OWN, THEIRS = STAGE + "0001/", STAGE + "0002/"
JURY, WORK = "Jury", "Work of a juror"
PICTURE = "small/000{}-1.webp"

ROWS: list[Row] = [
    Row(JURY, "own stages", "/ru/jury/", cabinet("juror")),
    Row(JURY, "the works of a stage", STAGE, cabinet("juror")),
    Row(JURY, "a stage that is being prepared", "/ru/jury/{planned_stage.pk}/", cabinet()),
    Row(JURY, "the stage of another jury", "/ru/jury/{other_stage.pk}/", cabinet()),
    Row(JURY, "own scores as a table", STAGE + "scores.xlsx", cabinet("juror")),
    Row(JURY, "own scores in another jury", "/ru/jury/{other_stage.pk}/scores.xlsx", cabinet()),
    Row(JURY, "own order", RANKING + "order/", cabinet("juror")),
    Row(JURY, "put in order", RANKING + "order/", cabinet("juror"), "post"),
    Row(JURY, "order of another jury", "/ru/jury/{other_stage.pk}/order/", cabinet(), "post"),
    # Without a vote in it the request of the juror is answered with 400.
    Row(JURY, "send votes", STAGE + "votes/", cabinet("juror") | {"juror": "400"}, "post"),
    Row(JURY, "send votes to another jury", "/ru/jury/{other_stage.pk}/votes/", cabinet(), "post"),
    Row(WORK, "open", OWN, cabinet("juror")),
    Row(WORK, "judge", OWN, cabinet("juror"), "post", {"give": "work:1"}),
    Row(WORK, "abstain", OWN, cabinet("juror"), "post", {"abstain": "", "reason": "author"}),
    Row(WORK, "its picture", OWN + PICTURE.format(1), cabinet("juror")),
    Row(WORK, "a file under the name it came with", OWN + "clean/Amina-Safina-school-7.jpg",
        cabinet()),
    Row(WORK, "one of another juror", THEIRS, cabinet()),
    Row(WORK, "judge one of another juror", THEIRS, cabinet(), "post", {"give": "work:1"}),
    Row(WORK, "picture of one of another juror", THEIRS + PICTURE.format(2), cabinet()),
    Row(WORK, "one without a guardian's consent", STAGE + "0003/", cabinet()),
    Row(WORK, "picture of one without consent", STAGE + "0003/" + PICTURE.format(3), cabinet()),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    round = make_round(make_award("jury"), "jury", is_for_children=True)
    seat, other = make_juror(round, world.people["juror"]), make_juror(round)
    world.jury_stage = make_stage(round, method="stars")
    world.planned_stage = make_stage(round, state="planned")
    world.ranking_stage = make_stage(round, method="ranking")
    world.other_stage = make_stage(make_round(round.award, "other-jury"), method="ranking")
    entrant = make_entrant(round)
    for number, juror in ((1, seat), (2, other), (3, seat)):
        entry = make_entry(entrant, number=number)
        make_author(entry, consents=("entry",))
        works.add_picture(entry)
        make_assignment(world.jury_stage, juror, entry)
    GuardianConsent.objects.filter(author__entry=entry).delete()
