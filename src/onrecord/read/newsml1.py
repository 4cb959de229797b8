"""NewsML 1: what a NewsItem says, component by component."""

from collections.abc import Iterator

from onrecord.read.columns import Given
from onrecord.read.extractors import extractor
from onrecord.read.layout import Element, local_name
from onrecord.read.newscontent import content_text, content_title
from onrecord.read.newsstatus import NotAReport, last_part, why_withheld
from onrecord.read.stamps import first_day
from onrecord.read.xmlpath import XML_LANG, attribute, children, find, words

_FORMAL = "FormalName"
_CAPTION = "caption"  # the role of a text that goes with a picture


def read_components(item: Element) -> Iterator[Given | NotAReport]:
    """Yield what each component with a text says; else why the item is no report."""
    identifier = find(item, "Identification", "NewsIdentifier")
    name = words(find(identifier, "PublicIdentifier")) or words(
        find(identifier, "NewsItemId")
    )
    management = find(item, "NewsManagement")
    withheld = why_withheld(attribute(find(management, "Status"), _FORMAL))
    if withheld:
        yield NotAReport(withheld, name)
        return
    date = first_day(
        words(find(management, "ThisRevisionCreated")),
        words(find(management, "FirstCreated")),
        words(find(identifier, "DateId")),
    )
    empty = True
    for component in item.iter():
        if local_name(component) != "NewsComponent":
            continue
        given = _read_component(component)
        if given:
            empty = False
            provider = words(find(identifier, "ProviderId"))
            yield Given(
                text=given.text,
                title=given.title,
                date=date,
                outlet=given.outlet or provider,
                language=given.language or attribute(item, XML_LANG),
                id=name,
                extractor=extractor("lxml"),
            )
    if empty:
        yield NotAReport("the item has no text", name)


def _read_component(component: Element) -> Given | None:
    """Return what a component says, None where it has no text of its own."""
    if last_part(attribute(find(component, "Role"), _FORMAL)) == _CAPTION:
        return None
    # Several content items are one text in several forms: the first that has words.
    for content in children(component, "ContentItem"):
        data = find(content, "DataContent")
        kind = attribute(find(content, "MediaType"), _FORMAL) or attribute(
            find(content, "Format"), _FORMAL
        )
        text = "" if data is None else content_text(data, kind)
        if data is None or not text:
            continue
        return Given(
            text=text,
            title=_above(component, "NewsLines", "HeadLine") or content_title(data),
            outlet=_party(component, "Provider") or _party(component, "Source"),
            language=_attribute_above(
                component, "DescriptiveMetadata", "Language", name=_FORMAL
            ),
        )
    return None


def _above(component: Element, *path: str) -> str | None:
    """Return the words at a path, in the component or the nearest that holds it."""
    inside = (component, *component.iterancestors())
    return next((found for one in inside if (found := words(find(one, *path)))), None)


def _attribute_above(component: Element, *path: str, name: str) -> str | None:
    inside = (component, *component.iterancestors())
    found = (attribute(find(one, *path), name) for one in inside)
    return next((value for value in found if value), None)


def _party(component: Element, role: str) -> str | None:
    return _attribute_above(
        component, "AdministrativeMetadata", role, "Party", name=_FORMAL
    )
