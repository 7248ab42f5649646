"""The JSON of every table against its JSON Schema, and the schemas against theirs. Every fault is a line; status 1 if there is one.

    schemas.py FOLDER BASE_URL
"""

import json
import re
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

folder = Path(sys.argv[1])
faults, used = [], set()
schemas = {path.name.removesuffix(".schema.json"): path for path in sorted(folder.glob("about-data/*.schema.json"))}
validators = {}
for name, path in schemas.items():
    schema = json.loads(path.read_bytes())
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        faults.append(f"{path.name}: {error.json_path}: {error.message}")
        continue
    if schema.get("$schema") != Draft202012Validator.META_SCHEMA["$id"]:
        faults.append(f"{path.name}: of another draft: {schema.get('$schema')}")
    if schema.get("type") != "array" or not schema.get("items", {}).get("properties"):
        faults.append(f"{path.name}: it says nothing of rows")
    validators[name] = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

# Release packages of procurement are no tables: ocds.py looks at them.
for path in (path for path in sorted(folder.rglob("data/*.json")) if not path.name.startswith("ocds-")):
    name = re.sub(r"-\d{4}$", "", path.stem)
    used.add(name)
    if name not in schemas:
        faults.append(f"{path.relative_to(folder)}: no schema")
        continue
    for error in validators[name].iter_errors(json.loads(path.read_bytes())) if name in validators else ():
        faults.append(f"{path.relative_to(folder)}: {error.json_path}: {error.message[:200]}")
        if len(faults) > 20:
            break
# A site without any year has the schemas of all tables all the same.
if used:
    faults += [f"{schemas[name].name}: of no table" for name in schemas if name not in used]
if not schemas:
    faults.append("there is no schema")
print("".join(fault + "\n" for fault in faults), end="")
sys.exit(1 if faults else 0)
