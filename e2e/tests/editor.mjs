// The editor in a browser with scripts: pasting as from Word, and saving on its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, picture } from "../lib/browser.mjs";
import { signIn } from "../lib/workplace.mjs";

// What a word processor puts on the clipboard: structure under a heap of styles.
const WORD = `<html><body><!--StartFragment-->
<h1 style="mso-outline-level:1;font-family:仿宋">一、总体要求</h1>
<p class="MsoNormal" style="text-indent:32pt;mso-char-indent-count:2.0"><span lang="EN-US" style="color:red">严格落实<b>主体责任</b>。</span></p>
<ul><li class="MsoListParagraph">第一项</li><li>第二项</li></ul>
<table class="MsoTableGrid" border="1" style="border-collapse:collapse"><tr><td style="width:90pt">事项</td><td>期限</td></tr><tr><td colspan="2">合计</td></tr></table>
<!--EndFragment--></body></html>`;

async function paste(page, html) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(async (html) => {
    const item = new ClipboardItem({ "text/html": new Blob([html], { type: "text/html" }) });
    await navigator.clipboard.write([item]);
  }, html);
  await page.getByRole("textbox", { name: "正文", exact: true }).click();
  await page.keyboard.press("Control+V");
}

export function tests(world) {
  test("what is pasted as from Word keeps headings, lists and tables and saves on its own", async () => {
    const page = await open(world.browser, world.address);
    await signIn(page, "clerk");
    await page.goto("/work/items/new?kind=work_news");
    await page.locator("input[name=title]").fill("从文字处理软件粘贴的信息");
    await paste(page, WORD);
    await page.getByRole("status").filter({ hasText: "已自动保存" }).waitFor({ timeout: 60_000 });
    assert.match(page.url(), /\/work\/items\/[0-9a-f]+\/edit$/);
    await picture(page, "editor-pasted");
    await page.reload();
    const text = page.getByRole("textbox", { name: "正文", exact: true });
    const html = await text.innerHTML();
    for (const kept of ["<h2", "<b>主体责任</b>", "<li>第一项", "<table", "colspan=\"2\"", "合计"]) {
      assert.ok(html.includes(kept), `${kept} is not in ${html}`);
    }
    assert.doesNotMatch(html, /mso|style=|class=|<span|lang=/i);
    // The pasted styles are blocked by the policy of the page, which is what it is for.
    assert.deepEqual(page.problems.filter((each) => !each.startsWith("Applying inline style")), []);
    await page.context().close();
  });

  test("two people at one draft: the second is told and loses nothing", async () => {
    const one = await open(world.browser, world.address);
    await signIn(one, "clerk");
    await one.goto("/work/items/new?kind=work_news");
    await one.locator("input[name=title]").fill("两个人同时改的信息");
    await one.locator("input[name=markup][value=plain]").check();
    await one.locator("textarea[name=text]").fill("第一段");
    await one.getByRole("button", { name: "保存并继续编辑" }).click();
    await one.waitForURL("**/edit");
    const other = await one.context().newPage();
    await other.goto(one.url());
    await other.locator("textarea[name=text]").fill("另一人的改动");
    await other.getByRole("button", { name: "保存", exact: true }).click();
    await one.locator("textarea[name=text]").fill("我的改动");
    await one.getByRole("button", { name: "保存", exact: true }).click();
    await one.getByRole("alert").filter({ hasText: "没有保存" }).waitFor();
    assert.equal(await one.locator("textarea[name=text]").inputValue(), "我的改动");
    assert.match(await one.locator(".differences").innerText(), /另一人的改动/);
    await one.context().close();
  });
}
