#!/usr/bin/env python3
"""Measure the preview: `preview.py PROGRAM SITE...`, each SITE a folder with `content/`, which is copied first.

For each site: start to first page, save to served bytes (an item's text, the figures), a change of the theme until the open page and until
the last page has it, CPU and memory at rest. Medians, 95th percentiles and the slowest; `busy` is the share of the machine that other work
used just before. The page is asked for over one kept connection, again and again with half a millisecond between, so a figure is up to a millisecond late.
"""
import argparse
import atexit
import http.client
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


class Server:
    """`prongsai serve` on a port that is free."""

    def __init__(self, program, site, *flags):
        self.begun = time.perf_counter()
        self.process = subprocess.Popen([program, "serve", "--port", "0", *flags], cwd=site, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        line = self.process.stdout.readline().decode()
        self.port = int(re.search(r":(\d+)/", line).group(1))
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)
        atexit.register(self.process.kill)

    def get(self, path):
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        return answer.read() if answer.status == 200 else answer.read() and None

    def wait_for(self, path, token, most=60):
        end = time.perf_counter() + most
        while token not in (self.get(path) or b""):
            time.sleep(0.0005)  # who asks without a pause takes a core from the one who answers
            if time.perf_counter() > end:
                sys.exit(f"{path}: {token!r} did not show within {most} s")
        return time.perf_counter()

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            return {k: int(v.split()[0]) / 1024 for k, v in (l.split(":", 1) for l in f if l.startswith(("VmRSS", "VmHWM")))}

    def end(self):
        self.process.send_signal(2)
        self.process.wait(10)


def busy(seconds=0.3):
    def idle():
        with open("/proc/stat") as f:
            fields = [int(x) for x in f.readline().split()[1:]]
        return fields[3] + fields[4], sum(fields)
    first = idle()
    time.sleep(seconds)
    last = idle()
    return 1 - (last[0] - first[0]) / max(1, last[1] - first[1])


def settle(server):
    used = server.cpu()
    while True:
        time.sleep(0.6)
        if server.cpu() - used < 0.02:
            return
        used = server.cpu()


def tell(name, values):
    values = sorted(values)
    at = values[min(len(values) - 1, int(0.95 * len(values)))]
    print(f"  {name:<42} median {statistics.median(values):8.1f} ms   p95 {at:8.1f}   max {values[-1]:8.1f}   ({len(values)})", flush=True)


def edit(server, path, page, make, runs):
    """Milliseconds from just before the save until the page has the mark."""
    with open(path, encoding="utf-8") as f:
        original = f.read()
    times = []
    try:
        for k in range(runs + 2):
            time.sleep(random.uniform(0.45, 0.9))  # no fixed phase against a timer
            text, token = make(original, k)
            begin = time.perf_counter()
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            end = server.wait_for(page, token)
            if k >= 2:
                times.append(1000 * (end - begin))
    finally:
        with open(path, "w", encoding="utf-8") as f:
            f.write(original)
        settle(server)
    return times


def marked(original, k):
    token = f"ทดสอบ{k}x{random.getrandbits(40):010x}"
    return f"{original}\n\n{token}\n", token.encode()


def measure(program, source, runs):
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_TMP")) as folder:
        site = os.path.join(folder, "site")
        shutil.copytree(source, site, ignore=shutil.ignore_patterns("public", "target", ".git", "node_modules", "tests", "src"))
        content = os.path.join(site, "content")
        agencies = sorted(x for x in os.listdir(content) if os.path.exists(os.path.join(content, x, "agency.yaml")))
        slug = agencies[len(agencies) // 2] if agencies else ""
        root = f"/{slug}/" if slug else "/"
        folder = os.path.join(content, slug)
        year = max(x for x in os.listdir(folder) if x.isdigit())
        print(f"{source}: {len(agencies) or 1} agencies; busy {busy():.2f}", flush=True)

        times = []
        for _ in range(max(3, min(runs, 10))):
            server = Server(program, site)
            server.wait_for("/", b"<html")
            times.append(1000 * (time.perf_counter() - server.begun))
            if len(times) < max(3, min(runs, 10)):
                server.end()
        tell("start to first page", times)
        settle(server)
        print(f"  memory {server.memory()['VmRSS']:.0f} MiB, at most {server.memory()['VmHWM']:.0f}")

        code = "o1"
        item = os.path.join(folder, year, "items", f"{code}.md")
        issue = os.path.join(folder, year, "issues", "1.md")
        text, page = (item, f"{root}{year}/oit/{code}/") if os.path.exists(item) else (issue, f"{root}{year}/issues/1/")
        tell("a line more in " + "/".join(text.split("/")[-2:]), edit(server, text, page, marked, runs))

        def level(original, k):
            figure = f"{k + 11}.37"
            return re.sub(r"(?m)^overall: .*$", f"overall: {figure}", original), thai(figure)
        tell("another total in assessment.yaml", edit(server, os.path.join(folder, year, "assessment.yaml"), f"{root}{year}/", level, runs))
        print(f"  busy {busy():.2f}; memory {server.memory()['VmRSS']:.0f} MiB, at most {server.memory()['VmHWM']:.0f}")

        used = server.cpu()
        time.sleep(20)
        print(f"  at rest: {1000 * (server.cpu() - used):.0f} ms CPU in 20 s")

        theme = os.path.join(site, "themes", "default")
        os.makedirs(theme, exist_ok=True)
        built = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "themes", "default", "base.html")
        base = os.path.join(theme, "base.html")
        shutil.copy(built, base)
        settle(server)
        with open(base, encoding="utf-8") as f:
            original = f.read()
        opened, last = [], []
        for k in range(max(3, runs // 4)):
            time.sleep(random.uniform(0.45, 0.9))
            server.wait_for(page, b"<html")
            # What was asked for lately is built first, so another agency's page each time.
            last_of_all = f"/{agencies[-1 - 3 * k]}/{year}/oit/{code}/" if agencies else f"/{year}/oit/{code}/"
            token = f"<!--{k}x{random.getrandbits(40):010x}-->"
            begin = time.perf_counter()
            with open(base, "w", encoding="utf-8") as f:
                f.write(original.replace("</head>", token + "</head>"))
            opened.append(1000 * (server.wait_for(page, token.encode()) - begin))
            last.append(1000 * (server.wait_for(last_of_all, token.encode()) - begin))
            settle(server)
        tell("a change of base.html, the page that is open", opened)
        tell("a change of base.html, one of the last", last)
        begin = time.perf_counter()
        server.get("/_status")
        print(f"  /_status: {1000 * (time.perf_counter() - begin):.1f} ms; memory {server.memory()['VmRSS']:.0f} MiB, "
              f"at most {server.memory()['VmHWM']:.0f}; busy {busy():.2f}")
        server.end()


def thai(figure):
    return figure.encode()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("site", nargs="+")
    parser.add_argument("-n", "--runs", type=int, default=40)
    args = parser.parse_args()
    print(json.dumps({"at": time.strftime("%Y-%m-%dT%H:%M:%S"), "runs": args.runs}))
    for source in args.site:
        measure(os.path.abspath(args.program), source, args.runs)
