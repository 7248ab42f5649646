"""Checks release packages of the Open Contracting Data Standard with libcoveocds.

    python3 ocds.py [--standard ZIP] FILE...

libcoveocds fetches the standard's schema and code lists; `--standard`, or OCDS_STANDARD in the environment, names a ZIP of the
standard's repository (release 1.1) instead, so that no network is needed. Exit status 1 where a package has a structural error, a field
that neither the standard nor an extension has, a code that a closed list has not, a deprecated field, an empty field, or an `ocid` that is
no such identifier; 2 where nothing could be checked.
"""

import argparse
import os
import pathlib
import sys


def faults(context):
    """What is wrong with a package, a line each."""
    for error in context.get("validation_errors", []):
        yield f"structure: {error['description']} at {error['path'] or 'the top'}"
    for field in context.get("all_additional_fields") or []:
        yield f"additional field: {field['field_name']} at {field['path'] or 'the top'}"
    for kind in ("additional_closed_codelist_values", "additional_open_codelist_values"):
        for path, codes in (context.get(kind) or {}).items():
            yield f"{kind}: {codes.get('values', codes)} at {path}"
    for field in context.get("deprecated_fields") or []:
        yield f"deprecated field: {field['field']} at {field['paths'][0]}"
    conformance = context.get("conformance_errors") or {}
    for path in conformance.get("ocds_prefixes_bad_format") or []:
        yield f"ocid: {path}"
    for check, found in (context.get("additional_checks") or {}).items():
        yield f"{check}: {found[:3]}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--standard", default=os.environ.get("OCDS_STANDARD"))
    arguments.add_argument("files", nargs="+")
    given = arguments.parse_args()
    try:
        from libcoveocds.api import ocds_json_output
        from libcoveocds.config import LibCoveOCDSConfig
    except ImportError as error:
        print(f"libcoveocds is not installed: {error}", file=sys.stderr)
        return 2
    standard = {"standard_zip": pathlib.Path(given.standard).resolve().as_uri()} if given.standard else {}
    wrong = 0
    for file in given.files:
        config = LibCoveOCDSConfig({**LibCoveOCDSConfig().config, **standard, "context": "api"})
        context = ocds_json_output(file=file, lib_cove_ocds_config=config, record_pkg=False)
        found = list(faults(context))
        wrong += len(found)
        for fault in found:
            print(f"{file}: {fault}")
        if not found:
            print(f"{file}: {context.get('count')} releases, nothing wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
