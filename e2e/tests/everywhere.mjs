// On every page that links lead to: no barrier that axe calls serious, no sideways scrolling on a
// phone or at double size, a title, one main heading, no error in the console.
import assert from "node:assert/strict";
import { test } from "node:test";
import { barriers, DESK, open, overflow, PHONE, picture } from "../lib/browser.mjs";
import { crawl } from "../lib/crawl.mjs";
import { draft, signIn } from "../lib/workplace.mjs";

const named = (page, view) => {
  const path = new URL(page.url()).pathname.replace(/[^a-z0-9-]+/gi, "_").replace(/^_|_$/g, "");
  return `page-${path || "home"}-${view}`;
};

async function look(page, wrong) {
  const at = page.url();
  wrong.push(...(await barriers(page)));
  if (!(await page.title()).trim()) wrong.push(`${at}: no title`);
  const headings = await page.getByRole("heading", { level: 1 }).count();
  if (1 < headings) wrong.push(`${at}: ${headings} main headings`);
  await picture(page, named(page, "desk"));
  for (const [view, size] of [["phone", PHONE], ["double", { width: DESK.width / 2, height: 450 }]]) {
    await page.setViewportSize(size);
    const pixels = await overflow(page);
    if (1 < pixels) wrong.push(`${at}: ${pixels} pixels wider than the window (${view})`);
    if (view === "phone") await picture(page, named(page, view));
  }
  await page.setViewportSize(DESK);
}

export function tests(world) {
  test("what axe and the ruler are for, they find", async () => {
    const page = await open(world.browser, world.address);
    await page.setContent('<html><body><img src="x"><input><p style="width:3000px">宽</p></body></html>');
    assert.ok(2 <= (await barriers(page)).length);
    assert.ok(1000 < (await overflow(page)));
    await page.context().close();
  });

  test("every page of the public site is free of barriers and fits a phone", async () => {
    const page = await open(world.browser, world.address);
    const wrong = [];
    await page.goto("/");
    const pages = await crawl(page, ["/", "/sign-in", "/no-such-page"], () => look(page, wrong));
    assert.deepEqual([...wrong, ...page.problems], []);
    assert.ok(3 < pages.length, `only ${pages}`);
    await page.context().close();
  });

  for (const role of ["clerk", "leader"]) {
    test(`every page of the workplace of a ${role} is free of barriers and fits a phone`, async () => {
      const page = await open(world.browser, world.address);
      await signIn(page, role);
      if (role === "clerk") await draft(page, "无障碍检查用稿", "正文。");
      const wrong = [];
      const pages = await crawl(page, ["/work", page.url()], () => look(page, wrong));
      assert.deepEqual([...wrong, ...page.problems], []);
      assert.ok(2 < pages.length, `only ${pages}`);
      await page.context().close();
    });
  }

  test("elder mode makes everything larger and keeps it so on the next page", async (t) => {
    const page = await open(world.browser, world.address);
    await page.goto("/");
    const name = /长辈|适老|关怀|老年/;
    const control = page.getByRole("link", { name }).or(page.getByRole("button", { name }));
    if (!(await control.count())) return t.skip("the site has no elder mode yet");
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    const before = await size();
    await control.first().click();
    await page.waitForLoadState();
    assert.ok(before < (await size()), "letters grow");
    await page.goto("/items");
    assert.ok(before < (await size()), "on the next page too");
    assert.deepEqual(await barriers(page), []);
    await picture(page, "elder-items");
    await page.setViewportSize(PHONE);
    assert.ok((await overflow(page)) <= 1);
    await page.context().close();
  });
}
