// A stage for the browser: the program started as a user would, and a Chromium to look at it with.

import { spawn, execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];

/// How long anything may take. The machine may be busy; a wait that works ends at once.
export const PATIENCE = 20_000;

export const PROGRAM = process.env.GAMEKEEPER ?? new URL("../../../../target/debug/gamekeeper", import.meta.url).pathname;

const PICTURES = process.env.SCREENSHOTS ? new URL("../../../../docs/screenshots/", import.meta.url).pathname : null;

/// A folder with a page under work, shown instead of the one built into the program (PAGE=dist).
const OWN = process.env.PAGE;

function browserPath() {
  for (const name of [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"].filter(Boolean)) {
    try {
      return execFileSync("sh", ["-c", 'command -v "$1"', "sh", name], { encoding: "utf8" }).trim();
    } catch {
      // Not this one.
    }
  }
  throw new Error("there is no Chromium; scripts/test-page installs it");
}

/// Starts the program and waits for what it prints: a line with what is looked for.
async function start(program, args, wanted) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  const found = await new Promise((done, failed) => {
    child.stdout.on("data", (bytes) => {
      said += bytes;
      const match = wanted.exec(said);
      if (match) done(match[1]);
    });
    child.on("exit", (code) => failed(new Error(`${args[0]} ended with ${code}: ${said}`)));
    child.on("error", failed);
  });
  return { child, found };
}

export class Stage {
  /// What went wrong on any page: errors on the console, requests that failed or went elsewhere.
  troubles = [];
  #end = [];

  /// `gamekeeper demo`, as a newcomer starts it.
  static demo(program) {
    return Stage.#set(program, ["demo", "--port", "0"], /Play in the browser: (\S+)/u, (stage, found) => { stage.address = found; });
  }

  /// `gamekeeper sandbox`, with no bot on it but the test.
  static sandbox(program) {
    return Stage.#set(program, ["sandbox", "--port", "0", "--json"], /^(\{.*\})$/mu, (stage, found) => {
      stage.card = JSON.parse(found);
      stage.address = stage.card.page;
    });
  }

  static async #set(program, args, wanted, read) {
    const stage = new Stage();
    try {
      const { child, found } = await start(program, args, wanted);
      stage.#end.push(() => stop(child));
      read(stage, found);
      stage.origin = new URL(stage.address).origin;
      const profile = await mkdtemp(join(tmpdir(), "page-test-"));
      stage.#end.push(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
      stage.profile = profile;
      stage.browser = await chromium.launch({ executablePath: browserPath(), args: FLAGS, headless: true, env: { ...process.env, HOME: profile } });
      stage.#end.push(() => stage.browser.close());
      return stage;
    } catch (problem) {
      await stage.close();
      throw problem;
    }
  }

  /// A person with a browser of their own, looking at a channel.
  async person(name, channel, options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1200, height: 760 }, colorScheme: "dark", locale: "en-GB", reducedMotion: "reduce", ...options });
    for (const name of OWN ? ["page.js", "page.css"] : []) await context.route(`**/app/${name}`, (route) => route.fulfill({ path: `${OWN}/${name}` }));
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("console", (line) => ["error", "warning"].includes(line.type()) && this.troubles.push(`${name}: ${line.text()}`));
    page.on("pageerror", (error) => this.troubles.push(`${name}: ${error.stack}`));
    page.on("requestfailed", (request) => this.troubles.push(`${name}: ${request.url()} failed`));
    page.on("request", (request) => request.url().startsWith(this.origin) || this.troubles.push(`${name}: asked ${request.url()}`));
    page.on("response", (answer) => answer.status() >= 400 && this.troubles.push(`${name}: ${answer.url()} gave ${answer.status()}`));
    await page.goto(name ? `${this.address}#as=${name}&in=${channel}` : this.address);
    await page.locator(".app").waitFor();
    return page;
  }

  /// Pictures of all pages as they are now, for whoever looks into a failure.
  async pictures() {
    const folder = await mkdtemp(join(tmpdir(), "page-failed-"));
    const pages = this.browser.contexts().flatMap((context) => context.pages());
    await Promise.all(pages.map((page, at) => page.screenshot({ path: join(folder, `${at}.png`) })));
    return folder;
  }

  async close() {
    for (const end of this.#end.reverse()) await end();
  }
}

function stop(child) {
  return new Promise((done) => {
    if (child.exitCode !== null) return done();
    child.on("exit", done);
    child.kill("SIGTERM");
  });
}

/// Keeps a picture of a step, when asked to (SCREENSHOTS=1).
export async function picture(page, name) {
  if (!PICTURES) return;
  await page.locator(".toast").waitFor({ state: "hidden" });
  await page.screenshot({ path: `${PICTURES}${name}.png`, animations: "disabled" });
}

/// Steps of one story. One that went wrong would only make those after it wrong too, so they are left out.
export function steps(stage) {
  let broken = false;
  return (name, play) => test(name, async (t) => {
    if (broken) return t.skip("a step before it went wrong");
    try {
      await play();
    } catch (problem) {
      broken = true;
      t.diagnostic(`what the pages showed: ${await stage()?.pictures()}`);
      throw problem;
    }
  });
}

/// Waits until something holds.
export async function until(what, holds) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((go) => setTimeout(go, 50));
  }
}
