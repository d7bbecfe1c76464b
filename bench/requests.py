"""Measures the register of requests at size: register, case, submission, a new calendar. Called by
requests.sh."""

import datetime
import random
import re
import sqlite3
import sys
import time
import urllib.parse

from served import FOLDER, Person, Server, percentiles, row, wrk_script

SIZE = sys.argv[3]
DATA = f"{FOLDER}/requests-{SIZE}"
STATES = ["handling", "awaiting_supplement", "in_review", "approved", "closed", "archived"]
CHANNELS = ["counter", "registered_post", "online", "fax", "email"]
OUTCOMES = ["disclosed", "partly_disclosed", "unavailable.not_held", "withheld.third_party"]


def filters(draw):
    """A hundred ways to narrow the register that people use, two pages of each."""
    day = datetime.date.today() - datetime.timedelta(days=draw.randrange(30, 900))
    later = day + datetime.timedelta(days=draw.randrange(7, 120))
    kinds = ["natural", "business", "legal"]
    ways = [
        {}, {"state": draw.choice(STATES)}, {"channel": draw.choice(CHANNELS)},
        {"kind": draw.choice(kinds)}, {"outcome": draw.choice(OUTCOMES)},
        {"from": day, "to": later}, {"from": day, "to": later, "kind": draw.choice(kinds)},
        {"from": day, "to": later, "outcome": draw.choice(OUTCOMES)},
        {"state": draw.choice(STATES), "channel": draw.choice(CHANNELS)},
        {"kind": draw.choice(kinds), "outcome": draw.choice(OUTCOMES)},
        {"order": "closed"}, {"order": "due"}, {"due": "late"}, {"due": "week"},
        {"number": f"{day.year}-M{draw.randrange(10_000, 1_000_000):07}"},
    ]
    return ["/work/requests?" + urllib.parse.urlencode(way) for way in ways]


def titles(draw):
    """Words of titles: frequent ones and the number of a single one."""
    words = ["计划", "征收", "补偿", "许可"] + [f"第{draw.randrange(int(SIZE))}件" for _ in range(4)]
    return ["/work/requests?" + urllib.parse.urlencode({"title": word}) for word in words]


def register(server, login, who):
    draw, person = random.Random(1), Person(server.port).sign_in(login)
    first = [address for _ in range(7) for address in filters(draw)]
    following = []
    for address in first[:15]:
        found = re.search(r'href="([^"]*after=[^"]*)"', person.get(address))
        if found:
            link = found[1].replace("&amp;", "&")
            following.append(urllib.parse.urljoin("http://x/work/requests", link)[len("http://x"):])
    p50, p95, most = percentiles(person, first + following)
    row(f"register, {who}: filters", f"p50 {p50:.1f}, p95 {p95:.1f}, max {most:.0f} ms", "p95 < 50 ms")
    p50, p95, most = percentiles(person, [each for _ in range(5) for each in titles(draw)])
    row(f"register, {who}: words of titles", f"p50 {p50:.1f}, p95 {p95:.1f}, max {most:.0f} ms", "p95 < 50 ms")
    return person


def cases(server, person):
    found = set()
    for state in STATES:
        page = person.get(f"/work/requests?state={state}")
        found.update(re.findall(r'href="(/work/requests/[0-9a-f]{20,})"', page))
    p50, p95, most = percentiles(person, sorted(found) * 2)
    row(f"case page ({len(found)} cases, twice)", f"p50 {p50:.1f}, p95 {p95:.1f}, max {most:.0f} ms", "< 15 ms")


def submissions(server):
    """Whole forms as browsers send them, sixteen at a time; each has a ticket of its own."""
    fields = {
        "organ": "commerce", "kind": "natural", "name": "测速某", "document": "id_card",
        "document_number": "110101199003074530", "telephone": "000-0000000", "address": "测速路1号",
        "wanted_name": "测速所需信息", "description": "测速时提交的申请，描述一项信息。",
        "form": "paper", "way": "online",
    }
    body = urllib.parse.urlencode(fields)
    lua = (
        "wrk.method = 'POST'\n"
        "wrk.headers['Content-Type'] = 'application/x-www-form-urlencoded'\n"
        "local n = 0\n"
        f"local run = '{random.Random().getrandbits(160):040x}'\n"
        f"local rest = '&{body}'\n"
        "request = function() n = n + 1\n"
        "  return wrk.format(nil, '/on-request/submit', nil,"
        " string.format('ticket=%s%024d', run, n) .. rest) end\n"
    )
    before = count()
    began = time.monotonic()
    rate, p50, p99, errors = wrk_script(server.port, lua, 10, 16)
    there = count() - before
    row("submit, 16 connections", f"{rate:,.0f}/s, p50 {p50:.1f}, p99 {p99:.1f} ms, {errors} errors", ">= 300/s")
    row("requests in the store from it", f"{there / (time.monotonic() - began):,.0f}/s", "")


def count():
    with sqlite3.connect(f"{DATA}/gongkai.db") as db:
        return db.execute("select sum(n) from request_counts").fetchone()[0]


def recompute():
    """Forgets by which calendar the days were reckoned and moves all of them, as a new notice does."""
    with sqlite3.connect(f"{DATA}/gongkai.db") as db:
        db.execute("update settings set value = 'another' where key = 'requests_calendar'")
        moved = db.execute(
            "update requests set due_on = '2000-01-01', open_due = '2000-01-01' "
            "where open_due > '-' and due_on is not null and open_due < '9999-01-01'"
        ).rowcount
        db.commit()
        last = db.execute("select max(sequence) from events").fetchone()[0]
    with Server(DATA):
        began, step = time.monotonic(), 0.1
        while True:
            time.sleep(step)
            with sqlite3.connect(f"{DATA}/gongkai.db") as db:
                value = db.execute("select value from settings where key = 'requests_calendar'").fetchone()[0]
            if value != "another":
                break
            if 600 < time.monotonic() - began:
                sys.exit("the due days were not reckoned within ten minutes")
        took = time.monotonic() - began
    with sqlite3.connect(f"{DATA}/gongkai.db") as db:
        n = db.execute(
            "select count(*) from events where act = 'request.recompute' and sequence > ?", (last,)
        ).fetchone()[0]
    row(f"new calendar: {moved} open cases, {n} moved", f"{took:.1f} s", "50,000 in < 10 s")


with Server(DATA) as server:
    row(f"{SIZE} requests: start to first page", f"{server.first_page * 1000:.0f} ms", "")
    time.sleep(3)
    row(f"{SIZE} requests: memory when idle", f"{server.memory():.0f} MB", "")
    clerk = register(server, "commerce-clerk", "one organ")
    cases(server, clerk)
    register(server, "county-office", "all organs")
    row("memory after that", f"{server.memory():.0f} MB", "")
recompute()
with open(f"{DATA}/gongkai.toml", "a", encoding="utf-8") as settings:
    settings.write("\n[intake]\nquestion_after = 100000000\nquestion_for_all_after = 100000000\nmost_an_hour = 100000000\n")
with Server(DATA) as server:
    submissions(server)
