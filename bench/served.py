"""A served installation and its clients, for the measurements beside: a program, a browser, wrk."""

import http.client
import os
import re
import socket
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


def percentiles(person, addresses):
    """How long the pages take one after another, in ms: p50, p95, the longest."""
    took = []
    for address in addresses:
        began = time.monotonic()
        status, _, _ = person.ask("GET", address)
        took.append((time.monotonic() - began) * 1000)
        if status != 200:
            sys.exit(f"{address}: {status}")
    took.sort()
    return took[len(took) // 2], took[len(took) * 95 // 100], took[-1]


def wrk(port, addresses, seconds=10, connections=16):
    """Loads these addresses, drawn at random."""
    quoted = ", ".join(f'"{address}"' for address in addresses)
    return wrk_script(
        port,
        f"local all = {{{quoted}}}\n"
        'request = function() return wrk.format("GET", all[math.random(#all)]) end\n',
        seconds, connections,
    )


def wrk_script(port, lua, seconds, connections):
    """Requests a second, p50 and p99 in ms, and how many answers were errors."""
    script = os.path.join(FOLDER, "mix.lua")
    with open(script, "w", encoding="utf-8") as out:
        out.write(lua)
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
