// Every page that links lead to, one of each kind: addresses that differ only in an id or a query
// are the same kind.

const kind = (url) =>
  url.pathname.replace(/\/[0-9a-f]{16,}/g, "/{id}").replace(/\d{2,}/g, "{n}") +
  [...url.searchParams.keys()].filter((key) => url.searchParams.get(key)).sort().join("&");

/** Visits pages from these addresses on; `look` is called with the page on each. */
export async function crawl(page, from, look, most = 80) {
  const origin = new URL(page.url()).origin;
  const seen = new Set();
  const waiting = from.map((address) => new URL(address, origin));
  const visited = [];
  while (waiting.length && visited.length < most) {
    const url = waiting.shift();
    if (url.origin !== origin || seen.has(kind(url))) continue;
    seen.add(kind(url));
    const answer = await page.request.get(url.href);
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    await page.goto(url.href);
    visited.push(url.pathname + url.search);
    await look(page, answer.status());
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((each) => each.href));
    waiting.push(...links.filter((link) => link.startsWith(origin)).map((link) => new URL(link)));
  }
  return visited;
}
