"""The page of the service lists every address that there is."""

from tools.make_service_page import PAGE, make_page


def test_page_is_as_made_from_the_service():
    written = PAGE.read_text(encoding="utf-8")
    assert make_page(written) == written, "run python -m tools.make_service_page"
