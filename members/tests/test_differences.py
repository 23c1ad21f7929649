import pytest

from members.differences import marked


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("", "New", "<ins>New</ins>"),
        ("Old", "", "<del>Old</del>"),
        ("Same.", "Same.", "Same."),
        ("The old town", "The new town", "The <del>old</del><ins>new</ins> town"),
        ("The town", "The city of the town", "The <ins>city of the </ins>town"),
        ("+7 843 111-11-11", "+7 843 292-09-34",
         "+7 843 <del>111-11-11</del><ins>292-09-34</ins>"),
        ("Where rivers and peoples meet", "A thousand years between worlds",
         "<del>Where rivers and peoples meet</del> <ins>A thousand years between worlds</ins>"),
        ("a <b>", "a <b> & more of it", "a &lt;b&gt;<ins> &amp; more of it</ins>"),
        ("One.\n\nTwo.", "One.\n\nThree.", "One.\n\n<del>Two</del><ins>Three</ins>."),
    ],
)  # fmt: skip
def test_marked_shows_what_went_and_what_came(old, new, html):
    assert marked(old, new) == html
