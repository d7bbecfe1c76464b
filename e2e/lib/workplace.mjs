// What people do in the workplace, in the words of its pages. The one place to change with them.
import assert from "node:assert/strict";

export const PASSWORD = "Gongkai-demo-1";
export const ORGAN = "commerce";

export async function signIn(page, role, organ = ORGAN) {
  await page.goto("/sign-in");
  await page.getByLabel("登录名").fill(`${organ}-${role}`);
  await page.getByLabel("密码", { exact: false }).first().fill(PASSWORD);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.waitForURL("**/work");
}

export async function press(page, name) {
  await page.getByRole("main").getByRole("button", { name, exact: true }).first().click();
}

/** Drafts an item and answers the address of its page in the workplace. */
export async function draft(page, title, text) {
  await page.goto("/work/items/new?kind=work_news");
  await fill(page, title, text);
  await press(page, "保存");
  const problem = page.getByRole("alert");
  if (await problem.count()) assert.fail(`the draft was not taken: ${await problem.first().innerText()}`);
  return page.url().replace(/\/edit$/, "");
}

export async function fill(page, title, text) {
  await page.locator("input[name=title]").fill(title);
  const plain = page.locator("input[name=markup][value=plain]");
  if (await plain.count()) await plain.check();
  await page.locator("textarea[name=text]").fill(text);
  const subject = page.locator("select[name=subject]");
  if ((await subject.count()) && !(await subject.inputValue())) {
    await subject.selectOption("general_affairs.open_government");
  }
  const source = page.locator("input[name=source]");
  if (await source.count()) await source.fill("本机关");
}

/** Signs the step that waits, with what it asks for. */
export async function sign(page, item) {
  await page.goto(item);
  const secrecy = page.getByRole("radio", { name: "可公开", exact: true });
  if (await secrecy.count()) await secrecy.check();
  await page.getByLabel("意见").first().fill("同意");
  await press(page, "签署");
}

export async function giveReason(page, label, reason, button) {
  const field = page.getByLabel(label).first();
  if (!(await field.isVisible())) {
    await page.locator("details", { has: page.getByLabel(label) }).locator("summary").first().click();
  }
  await field.fill(reason);
  await press(page, button);
}

/** The word for the state of the item. */
export async function state(page, item) {
  await page.goto(item);
  return (await page.getByRole("main").locator(".state").first().innerText()).trim();
}

export const publicAddress = (item) => item.replace("/work/items/", "/items/");
