// A newcomer plays the whole demo in the browser. One story: each step stands on what the ones before it left.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { fits, named, readable, touchable } from "./checks.mjs";
import { PROGRAM, Stage, picture, steps, until } from "./stage.mjs";

let stage, adam, mia;

before(async () => { stage = await Stage.demo(PROGRAM); });
after(async () => { await stage?.close(); });

const step = steps(() => stage);

const press = (page, name) => page.getByRole("button", { name, exact: true }).last().click();
const channels = (page) => page.locator("nav.channels");
const channel = (page, name) => channels(page).getByRole("button", { name: new RegExp(`^${name}(, unread)?$`, "u") });
const category = (page, name) => channels(page).locator("section", { has: page.locator(".category", { hasText: name }) });
const message = (page, text) => page.locator(".message", { hasText: text }).last();

/// Chooses in the select of that name, in the last message that has it.
async function choose(page, select, option) {
  await page.locator(".message .select-field", { hasText: select }).last().click();
  await page.getByRole("option", { name: option }).click();
}

/// The id a channel has in the address once one is there; `null` when there is no such channel.
async function channelId(page, game, name) {
  return page.evaluate(([game, name]) => {
    const section = [...document.querySelectorAll("nav.channels section")].find((one) => one.textContent.includes(game));
    return section?.querySelector(`[data-channel="${name}"]`)?.dataset.id ?? null;
  }, [game, name]);
}

const isWhite = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)");

/// Opens a game's page through the admin panel.
async function manage(page, how, game) {
  await press(page, how);
  await choose(page, "Pick a game", game);
}

step("the page opens with the card, as the person and in the channel of its first step", async () => {
  adam = await stage.person("", "");
  await message(adam, "admin panel").waitFor();
  assert.match(await adam.getByRole("region", { name: "Try this" }).innerText(), /As Adam/u);
  assert.match(adam.url(), /as=adam/u);
  await named(adam);
  await readable(adam);
  await picture(adam, "01-first-look");
});

step("Adam makes a game from the admin panel, and Mia sees it on hers at once", async () => {
  mia = await stage.person("mia", "games");
  await message(mia, "There are no games to join").waitFor();
  await press(adam, "New game");
  const form = adam.getByRole("dialog", { name: "New game" });
  await form.getByLabel("Name").fill("Chess");
  await form.getByLabel("Emoji").fill("♟️");
  await named(adam);
  await readable(adam);
  await picture(adam, "02-form");
  await form.getByRole("button", { name: "Submit" }).click();
  await form.waitFor({ state: "hidden" });
  await message(adam, /Chess.* is ready/u).waitFor();
  await channel(adam, "chat").waitFor();
  await message(mia, "Chess").waitFor();
  await picture(adam, "03-game-made");
});

step("a form with a mistake says so and stays open", async () => {
  await press(adam, "New game");
  const form = adam.getByRole("dialog", { name: "New game" });
  await form.getByRole("button", { name: "Submit" }).click();
  assert.match(await form.getByRole("alert").innerText(), /“Name” is required/u);
  await adam.keyboard.press("Escape");
  await form.waitFor({ state: "hidden" });
});

step("Mia joins, and the game's channels appear on her page", async () => {
  assert.equal(await channel(mia, "chat").count(), 0);
  await press(mia, "Join");
  await message(mia, "Which game do you want to join?").waitFor();
  await choose(mia, "Pick a game", "Chess");
  await channel(mia, "chat").waitFor();
  await category(mia, "Chess").locator(".channel.fresh").first().waitFor();
  await message(mia, /You are in .*Chess/u).waitFor();
  await picture(mia, "04-joined");
});

step("the answer only she sees can be put away", async () => {
  assert.equal(await message(adam, /You are in .*Chess/u).count(), 0);
  const answer = message(mia, /You are in .*Chess/u);
  assert.match(await answer.innerText(), /Only you can see this/u);
  await answer.getByRole("button", { name: "Dismiss message" }).click();
  await until("the message to be gone", async () => (await message(mia, /You are in .*Chess/u).count()) === 0);
});

step("what one writes the other reads, marked up and as text", async () => {
  await channel(mia, "chat").click();
  await mia.getByLabel("Message chat").fill("**hello** <img src=x onerror=alert(1)> @adam ||secret||");
  await mia.keyboard.press("Enter");
  await channel(adam, "chat, unread").waitFor();
  await channel(adam, "chat").click();
  const said = message(adam, "hello");
  assert.equal(await said.locator("strong").innerText(), "hello");
  assert.match(await said.innerText(), /<img src=x onerror=alert\(1\)>/u);
  assert.equal(await said.locator(".mention.mine").innerText(), "@Adam");
  await said.getByRole("button", { name: /Spoiler/u }).click();
  assert.equal(await said.locator(".spoiler.open").innerText(), "secret");
});

step("Ben joins with the keyboard alone: command, suggestion, answer", async () => {
  const ben = await stage.person("ben", "general");
  await message(ben, "Welcome to the").waitFor();
  await ben.keyboard.press("Tab");
  assert.equal(await ben.evaluate(() => document.activeElement.textContent), "Skip to writing");
  await ben.keyboard.press("Enter");
  await ben.keyboard.type("/join");
  await ben.getByRole("option", { name: "/joingame" }).waitFor();
  await named(ben);
  await readable(ben);
  await picture(ben, "05-commands");
  await ben.keyboard.press("Enter");
  await ben.keyboard.type("che");
  await ben.getByRole("option", { name: "Chess" }).waitFor();
  assert.equal(await ben.getByRole("combobox", { name: /^game/u }).inputValue(), "che");
  await picture(ben, "06-autocomplete");
  await ben.keyboard.press("Enter");
  await ben.keyboard.press("Enter");
  await message(ben, /You are in .*Chess/u).waitFor();
  await channel(ben, "chat").waitFor();
  assert.equal(await ben.evaluate(() => document.activeElement.tagName), "TEXTAREA");
  // On to the switcher: it opens, moves and closes by keys.
  await ben.getByRole("button", { name: /^You are Ben/u }).focus();
  await ben.keyboard.press("Enter");
  await ben.getByRole("dialog", { name: "Act as" }).waitFor();
  await ben.keyboard.press("ArrowDown");
  await ben.keyboard.press("Escape");
  await ben.getByRole("dialog", { name: "Act as" }).waitFor({ state: "hidden" });
  assert.match(await ben.evaluate(() => document.activeElement.getAttribute("aria-label")), /^You are Ben/u);
  await ben.context().close();
});

step("a game step by step, with the plan shown first", async () => {
  await channel(adam, "admin").click();
  await press(adam, "New game, step by step");
  const form = adam.getByRole("dialog", { name: "New game, step by step" });
  await form.getByLabel("Name").fill("Go");
  await form.getByRole("button", { name: "Submit" }).click();
  await choose(adam, "Open", "By approval");
  await adam.locator(".message .select-field", { hasText: "By approval" }).waitFor();
  // Several at once, and people.
  await adam.locator(".message .select-field", { hasText: /^Chat/u }).last().click();
  await adam.getByRole("option", { name: "Announcements" }).click();
  await press(adam, "Done");
  await adam.locator(".message .select-field", { hasText: "Announcements" }).waitFor();
  await press(adam, "Show the plan");
  await adam.getByRole("button", { name: "Create the game" }).waitFor();
  await picture(adam, "07-plan");
  await press(adam, "Create the game");
  await message(adam, /Go.* is ready/u).waitFor();
  await category(adam, "Go").waitFor();
});

step("a stranger comes, joins the guild and is let in", async () => {
  const page = await stage.person("kim", "games");
  await page.getByRole("button", { name: /^You are Kim/u }).click();
  await page.getByLabel("Find somebody, or name a new person").fill("Zoe");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Zoe is not in Friendly Dragons" }).waitFor();
  assert.equal(await channel(page, "general").count(), 0);
  await named(page);
  await page.getByRole("button", { name: "Join Friendly Dragons" }).click();
  await channel(page, "games").click();
  await press(page, "Join");
  await choose(page, "Pick a game", "Go");
  await message(page, "I have passed your request on").waitFor();
  await category(adam, "Go").getByRole("button", { name: "chat, unread" }).click();
  await message(adam, "would like to join").waitFor();
  await picture(adam, "08-request");
  await press(adam, "Let in");
  await category(page, "Go").getByRole("button", { name: "chat" }).first().waitFor();
  await channel(adam, "admin").click();
  await page.context().close();
});

step("a member's roles, and a channel deleted by hand, which the bot makes again", async () => {
  const olga = await stage.person("olga", "general");
  await category(olga, "Go").locator('[data-channel="announcements"]').hover();
  await category(olga, "Go").locator('[data-channel="announcements"]').getByRole("button", { name: "Actions for announcements" }).click();
  await named(olga);
  await olga.getByRole("menuitem", { name: "Delete channel…" }).click();
  const old = await channelId(olga, "Go", "announcements");
  await olga.getByRole("dialog", { name: "Delete announcements?" }).getByRole("button", { name: "Delete" }).click();
  await until("the channel to be made again", async () => ![old, null].includes(await channelId(olga, "Go", "announcements")));
  await olga.locator(".member", { hasText: "Sid" }).click();
  await olga.getByRole("menuitem", { name: "Roles…" }).click();
  await olga.getByRole("dialog", { name: "Roles of Sid" }).getByLabel("Keepers").click();
  await olga.locator(".members section", { hasText: "Keepers — 2" }).waitFor();
  await named(olga);
  await olga.keyboard.press("Escape");
  await olga.context().close();
});

step("archived, restored, and deleted for good", async () => {
  await manage(adam, "Archive", "Chess");
  await message(adam, /Archive .*Chess/u).waitFor();
  await press(adam, "Archive");
  await message(adam, /Chess.* is archived/u).waitFor();
  await category(mia, "Chess").getByRole("button", { name: "chat" }).first().click();
  await mia.getByText("You may not write in this channel.").waitFor();
  await picture(mia, "09-archived");
  await manage(adam, "Restore", "Chess");
  await message(adam, /Restore .*Chess/u).waitFor();
  await press(adam, "Restore");
  await message(adam, /Chess.* is back in use/u).waitFor();
  await mia.getByLabel("Message chat").waitFor();
  await manage(adam, "Delete", "Chess");
  await message(adam, /Delete .*Chess/u).waitFor();
  await press(adam, "Delete for good …");
  const form = adam.getByRole("dialog", { name: "Delete the game for good" });
  await form.getByRole("textbox").fill("Chess");
  await form.getByRole("button", { name: "Submit" }).click();
  await message(adam, /Chess.* is gone/u).waitFor();
  // Mia stood in a channel that is no more.
  await until("its channels to be gone for Mia", async () => (await category(mia, "Chess").count()) === 0);
  await mia.getByRole("heading", { name: "general", exact: true }).waitFor();
  await picture(adam, "10-deleted");
});

step("behind the scenes: calls with their reasons, events, no violation, and a fault that strikes", async () => {
  await press(adam, "Behind the scenes: calls, events, faults");
  const panel = adam.getByRole("complementary", { name: "Behind the scenes" });
  await panel.getByLabel("Filter the calls").fill("delete guild role");
  await panel.locator("summary").first().click();
  assert.match(await panel.locator("details[open]").innerText(), /audit reason\s+gamekeeper/u);
  await named(adam);
  await readable(adam);
  await picture(adam, "11-behind-the-scenes");
  await panel.getByRole("tab", { name: "Calls" }).press("ArrowRight");
  await panel.getByLabel("Filter the events").fill("GUILD_ROLE_DELETE");
  await panel.locator("summary").first().waitFor();
  await panel.getByRole("tab", { name: "Rules" }).click();
  await panel.getByText("Nothing so far that Discord would mind").waitFor();
  await panel.getByRole("tab", { name: "Faults" }).click();
  await panel.getByLabel("The next call of").selectOption("create_interaction_response");
  await panel.getByLabel("gets").selectOption("500 error");
  await panel.getByRole("button", { name: "Order it" }).first().click();
  await panel.getByText("1 waiting · 0 struck").waitFor();
  await named(adam);
  await readable(adam);
  await press(adam, "Refresh");
  await panel.getByText("0 waiting · 1 struck").waitFor();
  await panel.getByRole("button", { name: "Reconnect (op 7)" }).click();
  await panel.getByRole("tab", { name: "Events" }).click();
  await panel.getByLabel("Filter the events").fill("RESUMED");
  await panel.locator("summary").first().waitFor();
  await press(adam, "Close the panel");
});

step("by daylight", async () => {
  await press(adam, "Colours: auto");
  await until("the page to turn white", () => isWhite(adam));
  await readable(adam);
  await picture(adam, "12-light");
  await press(adam, "Colours: light");
  const sunny = await stage.person("gus", "games", { colorScheme: "light" });
  assert.ok(await isWhite(sunny), "the machine's setting counts");
  await message(sunny, "Games").waitFor();
  await readable(sunny);
  await sunny.context().close();
});

step("on a phone", async () => {
  const phone = await stage.person("sid", "games", { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await message(phone, "Pick a game to join").waitFor();
  await fits(phone);
  await touchable(phone);
  await picture(phone, "13-phone");
  await phone.getByRole("button", { name: "Guilds and channels" }).tap();
  await channel(phone, "general").waitFor();
  await touchable(phone);
  await picture(phone, "14-phone-channels");
  await channel(phone, "general").tap();
  await message(phone, "Welcome to the").waitFor();
  await phone.getByRole("button", { name: "Slash commands" }).tap();
  await phone.getByRole("option", { name: "/joingame" }).tap();
  await phone.getByRole("option", { name: "Go" }).waitFor();
  await fits(phone);
  await touchable(phone);
  await phone.getByRole("option", { name: "Go" }).tap();
  await phone.getByRole("button", { name: "Send the command" }).tap();
  await message(phone, "I have passed your request on").waitFor();
  await fits(phone);
  await phone.getByRole("button", { name: "Members" }).tap();
  await phone.locator(".members").getByText("Adam").waitFor();
  await touchable(phone);
  await phone.keyboard.press("Escape");
  await phone.getByRole("button", { name: "Behind the scenes: calls, events, faults" }).tap();
  await phone.getByRole("tab", { name: "Faults" }).tap();
  await fits(phone);
  await touchable(phone);
  await phone.context().close();
});

step("a page of another site may not drive the sandbox", async () => {
  const answer = await fetch(`${stage.origin}/sandbox/token`, { method: "POST", headers: { origin: "https://evil.example" } });
  assert.equal(answer.status, 403);
});

step("no page had an error, and none asked anybody else for anything", () => {
  assert.deepEqual(stage.troubles, []);
});
