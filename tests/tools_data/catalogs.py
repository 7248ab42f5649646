"""Catalogues of data: JSON-LD as RDF, the shapes of schemas/dcat.ttl, and whether what they name is there and is what they say. Every fault
is a line; status 1 if there is one.

    catalogs.py FOLDER BASE_URL      (`-` where the site has no address)
"""

import hashlib
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, SH, Graph, Namespace

SPDX = Namespace("http://spdx.org/rdf/terms#")
HERE = Path(__file__).parent
# The one standard of others that files follow.
OCDS = "https://standard.open-contracting.org/schema/"

folder, base = Path(sys.argv[1]).resolve(), sys.argv[2]
has_address = base != "-"
if not has_address:
    base = folder.as_uri() + "/"
faults, listed, below = [], Counter(), Counter()
shapes = Graph().parse(HERE / "schemas" / "dcat.ttl")


def file_of(url):
    """The file at an address of the site; None elsewhere."""
    path = unquote(str(url).split("#")[0])
    if not path.startswith(unquote(base)):
        return None
    file = folder / path[len(unquote(base)) :]
    return file / "index.html" if path.endswith("/") else file


paths = sorted(folder.rglob("catalog.jsonld"))
for path in paths:
    name = path.relative_to(folder)
    here = base + name.as_posix()
    try:
        graph = Graph().parse(data=path.read_text("utf-8"), format="json-ld", publicID=here)
    except Exception as error:  # whatever a reader of JSON-LD says of it
        faults.append(f"{name}: {type(error).__name__}: {error}")
        continue
    is_well, results, _ = validate(graph, shacl_graph=shapes, advanced=True)
    for result in results.subjects(RDF.type, SH.ValidationResult):
        where, what = results.value(result, SH.resultPath), results.value(result, SH.resultMessage)
        faults.append(f"{name}: {results.value(result, SH.focusNode)} {where}: {what}")
    if not list(graph.subjects(RDF.type, DCAT.Catalog)):
        faults.append(f"{name}: no catalogue")
    # Its datasets are its own, and each is in it.
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    if datasets != set(graph.objects(predicate=DCAT.dataset)):
        faults.append(f"{name}: a dataset is in no catalogue")
    for distribution in graph.subjects(RDF.type, DCAT.Distribution):
        for url in graph.objects(distribution, DCAT.downloadURL):
            file = file_of(url)
            if file is None or not file.is_file():
                faults.append(f"{name}: {url} is not there")
                continue
            listed[file] += 1
            content = file.read_bytes()
            size = graph.value(distribution, DCAT.byteSize)
            if str(size) != str(len(content)):
                faults.append(f"{name}: {url} has {len(content)} bytes, not {size}")
            hashes = [str(graph.value(one, SPDX.checksumValue)).lower() for one in graph.objects(distribution, SPDX.checksum)]
            if hashes != [hashlib.sha256(content).hexdigest()]:
                faults.append(f"{name}: the hash of {url} is another")
            media = str(graph.value(distribution, DCAT.mediaType)).split("media-types/")[-1]
            if media != {".csv": "text/csv", ".json": "application/json"}.get(file.suffix):
                faults.append(f"{name}: {url} is no {media}")
    # What it leads to in this site is there, and its ids are addresses of this site.
    for predicate in (DCAT.catalog, DCAT.landingPage, DCTERMS.conformsTo):
        for url in graph.objects(predicate=predicate):
            file = file_of(url)
            if file is None and predicate == DCTERMS.conformsTo and str(url).startswith(OCDS):
                continue
            if file is None or not file.is_file():
                faults.append(f"{name}: {url} is not there")
            if predicate == DCAT.catalog:
                below[file] += 1
    # One licence for all, or none.
    licensed = {subject for subject in graph.subjects(DCTERMS.license)}
    wanted = set(graph.subjects(RDF.type, DCAT.Distribution)) | set(graph.subjects(RDF.type, DCAT.Catalog))
    if licensed and not wanted <= licensed:
        faults.append(f"{name}: some distribution has no licence")
    # Names in Thai letters alone are Thai.
    for text in {one for one in graph.objects() if getattr(one, "language", None) == "th"}:
        if not any("\u0e00" <= letter <= "\u0e7f" for letter in text):
            faults.append(f"{name}: {text!r} is not Thai")
    if has_address and "file:" in path.read_text("utf-8"):
        faults.append(f"{name}: it names this machine")

data = {file for kind in ("csv", "json") for file in folder.rglob(f"data/*.{kind}")}
faults += [f"{file.relative_to(folder)} is in no catalogue" for file in sorted(data - set(listed))]
faults += [f"{file.relative_to(folder)} is in {number} catalogues" for file, number in listed.items() if number > 1]
if len(paths) > 1:
    faults += [f"{path.relative_to(folder)} is below no catalogue" for path in paths if path.parent != folder and path not in below]
if not paths:
    faults.append("there is no catalogue")
print("".join(fault.replace("\n", " ") + "\n" for fault in faults), end="")
sys.exit(1 if faults else 0)
