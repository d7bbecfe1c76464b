"""Measures a served installation: memory, start, pages under load, search, acts. Called by site.sh."""

import http.client
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse

PROGRAM, FOLDER = sys.argv[1], sys.argv[2]
PASSWORD = "Gongkai-demo-1"


def row(name, result, target):
    print(f"{name:<46} | {result:<30} | {target}", flush=True)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """One program on one installation, ended with the block."""

    def __init__(self, data):
        self.port = free_port()
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--data", data, "--listen", f"127.0.0.1:{self.port}"],
            stdout=subprocess.DEVNULL,
        )
        while True:
            try:
                Person(self.port).get("/")
                break
            except OSError:
                time.sleep(0.002)
        self.first_page = time.monotonic() - self.began

    def memory(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class Person:
    """A browser without scripts: cookies and the token of forms."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookies = {}

    def ask(self, method, address, fields=None):
        headers = {"User-Agent": "bench"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                name, _, value = value.split(";")[0].partition("=")
                self.cookies[name] = value
        return answer.status, answer.getheader("Location") or "", answer.read().decode()

    def get(self, address):
        return self.ask("GET", address)[2]

    def post(self, page, address, fields):
        text = self.get(page)
        for name in ("form_token", "digest"):
            found = re.search(rf'name="{name}" value="([^"]*)"', text)
            if found:
                fields = {name: found[1], **fields}
        began = time.monotonic()
        status, location, text = self.ask("POST", address, fields)
        took = time.monotonic() - began
        if status not in (302, 303):
            problem = re.sub(r"<[^>]+>", " ", text)
            sys.exit(f"{address}: {status} {' '.join(problem.split())[:300]}")
        return location, took

    def sign_in(self, login):
        self.post("/sign-in", "/sign-in", {"login": login, "password": PASSWORD})
        return self


def wrk(port, addresses, seconds=10, connections=16):
    """Requests a second, p50 and p99 in ms, errors; addresses drawn at random."""
    script = os.path.join(FOLDER, "mix.lua")
    with open(script, "w", encoding="utf-8") as out:
        quoted = ", ".join(f'"{address}"' for address in addresses)
        out.write(f"local all = {{{quoted}}}\n")
        out.write('request = function() return wrk.format("GET", all[math.random(#all)]) end\n')
    said = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script]
        + [f"http://127.0.0.1:{port}"],
        capture_output=True, text=True, check=True,
    ).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    units = {"us": 0.001, "ms": 1.0, "s": 1000.0}

    def at(part):
        number, unit = re.search(rf"{part}%\s+([\d.]+)(us|ms|s)", said).groups()
        return float(number) * units[unit]

    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return rate, at(50), at(99), int(errors[1]) if errors else 0


def pages(port):
    """Item pages and list pages of all parts of the lists."""
    person, items = Person(port), set()
    for page in list(range(1, 11)) + [40, 80, 120, 200, 300]:
        items.update(re.findall(r'href="(/items/[0-9a-f]{20,})"', person.get(f"/items?page={page}")))
    return sorted(items), [f"/items?page={n}" for n in range(1, 301)]


def load(server):
    items, lists = pages(server.port)
    for name, addresses in (("item pages", items), ("lists", lists), ("both", items + lists)):
        rate, p50, p99, errors = wrk(server.port, addresses)
        result = f"{rate:,.0f}/s, p50 {p50:.2f}, p99 {p99:.1f} ms" + (f", {errors} errors" if errors else "")
        row(f"20,000 items: {name}, 16 connections", result, ">= 3,000/s, p99 < 20 ms")


def words():
    first = ["消费", "教育", "医疗", "预算", "行政许可", "养老", "安全生产", "招聘", "土地征收", "防汛"]
    second = ["办法", "通知", "公示", "解读", "2025年", "第3期", "管理", "资金", "名单", "结果"]
    return [f"/search?q={urllib.parse.quote(a + ' ' + b)}" for a in first for b in second]


def search(server):
    person, took = Person(server.port), []
    for address in random.Random(1).sample(words(), 100):
        began = time.monotonic()
        person.get(address)
        took.append((time.monotonic() - began) * 1000)
    took.sort()
    result = f"p50 {took[49]:.1f}, p95 {took[94]:.1f} ms"
    row("100,000 items: search, one after another", result, "p95 < 50 ms")


def acts(server):
    """Draft to publication with three signatures; how long publishing takes and when it is seen."""
    clerk = Person(server.port).sign_in("commerce-clerk")
    signers = [Person(server.port).sign_in(f"commerce-{role}") for role in ("reviewer", "secrecy", "leader")]
    visitor, committed, seen = Person(server.port), [], []
    for number in range(20):
        fields = {
            "organ": "commerce", "kind": "work_news", "title": f"测速第{number}条", "markup": "plain",
            "text": f"测速第{number}条的正文。", "formed_on": time.strftime("%Y-%m-%d"),
            "disclosure": "proactive", "subject": "general_affairs.open_government",
            "source": "县商务局", "legal_item": "20.15", "issuing_organs": "县商务局",
        }
        item, _ = clerk.post("/work/items/new?kind=work_news&organ=commerce", "/work/items/new", fields)
        item = item.removesuffix("/edit")
        clerk.post(item, f"{item}/submission", {})
        for signer in signers:
            signer.post(item, f"{item}/signature", {"opinion": "同意", "secrecy": "open"})
        began = time.monotonic()
        _, took = clerk.post(item, f"{item}/publication", {})
        public = item.removeprefix("/work")
        while f"测速第{number}条的正文" not in visitor.get(public):
            pass
        committed.append(took * 1000)
        seen.append((time.monotonic() - began) * 1000)
    result = f"p50 {statistics.median(committed):.1f}, max {max(committed):.1f} ms"
    row("publish: answered after a durable commit", result, "< 50 ms")
    result = f"p50 {statistics.median(seen):.1f}, max {max(seen):.1f} ms"
    row("publish: from the form to the public page", result, "")


row("binary", f"{os.path.getsize(PROGRAM) / 1e6:.1f} MB", "< 100 MB")
with Server(f"{FOLDER}/20000") as server:
    row("20,000 items: start to first page", f"{server.first_page * 1000:.0f} ms", "< 1 s")
    time.sleep(3)
    row("20,000 items: memory when idle", f"{server.memory():.0f} MB", "< 100 MB")
    load(server)
    row("20,000 items: memory after the load", f"{server.memory():.0f} MB", "")
    acts(server)
with Server(f"{FOLDER}/100000") as server:
    row("100,000 items: start to first page", f"{server.first_page * 1000:.0f} ms", "")
    time.sleep(3)
    row("100,000 items: memory when idle", f"{server.memory():.0f} MB", "")
    search(server)
