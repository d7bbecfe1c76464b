// All browser tests, in one browser against one demonstration; `scripts/e2e` starts it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./lib/browser.mjs";
import { start } from "./lib/program.mjs";
import { tests as asking } from "./tests/asking.mjs";
import { tests as editor } from "./tests/editor.mjs";
import { tests as everywhere } from "./tests/everywhere.mjs";
import { tests as keyboard } from "./tests/keyboard.mjs";
import { tests as publication } from "./tests/publication.mjs";
import { tests as reports } from "./tests/reports.mjs";
import { tests as requests } from "./tests/requests.mjs";

const world = {};

before(async () => {
  const program = await start();
  Object.assign(world, program, { browser: await launch() });
});

publication(world);
requests(world);
reports(world);
asking(world);
keyboard(world);
editor(world);
everywhere(world);

test("the program stops by itself when it is told to", async () => {
  assert.equal(await world.stop(), 0);
  world.stopped = true;
});

after(async () => {
  await world.browser?.close();
  if (!world.stopped) await world.stop?.();
});
