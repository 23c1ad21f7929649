import pytest

from content.maps import Place, place_svg, project, region_svg

KAZAN = Place("Казань", 49.11, 55.79, 1_300_000)
ARSK = Place("Арск", 49.88, 56.09, 20_000)


@pytest.mark.parametrize(
    ("longitude", "latitude", "point"),
    [
        (49.11, 55.79, (321.15, 229.28)),
        (27.14, 38.42, (53.45, 262.68)),
        (135.07, 48.48, (899.41, 301.91)),
    ],
)
def test_project_agrees_with_the_drawing(longitude, latitude, point):
    assert project(longitude, latitude) == pytest.approx(point, abs=0.06)


def test_region_svg_draws_every_dot_and_names_what_fits():
    svg = region_svg([ARSK, KAZAN], "Две точки")

    assert svg.count("<circle") == 2
    assert '<text class="" x="332.2" y="234.3">Казань</text>' in svg
    assert 'aria-label="Две точки"' in svg


def test_region_svg_leaves_out_a_name_that_would_cover_another():
    twins = [Place(name, 49.11, 55.79, weight) for weight, name in enumerate(["А", "Б", "Казань"])]

    svg = region_svg(twins, "Три точки")

    assert svg.count("<text") == 2


def test_place_svg_escapes_names_and_stays_on_the_drawing():
    svg = place_svg(Place("<b>", 179.9, 70), "<i>")

    assert "<b>" not in svg
    assert "<i>" not in svg
    assert 'viewBox="700 ' in svg


def test_place_svg_turns_the_name_inward_at_the_edge():
    svg = place_svg(Place("Хабаровск", 135.07, 48.48), "Хабаровск на карте")

    assert '<text class="t-end" x="890.4"' in svg
