// The program under test: the demonstration in a directory of its own on a free loopback port.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Starts `gongkai serve --demo`; answers its address and how to stop it. */
export async function start() {
  const binary = process.env.GONGKAI_BINARY;
  if (!binary) throw new Error("GONGKAI_BINARY is not set; start the tests with scripts/e2e");
  const data = await mkdtemp(join(tmpdir(), "gongkai-e2e-"));
  const child = spawn(binary, ["serve", "--demo", "--data", data, "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  // Whatever ends the tests ends the program too.
  process.once("exit", () => child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
      if (found) resolve(found[0]);
    });
    ended.then((code) => reject(new Error(`the program ended with ${code}`)));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 5000);
    const code = await ended;
    clearTimeout(late);
    await rm(data, { recursive: true, force: true });
    return code;
  };
  return { address, stop };
}
