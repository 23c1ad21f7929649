"""Drawings of the demonstration: the same for a seed, others for others, fit for the contest."""

from django.core.files.uploadedfile import SimpleUploadedFile

from awards import works
from uclg_portal.demonstration.drawings import drawing


def test_drawing_is_the_same_for_a_seed_and_another_for_another():
    assert drawing(7) == drawing(7)
    assert drawing(7) != drawing("8")


def test_drawings_are_fit_and_do_not_look_alike():
    looks = []
    for seed in range(12):
        checked = works.prepare(SimpleUploadedFile("d.jpg", drawing(seed)))
        assert max(checked.width, checked.height) == 1500
        looks.append(works.look_of(checked.data))
    near = [
        (one, other)
        for one in range(12)
        for other in range(one)
        if (looks[one] ^ looks[other]).bit_count() <= 10
    ]
    assert near == []
