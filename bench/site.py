"""Measures a served installation: memory, start, pages under load, search, acts. Called by site.sh."""

import os
import random
import re
import statistics
import time
import urllib.parse

from served import FOLDER, PROGRAM, Person, Server, percentiles, row, wrk


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
    p50, p95, _ = percentiles(Person(server.port), random.Random(1).sample(words(), 100))
    result = f"p50 {p50:.1f}, p95 {p95:.1f} ms"
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
