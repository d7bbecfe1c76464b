// The annual report of a bureau from the text to the public page: handed in, returned with a word on one
// figure, corrected, accepted, added up to the county's, published, and read back by the command.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { open, picture } from "../lib/browser.mjs";
import { press, publicAddress, sign, signIn } from "../lib/workplace.mjs";

const BUREAU = "health";
const OFFICE = "county";
const CELL = "proactive.penalty.decided";
const year = new Date().getFullYear() - 1;
const address = (organ) => `/work/reports/${organ}/${year}`;
const main = (page) => page.getByRole("main");
const run = promisify(execFile);

async function figure(page, organ, cell = CELL) {
  await page.goto(address(organ));
  return main(page).locator(`.report-sheet a[href$="/cells/${cell}"]`).first().innerText();
}

/** Says something to every warning, so that the report may be handed in. */
async function explain(page, organ) {
  await page.goto(address(organ));
  for (let n = 0; n < 40; n += 1) {
    const open_ = main(page).locator("#checks li:not(.answered) form").first();
    if (!(await open_.count())) return;
    await open_.getByLabel("说明").fill("已对照台账核实");
    await open_.getByRole("button", { name: "保存说明" }).click();
  }
  assert.fail("the warnings do not end");
}

async function handIn(clerk, leader, organ) {
  await clerk.goto(address(organ));
  await press(clerk, organ === OFFICE ? "汇总（含下级）" : "从台账汇总");
  await explain(clerk, organ);
  await leader.goto(address(organ));
  await press(leader, "核对无误，报送");
  assert.match(await main(leader).locator(".state").first().innerText(), /已报送/);
}

/** Writes a section with a live field and sees it worked out. */
async function write(page, organ) {
  await page.goto(`${address(organ)}/text`);
  const field = page.locator("textarea[name=section_6]");
  await field.fill("全年作出行政处罚决定 {proactive.penalty.decided} 件。全年没有收取政府信息公开信息处理费。");
  await press(page, "保存正文");
  const problem = page.getByRole("alert");
  if (await problem.count()) assert.fail(await problem.first().innerText());
}

async function publish(people, report) {
  const { clerk, reviewer, secrecy, leader } = people;
  await clerk.goto(report);
  await press(clerk, "生成公开稿");
  const item = clerk.url();
  for (let n = 0; n < 40; n += 1) {
    const found = main(clerk).locator("#findings li:not(.answered)").first();
    if (!(await found.count())) break;
    await found.getByLabel("保留的理由").fill("官方表格的数字");
    await found.getByRole("button", { name: "保留" }).click();
  }
  await press(clerk, "送审");
  for (const signer of [reviewer, secrecy, leader]) await sign(signer, item);
  await clerk.goto(report);
  await press(clerk, "公布");
  assert.match(await main(clerk).locator(".state").first().innerText(), /已公布/);
  return publicAddress(item);
}

async function downloaded(page, folder, ending) {
  const link = main(page).locator(".files a", { hasText: `.${ending}` });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const path = join(folder, `report.${ending}`);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  await writeFile(path, Buffer.concat(chunks));
  return path;
}

async function read(path) {
  const binary = process.env.GONGKAI_BINARY;
  const { stdout } = await run(binary, ["report", "read", "--json", path], { maxBuffer: 1 << 26 });
  const report = JSON.parse(stdout);
  return (Array.isArray(report) ? report[0] : report).figures;
}

export function tests(world) {
  test("a report is returned, corrected, accepted, added up, published and read back", async () => {
    const people = {};
    for (const role of ["clerk", "reviewer", "secrecy", "leader"]) {
      people[role] = await open(world.browser, world.address);
      await signIn(people[role], role, BUREAU);
    }
    const { clerk, leader } = people;
    const office = await open(world.browser, world.address);
    await signIn(office, "office", OFFICE);

    await write(clerk, BUREAU);
    await handIn(clerk, leader, BUREAU);
    const before = Number(await figure(clerk, BUREAU));
    assert.match(await main(clerk).innerText(), new RegExp(`行政处罚决定 ${before} 件`), "the field is worked out");

    await office.goto(address(BUREAU));
    await office.getByLabel("要改正什么").fill("行政处罚漏计一件");
    await office.getByLabel("指标 1（可不选）").selectOption(CELL);
    await office.getByLabel("意见 1").fill("台账少一件");
    await press(office, "退回");
    await clerk.goto(address(BUREAU));
    assert.match(await main(clerk).innerText(), /退回：行政处罚漏计一件[^]*台账少一件/);
    await picture(clerk, "report-1-returned");

    await clerk.goto(`/work/registers/${BUREAU}?year=${year}`);
    await clerk.getByLabel(/类别/).first().selectOption("penalty");
    await clerk.locator("input[name=number]").fill("示范补录1号");
    await clerk.locator("form.editor input[name=on], input[name=on]").first().fill(`${year}-06-03`);
    await press(clerk, "登记");
    await handIn(clerk, leader, BUREAU);
    assert.equal(Number(await figure(clerk, BUREAU)), before + 1);
    assert.match(await main(clerk).innerText(), new RegExp(`行政处罚决定 ${before + 1} 件`));
    assert.ok(await main(clerk).locator("figure.figured img").count(), "the charts stand below");
    await picture(clerk, "report-2-handed-in");

    await office.goto(address(BUREAU));
    await press(office, "接收");
    await office.goto(address(OFFICE));
    await press(office, "汇总（含下级）");
    await office.goto(`${address(OFFICE)}/cells/${CELL}`);
    const part = main(office).locator("tr, li", { hasText: "卫生健康局" }).first();
    assert.match(await part.innerText(), new RegExp(`\\b${before + 1}\\b`), "the sum opens to its parts");
    await picture(office, "report-3-sum");

    const page = await publish(people, address(BUREAU));
    const visitor = await open(world.browser, world.address);
    await visitor.goto(page);
    assert.match(await main(visitor).innerText(), new RegExp(`行政处罚决定 ${before + 1} 件`));
    for (const image of await main(visitor).locator("figure.figured img").all()) {
      await image.scrollIntoViewIfNeeded();
      const width = await image.evaluate(async (each) => (await each.decode(), each.naturalWidth));
      assert.ok(0 < width, "each chart is drawn");
    }
    await picture(visitor, "report-4-public");
    const folder = await mkdtemp(join(tmpdir(), "gongkai-report-"));
    const first = await read(await downloaded(visitor, folder, "json"));
    assert.equal(first[CELL], String(before + 1));
    for (const ending of ["docx", "pdf", "xlsx", "csv"]) {
      const figures = await read(await downloaded(visitor, folder, ending));
      assert.deepEqual(figures, first, `${ending} says the same`);
    }
    await rm(folder, { recursive: true });
    const everybody = [...Object.values(people), office, visitor];
    assert.deepEqual(everybody.flatMap((each) => each.problems), []);
    for (const each of everybody) await each.context().close();
  });
}
