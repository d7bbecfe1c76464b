// The main path without a mouse: everything is reached with Tab and done with Enter.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "../lib/browser.mjs";
import { PASSWORD, state } from "../lib/workplace.mjs";

/** Presses Tab until the element has the focus, and sees that the focus shows. */
async function tabTo(page, locator, most = 80) {
  const element = locator.first();
  await element.waitFor();
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    if (await element.evaluate((each) => each === document.activeElement)) {
      const outline = await element.evaluate((each) => getComputedStyle(each).outlineStyle);
      assert.notEqual(outline, "none", "the focus is seen");
      return;
    }
  }
  assert.fail(`${await element.evaluate((each) => each.outerHTML)} is not reached by Tab`);
}

/** Follows what Enter leads to. */
async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

export function tests(world) {
  test("signing in, drafting and handing in work by keyboard alone", async () => {
    const page = await open(world.browser, world.address);
    await page.goto("/");
    await page.keyboard.press("Tab");
    const first = await page.evaluate(() => document.activeElement.textContent);
    assert.match(first, /跳到正文/, "the first stop skips to the content");
    await page.goto("/sign-in");
    await tabTo(page, page.getByLabel("登录名"));
    await page.keyboard.type("commerce-clerk");
    await tabTo(page, page.locator("input[type=password]"));
    await page.keyboard.type(PASSWORD);
    await enter(page);
    await tabTo(page, page.getByRole("link", { name: "起草" }));
    await enter(page);
    await tabTo(page, page.getByRole("link", { name: "工作动态", exact: true }));
    await enter(page);
    await tabTo(page, page.locator("input[name=title]"));
    await page.keyboard.type("只用键盘起草的信息");
    const plain = page.locator("input[name=markup][value=plain]");
    await tabTo(page, page.locator("input[name=markup]:checked"));
    for (let n = 0; n < 3 && !(await plain.isChecked()); n += 1) await page.keyboard.press("ArrowRight");
    await tabTo(page, page.locator("textarea[name=text]"));
    await page.keyboard.type("正文。");
    await tabTo(page, page.locator("select[name=subject]"));
    await page.keyboard.press("ArrowDown");
    await tabTo(page, page.locator("input[name=source]"));
    await page.keyboard.type("本机关");
    await tabTo(page, page.getByRole("button", { name: "保存", exact: true }));
    await enter(page);
    const item = page.url().replace(/\/edit$/, "");
    await page.goto(item);
    await tabTo(page, page.getByRole("button", { name: "送审", exact: true }));
    await enter(page);
    assert.equal(await state(page, item), "审核中");
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}
