// Disclosure requests from first to last: one that came by post, and one that a member of the public
// files, supplements and takes the answer of on line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { barriers, open, picture } from "../lib/browser.mjs";
import { press, signIn, state } from "../lib/workplace.mjs";

const main = (page) => page.getByRole("main");

/** Opens the form of an act from the case page, fills it in and does it. */
async function act(page, request, name, fields = {}) {
  await page.goto(request);
  await main(page).locator(".acts").getByRole("link", { name, exact: true }).click();
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).first().fill(value);
  await press(page, name);
  const problem = page.getByRole("alert");
  if (await problem.count()) assert.fail(`${name}: ${await problem.first().innerText()}`);
}

async function register(page) {
  await page.goto("/work/requests/new");
  await page.getByLabel("收到方式").selectOption("ordinary_post");
  await page.getByLabel("姓名或者名称").fill("王某浏览");
  await page.getByLabel("证件号码").first().fill("示范0001");
  await page.getByLabel("身份证明", { exact: true }).fill("其他证件");
  await page.getByLabel("联系电话").first().fill("00013700000");
  await page.getByLabel("通信地址").fill("某路 1 号");
  await page.getByLabel("所需信息的名称").fill("某市场验收意见");
  await page.getByLabel(/扫描件/).setInputFiles({ name: "申请书.txt", mimeType: "text/plain", buffer: Buffer.from("申请公开某市场验收意见") });
  await press(page, "登记");
  return page.url();
}

async function redact(page, request) {
  await page.goto(`${request}/release`);
  const text = "某市场验收意见：合格。联系人电话 13800138000。";
  await page.getByLabel(/上传拟提供的文件/).setInputFiles({ name: "验收意见.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
  await press(page, "上传");
  assert.ok(await page.getByRole("checkbox", { name: /13800138000/ }).isChecked(), "the number is suggested");
  await press(page, "去掉并生成");
  assert.match(await main(page).innerText(), /复查证明/);
  await picture(page, "request-3-redacted");
}

/** Brings a PDF and drags a box over the upper part of its first page. */
async function blackOut(page, request) {
  await page.goto(`${request}/release`);
  const file = new URL("../../crates/document/tests/files/report-2021-split.pdf", import.meta.url);
  await page.getByLabel(/上传拟提供的文件/).setInputFiles(fileURLToPath(file));
  await press(page, "上传");
  await main(page).getByRole("link", { name: "在页面上框选要遮盖的区域" }).click();
  const frame = page.locator(".frame").first();
  await frame.locator("img").evaluate((image) => image.decode());
  const { x, y, width, height } = await frame.boundingBox();
  await page.mouse.move(x + 0.1 * width, y + 0.05 * height);
  await page.mouse.down();
  await page.mouse.move(x + 0.5 * width, y + 0.15 * height, { steps: 4 });
  await page.mouse.up();
  const sides = await page.locator("[name^=area_]").evaluateAll((all) => all.slice(0, 5).map((each) => each.value));
  assert.equal(sides[0], "1");
  for (const [at, share] of [10, 5, 50, 15].entries()) {
    assert.ok(Math.abs(Number(sides[at + 1]) - share) < 1, `side ${at}: ${sides[at + 1]}`);
  }
  await picture(page, "request-7-areas");
  assert.deepEqual(await barriers(page), []);
  await press(page, "遮盖并生成");
  assert.match(await main(page).innerText(), /1 个遮盖区域里没有内容/);
}

async function propose(page, request) {
  await page.goto(`${request}/reply`);
  await page.getByLabel(/答复的情形和依据/).selectOption("disclosed|ogi-36-2");
  await press(page, "继续填写");
  await page.getByLabel(/提供的内容或者附件/).fill("某市场验收意见，随本告知书提供");
  await page.getByRole("checkbox", { name: /验收意见/ }).check();
  await press(page, "送审");
}

async function issue(page, request) {
  await page.goto(request);
  const line = main(page).locator(".papers li", { hasText: "政府信息公开告知书" });
  await line.getByRole("link", { name: "预览、印发" }).click();
  const contact = page.getByLabel(/本机关的联系方式/);
  if (!(await contact.inputValue())) await contact.fill("办公室，电话：0000-0000000");
  await press(page, "按填写的内容预览");
  assert.match(await main(page).innerText(), /申请行政复议/);
  await picture(page, "request-4-paper");
  await press(page, "印发");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    line.getByRole("link", { name: "DOCX" }).click(),
  ]);
  assert.match(download.suggestedFilename(), /政府信息公开告知书/);
}

const TELEPHONE = "00055557777";

/** Files a request on line; answers its code. */
async function file(page, wanted) {
  await page.goto("/on-request");
  await page.getByRole("link", { name: "网上提交申请" }).click();
  const organ = page.getByLabel("向哪个机关申请");
  const value = await organ.locator("option", { hasText: "商务局" }).first().getAttribute("value");
  await organ.selectOption(value);
  await page.getByRole("radio", { name: "自然人" }).check();
  await page.getByRole("button", { name: "下一步" }).click();
  await page.locator("[name=name]").fill("赵某浏览");
  await page.getByLabel("身份证明").selectOption("护照");
  await page.locator("[name=document_number]").fill("E00000007");
  await page.locator("[name=telephone]").fill(TELEPHONE);
  await page.getByLabel("文件或者信息的名称").fill(wanted);
  await page.getByLabel("信息的形式").selectOption("electronic");
  await page.getByLabel("获取的方式").selectOption("online");
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("button", { name: "提交申请" }).click();
  return page.locator(".code").innerText();
}

/** Opens the page on which the requester follows the request. */
async function follow(page, code) {
  await page.goto("/on-request/track");
  await page.getByLabel("查询码").fill(code);
  await page.getByLabel("联系方式").fill(TELEPHONE);
  await page.getByRole("button", { name: "查询" }).click();
}

async function downloaded(page, link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

export function tests(world) {
  test("somebody files, supplements and downloads the answer that the office approved", async () => {
    const pages = await Promise.all([1, 2, 3].map(() => open(world.browser, world.address)));
    const [visitor, clerk, leader] = pages;
    await signIn(clerk, "clerk");
    await signIn(leader, "leader");
    const code = await file(visitor, "某市场验收结论");
    await clerk.goto("/work/requests");
    await main(clerk).getByRole("link", { name: "某市场验收结论" }).first().click();
    const request = clerk.url();
    const until = new Date(Date.now() + 14 * 86400000).toISOString().slice(0, 10);
    const ask = { 需要补正的事项: "请写明验收的年份", 指导和释明: "例如写明哪一年", 补正期限: until };
    await act(clerk, request, "告知补正", ask);
    await follow(visitor, code);
    assert.match(await main(visitor).innerText(), /请写明验收的年份/);
    await visitor.getByLabel("补正的内容").fill("去年的验收");
    await visitor.getByRole("button", { name: "提交补正" }).click();
    assert.equal(await state(clerk, request), "办理中");
    await redact(clerk, request);
    await propose(clerk, request);
    await act(leader, request, "批准答复");
    await act(clerk, request, "送达答复", { "签收人、邮件号码": "网站送达" });
    await follow(visitor, code);
    await picture(visitor, "request-6-answered");
    const link = main(visitor).getByRole("link", { name: "验收意见.txt" });
    const text = await downloaded(visitor, link);
    assert.match(text, /合格/);
    assert.doesNotMatch(text, /13800138000/, "what was taken out is gone");
    assert.deepEqual(pages.flatMap((page) => page.problems), []);
    await Promise.all(pages.map((page) => page.context().close()));
  });

  test("a request by post lives from the letter to the service of its reply", async () => {
    const [clerk, leader] = [await open(world.browser, world.address), await open(world.browser, world.address)];
    await signIn(clerk, "clerk");
    await signIn(leader, "leader");
    const request = await register(clerk);
    assert.equal(await state(clerk, request), "待确认");
    assert.doesNotMatch(await main(clerk).innerText(), /王某浏览/, "the name is masked");
    await act(clerk, request, "确认收到", { 怎样确认的: "电话联系申请人确认" });
    await picture(clerk, "request-1-case");
    const until = new Date(Date.now() + 14 * 86400000).toISOString().slice(0, 10);
    await act(clerk, request, "告知补正", { 需要补正的事项: "请写明验收的年份", 指导和释明: "例如写明哪一年、哪个项目", 补正期限: until });
    assert.equal(await state(clerk, request), "待补正");
    await act(clerk, request, "收到补正", { 补正的内容: "去年的验收" });
    await picture(clerk, "request-2-supplemented");
    await redact(clerk, request);
    await blackOut(clerk, request);
    await propose(clerk, request);
    assert.equal(await state(clerk, request), "审核中");
    await leader.goto("/work");
    await main(leader).getByRole("link", { name: /某市场验收意见/ }).click();
    await act(leader, request, "批准答复");
    await issue(clerk, request);
    await act(clerk, request, "送达答复", { "签收人、邮件号码": "XA12345678901" });
    assert.equal(await state(clerk, request), "已办结");
    await picture(clerk, "request-5-closed");
    assert.deepEqual([...clerk.problems, ...leader.problems], []);
    await clerk.context().close();
    await leader.context().close();
  });
}
