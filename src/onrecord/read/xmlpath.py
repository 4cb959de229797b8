"""Look into an XML tree by local names, whatever the namespace."""

from collections.abc import Iterator

from onrecord.read.layout import Element, in_one_line, local_name, tree_to_text

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of this name."""
    return (child for child in element if local_name(child) == name)


def find(element: Element | None, *path: str) -> Element | None:
    """Return the first element at the end of a path of names, None if there is none."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def words(element: Element | None) -> str | None:
    """Return an element's text in one line, None when it has none."""
    return None if element is None else in_one_line(tree_to_text(element))


def attribute(element: Element | None, *names: str) -> str | None:
    """Return the first of these attributes that is filled, None if none is."""
    values = () if element is None else (element.get(name) for name in names)
    return next((str(v).strip() for v in values if v and str(v).strip()), None)
