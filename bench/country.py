#!/usr/bin/env python3
"""How the cost of a page grows with the number of agencies: country.py PROGRAM WORK [N...] (25, 225 and 8,300 unless told otherwise).

Sites are made in WORK, in slices, and each output is removed before and after its run, since that of 8,300 agencies has 15 GB. Three runs
up to a thousand agencies, one above; medians. Prints a table of Markdown."""
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def run(program, site, out):
    shutil.rmtree(out, ignore_errors=True)
    start = time.monotonic()
    child = subprocess.Popen([program, "build", "--lang", "en", "--site", site, "--out", out], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    told = child.stdout.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    if status:
        sys.exit(f"{program} ended with {os.waitstatus_to_exitcode(status)}")
    files, pages = map(int, re.search(r"published (\d+) files? \((\d+) pages?\)", told).groups())
    shutil.rmtree(out)
    shutil.rmtree(os.path.join(site, ".prongsai"), ignore_errors=True)
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, files, pages


def main(program, work, *sizes):
    print("| agencies | pages | files | wall s | CPU s | CPU ms a page | wall ms a page | peak MiB |\n|---:|---:|---:|---:|---:|---:|---:|---:|")
    for count in [int(size) for size in sizes] or [25, 225, 8300]:
        site, out = os.path.join(work, f"site-{count}"), os.path.join(work, "out")
        if not os.path.isdir(site):
            subprocess.check_call([os.path.join(HERE, "make_country"), site, str(count)])
        runs = [run(program, site, out) for _ in range(3 if count <= 1000 else 1)]
        wall, cpu, peak = (statistics.median(one[at] for one in runs) for at in range(3))
        files, pages = runs[0][3:]
        spread = f" ({min(r[0] for r in runs):.2f}–{max(r[0] for r in runs):.2f})" if len(runs) > 1 else ""
        print(f"| {count} | {pages} | {files} | {wall:.2f}{spread} | {cpu:.2f} | {cpu / pages * 1000:.3f} | {wall / pages * 1000:.3f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
