// A member of the public asks, follows, supplements nothing and withdraws: with scripts and without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { barriers, DESK, open, overflow, PHONE, picture } from "../lib/browser.mjs";

const TELEPHONE = "00055556666";

async function fill(page, wanted) {
  await page.goto("/on-request");
  await page.getByRole("link", { name: "网上提交申请" }).click();
  await page.getByLabel("向哪个机关申请").selectOption({ index: 1 });
  await page.getByRole("radio", { name: "自然人" }).check();
  await page.getByRole("button", { name: "下一步" }).click();
  await page.locator("[name=name]").fill("王某");
  await page.getByLabel("身份证明").selectOption("护照");
  await page.locator("[name=document_number]").fill("E00000001");
  await page.locator("[name=telephone]").fill(TELEPHONE);
  await page.getByLabel("文件或者信息的名称").fill(wanted);
  await page.getByLabel("信息的形式").selectOption("electronic");
}

/** From the form to the withdrawal; `look` sees every page on the way. */
async function course(page, wanted, look) {
  await fill(page, wanted);
  await look("form");
  await page.getByRole("button", { name: "下一步" }).click();
  assert.match(await page.getByRole("alert").innerText(), /获取的方式/);
  assert.equal(await page.getByLabel("文件或者信息的名称").inputValue(), wanted);
  await look("problem");
  await page.getByLabel("获取的方式").selectOption("online");
  await page.getByRole("button", { name: "下一步" }).click();
  await look("confirm");
  await page.getByRole("button", { name: "提交申请" }).click();
  const code = await page.locator(".code").innerText();
  assert.match(code, /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
  await look("receipt");
  await page.goto("/on-request/track");
  await look("track");
  await page.getByLabel("查询码").fill(code);
  await page.getByLabel("联系方式").fill(TELEPHONE);
  await page.getByRole("button", { name: "查询" }).click();
  assert.match(await page.getByRole("main").innerText(), /办理中/);
  await look("case");
  await page.getByText("撤回申请").first().click();
  await page.getByRole("checkbox", { name: "我确定撤回" }).check();
  await page.getByRole("button", { name: "撤回申请" }).click();
  assert.match(await page.getByRole("main").innerText(), /已经撤回[^]*已办结/);
  await look("withdrawn");
}

export function tests(world) {
  test("somebody asks, follows and withdraws on pages without barriers that fit a phone", async () => {
    const page = await open(world.browser, world.address);
    const wrong = [];
    await course(page, "某项目年度计划", async (name) => {
      wrong.push(...(await barriers(page)));
      await picture(page, `asking-${name}`);
      await page.setViewportSize(PHONE);
      if (1 < (await overflow(page))) wrong.push(`${page.url()}: wider than a phone`);
      await picture(page, `asking-${name}-phone`);
      await page.setViewportSize(DESK);
    });
    assert.deepEqual([...wrong, ...page.problems], []);
    await page.context().close();
  });

  test("the same without scripts", async () => {
    const page = await open(world.browser, world.address, { javaScriptEnabled: false });
    await course(page, "某项目年度预算", async () => {});
    await page.context().close();
  });

  test("the clock shows every day in words", async () => {
    const page = await open(world.browser, world.address);
    await page.goto("/clock");
    await page.getByLabel("收到申请之日").fill("2025-03-03");
    await page.getByRole("button", { name: "计算" }).click();
    assert.match(await page.getByRole("main").innerText(), /最迟答复日：2025-03-31/);
    assert.deepEqual([...(await barriers(page)), ...page.problems], []);
    await page.context().close();
  });
}
