"""Data Packages with Frictionless: descriptors, sizes, hashes, and every row against its schema; also that each names all data files beside
it and none that is not there. Every fault is a line; status 1 if there is one.

    packages.py FOLDER BASE_URL
"""

import hashlib
import json
import sys
from pathlib import Path

from frictionless import validate

folder = Path(sys.argv[1])
faults = []
paths = sorted(folder.rglob("datapackage.json"))
for path in paths:
    name = path.relative_to(folder)
    report = validate(str(path), type="package")
    for resource, error in [*(("", error) for error in report.errors), *((task.name, error) for task in report.tasks for error in task.errors)]:
        faults.append(f"{name}: {resource} {getattr(error, 'row_number', '')} {getattr(error, 'field_name', '')} {error.type}: {error.message}")
    descriptor = json.loads(path.read_bytes())
    if report.valid and len(report.tasks) != len(descriptor.get("resources", [])):
        faults.append(f"{name}: Frictionless looked at {len(report.tasks)} resources of {len(descriptor['resources'])}")
    listed = set()
    for resource in descriptor.get("resources", []):
        file = path.parent / resource["path"]
        listed.add(file)
        if not file.is_file():
            faults.append(f"{name}: {resource['path']} is not there")
            continue
        content = file.read_bytes()
        if resource.get("bytes") != len(content):
            faults.append(f"{name}: {resource['path']} has {len(content)} bytes, not {resource.get('bytes')}")
        if resource.get("hash") != "sha256:" + hashlib.sha256(content).hexdigest():
            faults.append(f"{name}: the hash of {resource['path']} is another")
        # The header says what the schema says, in its order.
        if file.suffix == ".csv":
            header = content.decode("utf-8-sig").split("\r\n")[0].split(",")
            if header != [field["name"] for field in resource["schema"]["fields"]]:
                faults.append(f"{name}: {resource['path']} has the columns {header}")
    beside = {file for kind in ("csv", "json") for file in (path.parent / "data").glob(f"*.{kind}")}
    faults += [f"{name}: {file.relative_to(folder)} is not listed" for file in sorted(beside - listed)]
    faults += [f"{name}: no {word}" for word in ("title", "description", "contributors", "resources") if not descriptor.get(word)]
# Wherever there is data there is a package.
for data in sorted({file.parent for file in folder.rglob("data/*.csv")}):
    if data.parent / "datapackage.json" not in paths:
        faults.append(f"{data.relative_to(folder)}: no package")
print("".join(fault.replace("\n", " ") + "\n" for fault in faults), end="")
sys.exit(1 if faults else 0)
