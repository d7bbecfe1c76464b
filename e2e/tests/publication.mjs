// From draft to the public page, back for correction, and off the site again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, picture } from "../lib/browser.mjs";
import { draft, fill, giveReason, press, publicAddress, sign, signIn, state } from "../lib/workplace.mjs";

/** Goes through the whole life of an item, each person in a browser of their own. */
async function life(world, title, options) {
  const people = {};
  for (const role of ["clerk", "reviewer", "secrecy", "leader"]) {
    people[role] = await open(world.browser, world.address, options);
    await signIn(people[role], role);
  }
  const { clerk, reviewer, secrecy, leader } = people;
  const visitor = await open(world.browser, world.address, options);
  const item = await draft(clerk, title, "本局近日开放服务窗口。\n办理时间为工作日。");
  await picture(clerk, `${title}-1-draft`);
  const unpublished = await visitor.goto(publicAddress(item));
  assert.equal(unpublished.status(), 404, "a draft is not there for the public");

  await press(clerk, "送审");
  assert.equal(await state(clerk, item), "审核中");
  await reviewer.goto(item);
  await giveReason(reviewer, "退回理由", "请写明窗口地点", "退回");
  assert.equal(await state(clerk, item), "已退回");
  assert.match(await clerk.getByRole("main").innerText(), /请写明窗口地点/);
  await picture(clerk, `${title}-2-returned`);
  await clerk.goto(`${item}/edit`);
  await fill(clerk, title, "本局近日开放服务窗口，地点在一楼大厅。");
  await press(clerk, "保存");
  await clerk.goto(item);
  await press(clerk, "送审");

  for (const signer of [reviewer, secrecy, leader]) await sign(signer, item);
  await picture(leader, `${title}-3-signed`);
  assert.equal(await state(clerk, item), "待发布");
  assert.equal((await visitor.goto(publicAddress(item))).status(), 404, "approved is not public yet");
  await press(clerk, "发布");
  const published = await visitor.goto(publicAddress(item));
  assert.equal(published.status(), 200);
  assert.equal(await visitor.getByRole("heading", { level: 1 }).innerText(), title);
  assert.match(await visitor.getByRole("main").innerText(), /一楼大厅/);
  assert.equal(await visitor.locator('meta[name="ArticleTitle"]').getAttribute("content"), title);
  await picture(visitor, `${title}-4-public`);
  await visitor.goto("/");
  assert.ok(await visitor.getByRole("link", { name: title }).count(), "the home page names it");

  await clerk.goto(item);
  await giveReason(clerk, /撤下理由/, "内容需要核实", "撤下");
  const gone = await visitor.goto(publicAddress(item));
  assert.equal(gone.status(), 410);
  const text = await visitor.getByRole("main").innerText();
  assert.match(text, /内容需要核实/);
  assert.doesNotMatch(text, /一楼大厅/);
  await picture(visitor, `${title}-5-withdrawn`);
  await visitor.goto("/");
  assert.equal(await visitor.getByRole("link", { name: title }).count(), 0);

  const everybody = [...Object.values(people), visitor];
  assert.deepEqual(everybody.flatMap((page) => page.problems), []);
  for (const page of everybody) await page.context().close();
}

export function tests(world) {
  test("an item goes from draft through return and review to the public and off again", () =>
    life(world, "服务窗口开放"));

  test("the same with scripts off", () =>
    life(world, "无脚本服务窗口开放", { javaScriptEnabled: false }));

  test("a clerk cannot sign the own item and a wrong password lets nobody in", async () => {
    const clerk = await open(world.browser, world.address);
    await signIn(clerk, "clerk");
    const item = await draft(clerk, "自己不能审核自己", "正文。");
    await press(clerk, "送审");
    assert.equal(await clerk.getByRole("button", { name: "签署" }).count(), 0);
    const stranger = await open(world.browser, world.address);
    await stranger.goto("/sign-in");
    await stranger.getByLabel("登录名").fill("commerce-clerk");
    await stranger.getByLabel("密码", { exact: false }).first().fill("wrong");
    await stranger.getByRole("button", { name: "登录", exact: true }).click();
    assert.match(await stranger.getByRole("alert").innerText(), /不对/);
    await stranger.goto(item);
    assert.match(stranger.url(), /sign-in/);
    await clerk.context().close();
    await stranger.context().close();
  });
}
