// Debian's Chromium: contexts that fail on errors of the console, pictures, axe.
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const output = join(dirname(fileURLToPath(import.meta.url)), "..", "output");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const PHONE = { width: 375, height: 740 };
export const DESK = { width: 1280, height: 900 };

export async function launch() {
  await mkdir(output, { recursive: true });
  const executablePath = process.env.GONGKAI_CHROMIUM ?? "/usr/bin/chromium";
  // Chromium will not put up its sandbox for root; the pages are our own.
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

/** A page in a context of its own; what its console says of errors is collected. */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({
    baseURL: address,
    viewport: DESK,
    locale: "zh-CN",
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => {
    // The browser itself reports a page that answers 4xx; that is what was asked for.
    const asked = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !asked) page.problems.push(message.text());
  });
  return page;
}

export async function picture(page, name) {
  await page.screenshot({ path: join(output, `${name}.png`), fullPage: true });
}

/** What axe finds that is serious or critical, each in one line. */
export async function barriers(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const grave = found.violations.filter((each) => ["serious", "critical"].includes(each.impact));
  return grave.map((each) => {
    const where = each.nodes.map((node) => node.target.join(" ")).slice(0, 3);
    return `${page.url()}: ${each.id} (${each.impact}): ${where.join(" | ")}`;
  });
}

/** By how many pixels the page is wider than the window. */
export async function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}
