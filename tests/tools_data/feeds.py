"""Feeds and sitemaps of a published site: the form by schemas, and what a schema can't say. Every fault is a line; status 1 if there is one.

    feeds.py FOLDER BASE_URL
"""

import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import feedparser
from lxml import etree

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# What sitemaps.org lets a file hold.
MOST_ENTRIES, MOST_BYTES = 50_000, 52_428_800
# Stands where Atom wants a day and nobody wrote one.
NO_DAY = "1970-01-01T00:00:00Z"

ATOM_FORM = etree.RelaxNG(etree.parse(HERE / "schemas" / "atom.rng"))
MAP_FORM = etree.XMLSchema(etree.parse(REPOSITORY / "target" / "data-venv" / "sitemap.xsd"))
INDEX_FORM = etree.XMLSchema(etree.parse(HERE / "schemas" / "siteindex.xsd"))


def invalid(form, root):
    if not form.validate(root):
        yield from (f"line {error.line}: {error.message}" for error in form.error_log)


class Published:
    """A published folder at an address."""

    def __init__(self, folder, base):
        self.folder, self.base = Path(folder), base

    def address(self, path):
        return self.base + path.relative_to(self.folder).as_posix()

    def file(self, url):
        """The file that stands at an absolute address."""
        path = unquote(url.split("#")[0].removeprefix(self.base))
        return self.folder / (path + "index.html" if path == "" or path.endswith("/") else path)

    def is_there(self, url):
        return url.startswith(self.base) and self.file(url).is_file()


def read(path, form_of):
    """The root of a file of the right form, or what is wrong with it. What a schema refuses is not looked at further."""
    try:
        root = etree.fromstring(path.read_bytes())
    except etree.XMLSyntaxError as error:
        return None, [f"no XML: {error}"]
    faults = list(invalid(form_of(root), root))
    return (None if faults else root), faults


def feed(site, path):
    root, faults = read(path, lambda root: ATOM_FORM)
    if root is None:
        yield from faults
        return
    entries = root.findall(ATOM + "entry")

    # 4.1.1 and 4.1.2: an author; one alternate link of a type and language; a summary or content where there is no such link.
    if root.find(ATOM + "author") is None and not all(entry.find(ATOM + "author") is not None for entry in entries):
        yield "no author"
    for element in [root, *entries]:
        links = [link for link in element.findall(ATOM + "link") if link.get("rel", "alternate") == "alternate"]
        if len({(link.get("type"), link.get("hreflang")) for link in links}) < len(links):
            yield f"{element.findtext(ATOM + 'id')}: two alternate links of one type"
        if element is not root and not links and element.find(ATOM + "content") is None:
            yield f"{element.findtext(ATOM + 'id')}: neither a link nor a content"
        for link in element.findall(ATOM + "link"):
            if not site.is_there(link.get("href")):
                yield f"{link.get('href')} leads nowhere"
    own = [link.get("href") for link in root.findall(ATOM + "link") if link.get("rel") == "self"]
    if [unquote(href) for href in own] != [site.address(path)]:
        yield f"it says of itself that it lies at {own}"

    # 4.2.6: an id is one thing.
    ids = Counter([root.findtext(ATOM + "id"), *(entry.findtext(ATOM + "id") for entry in entries)])
    yield from (f"{number} times the id {known}" for known, number in ids.items() if number > 1)

    # Days: newest first in an agency's feed, the feed as new as its newest entry, and none that is no day.
    days = [entry.findtext(ATOM + "updated") for entry in entries]
    is_index = any(link.get("rel") == "related" for entry in entries for link in entry.findall(ATOM + "link"))
    if not is_index and (NO_DAY in days or days != sorted(days, reverse=True)):
        yield f"the days are {days}"
    newest = max((day for day in days if day != NO_DAY), default=NO_DAY)
    if root.findtext(ATOM + "updated") != newest:
        yield f"it is of {root.findtext(ATOM + 'updated')}, its newest entry of {newest}"

    # A reader of feeds sees the same.
    seen = feedparser.parse(path.read_bytes(), sanitize_html=False)
    if seen.bozo or seen.version != "atom10":
        yield f"feedparser: {seen.version} {seen.get('bozo_exception', '')}"
    if [(one.id, one.title) for one in seen.entries] != [
        (entry.findtext(ATOM + "id"), " ".join(entry.findtext(ATOM + "title").split("\r\n")).strip()) for entry in entries
    ]:
        yield "feedparser reads other ids or titles"


def sitemap(site, path):
    """The faults of a sitemap or an index."""
    root, faults = read(path, lambda root: INDEX_FORM if root.tag == MAP + "sitemapindex" else MAP_FORM)
    if root is None:
        yield from faults
        return
    is_index = root.tag == MAP + "sitemapindex"
    if len(root) > MOST_ENTRIES or path.stat().st_size > MOST_BYTES:
        yield f"{len(root)} entries, {path.stat().st_size} bytes"
    locations = [entry.findtext(MAP + "loc") for entry in root]
    yield from (f"{url} is there twice" for url, number in Counter(locations).items() if number > 1)
    folder = site.address(path).rsplit("/", 1)[0] + "/"
    for url in locations:
        if not unquote(url).startswith(folder):
            yield f"{url} is not below the sitemap's own folder"
        elif not site.is_there(url):
            yield f"{url} is not there"
        elif is_index and etree.fromstring(site.file(url).read_bytes()).tag != MAP + "urlset":
            yield f"{url} is no sitemap"


def robots(site):
    """The sitemaps that robots are told, those of indexes too, list each page once, and every sitemap is told."""
    told = [line.removeprefix("Sitemap: ") for line in (site.folder / "robots.txt").read_text("utf-8").splitlines() if line.startswith("Sitemap: ")]
    maps, pages = set(), Counter()
    while told:
        path = site.file(told.pop())
        if not path.is_file():
            yield f"{path} is not there"
            continue
        maps.add(path)
        root = etree.fromstring(path.read_bytes())
        locations = [entry.findtext(MAP + "loc") for entry in root]
        if root.tag == MAP + "sitemapindex":
            told.extend(locations)
        else:
            pages.update(site.file(url) for url in locations)
    yield from (f"{path.name} is in no index" for path in site.folder.rglob("sitemap*.xml") if path not in maps)
    yield from (f"{path} is listed {number} times" for path, number in pages.items() if number > 1)


def main(folder, base):
    site = Published(folder, base)
    asked = [(feed, "feed.xml"), (sitemap, "sitemap*.xml")]
    files = [(check, path) for check, name in asked for path in sorted(site.folder.rglob(name))]
    faults = [f"{path.relative_to(site.folder)}: {fault}" for check, path in files for fault in check(site, path)]
    # Sitemaps that can be read, that is.
    faults += [f"robots.txt: {fault}" for fault in ([] if faults else robots(site))]
    if len(files) < 2:
        faults.append("there is no feed or no sitemap")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
