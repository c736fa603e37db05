// Everything a bot can show, on a sandbox without Gamekeeper: embeds, all components, all inputs of a form, and all
// options of a command.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Bot } from "./bot.mjs";
import { fits, named, readable, touchable } from "./checks.mjs";
import { PROGRAM, Stage, picture, steps, until } from "./stage.mjs";

const step = steps(() => stage);
let stage, bot, page, channel, person, role;

before(async () => {
  stage = await Stage.sandbox(PROGRAM);
  bot = new Bot(stage.card);
  const [guild] = stage.card.guilds;
  [channel] = guild.channels;
  person = guild.members.find((one) => one.name !== guild.owner.name && one.name !== "Bot") ?? guild.owner;
  role = guild.roles.at(-1);
  page = await stage.person(guild.owner.name.toLowerCase(), channel.id);
});
after(async () => { await stage?.close(); });

const box = () => page.locator(".message", { has: page.locator(".section") });
const message = (text) => page.locator(".message", { hasText: text }).last();

step("embeds, files and marks of all kinds", async () => {
  await bot.say(channel.id, {
    content: `# Heading\n**bold** *it* __under__ ~~gone~~ \`code\` <@${person.id}> <#${channel.id}> <:wave:123456789012345678> <t:1700000000:D> <#1>\n-# small\n> quoted\n1. one\n2. two\n\`\`\`js\nlet x = "<b>";\n\`\`\``,
    embeds: [{
      title: "An embed", url: "https://example.com/", description: "With **marks**", color: 0xe0a040, author: { name: "Somebody" }, footer: { text: "Foot" },
      fields: [{ name: "Left", value: "1", inline: true }, { name: "Right", value: "2", inline: true }, { name: "Below", value: "3" }],
      image: { url: "https://example.com/picture.png" }, thumbnail: { url: "https://example.com/small.png" },
    }],
  });
  const shown = message("An embed");
  await shown.waitFor();
  for (const [what, text] of [["strong", "bold"], ["em", "it"], ["u", "under"], ["s", "gone"], ["blockquote", "quoted"], ["ol li", "one"], [".small", "small"], ["pre", 'let x = "<b>";'], [".h1", "Heading"]]) {
    assert.equal((await shown.locator(what).first().innerText()).trim(), text);
  }
  assert.match(await shown.innerText(), new RegExp(`@${person.name}.*#${channel.name}.*:wave:.*#unknown`, "su"));
  assert.equal(await shown.getByRole("link", { name: "An embed" }).getAttribute("rel"), "noopener noreferrer nofollow");
  assert.equal(await shown.getByRole("img", { name: /^Picture/u }).count(), 2);
  await named(page);
  await readable(page);
  await picture(page, "15-embed");
});

step("all components of a message", async () => {
  await bot.say(channel.id, {
    flags: 1 << 15,
    components: [{
      type: 17, accent_color: 0x2288cc, components: [
        { type: 9, components: [{ type: 10, content: "### A section" }, { type: 10, content: "with a picture beside it" }], accessory: { type: 11, media: { url: "https://example.com/thumb.png" }, description: "A thumb" } },
        { type: 14, divider: true, spacing: 2 },
        { type: 12, items: [{ media: { url: "https://example.com/a.png" } }, { media: { url: "https://example.com/b.png" }, description: "Two" }] },
        { type: 9, components: [{ type: 10, content: "Text beside a button" }], accessory: { type: 2, style: 5, label: "Docs", url: "https://example.com/docs" } },
        { type: 1, components: [1, 2, 3, 4].map((style) => ({ type: 2, style, label: `Style ${style}`, custom_id: `b${style}`, disabled: style === 4, emoji: style === 3 ? { name: "🎲" } : undefined })) },
        { type: 1, components: [{ type: 3, custom_id: "pick", placeholder: "Pick two", min_values: 1, max_values: 2, options: ["Red", "Green", "Blue"].map((label) => ({ label, value: label.toLowerCase(), description: `The colour ${label}` })) }] },
        { type: 1, components: [{ type: 5, custom_id: "who", placeholder: "Whom?" }] },
        { type: 1, components: [{ type: 6, custom_id: "role", placeholder: "Which role?" }] },
        { type: 1, components: [{ type: 7, custom_id: "any", placeholder: "Whom or which?" }] },
        { type: 1, components: [{ type: 8, custom_id: "where", placeholder: "Where?", channel_types: [0] }] },
      ],
    }],
  });
  const shown = box();
  await shown.waitFor();
  assert.ok(await shown.getByRole("button", { name: "Style 4" }).isDisabled());
  assert.match(await shown.getByRole("link", { name: /Docs/u }).getAttribute("href"), /docs$/u);
  assert.equal(await shown.locator(".select-field").count(), 5);
  await named(page);
  await readable(page);
  await picture(page, "16-components");
});

step("choices are sent when the list closes, and an error shows below", async () => {
  await box().locator(".select-field", { hasText: "Pick two" }).click();
  await page.getByRole("option", { name: "Red" }).click();
  await page.getByRole("option", { name: "Blue" }).click();
  await page.getByRole("option", { name: "Green" }).click();
  assert.equal(await page.getByRole("option", { selected: true }).count(), 2, "no more than two");
  await page.keyboard.press("Escape");
  await box().locator(".select-field", { hasText: "Pick two" }).click();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Done" }).click();
  await bot.answer(3, { type: 4, data: { content: "two colours", flags: 64 } });
  await message("two colours").waitFor();
  await box().locator(".select-field", { hasText: "Which role?" }).click();
  await page.getByRole("option", { name: role.name }).click();
  await bot.answer(3, { type: 6 });
  // Nobody answers this one: after three seconds the client says so.
  await page.getByRole("button", { name: "Style 2" }).click();
  await box().getByText("The application did not respond").waitFor();
  await box().getByRole("button", { name: "Dismiss" }).click();
});

step("all inputs of a form", async () => {
  await page.getByRole("button", { name: "Style 1" }).click();
  const input = (label, component, description) => ({ type: 18, label, description, component });
  await bot.answer(3, {
    type: 9, data: {
      custom_id: "form", title: "A form", components: [
        input("Short", { type: 4, style: 1, custom_id: "short", min_length: 2, max_length: 10 }, "Two to ten letters"),
        input("Colour", { type: 3, custom_id: "colour", options: [{ label: "Red", value: "red" }, { label: "Blue", value: "blue" }] }),
        input("One of", { type: 21, custom_id: "radio", options: [{ label: "This", value: "this" }, { label: "That", value: "that" }] }),
        input("Some of", { type: 22, custom_id: "some", required: false, options: [{ label: "Tea", value: "tea" }, { label: "Cake", value: "cake" }] }),
        input("I agree", { type: 23, custom_id: "agree" }),
      ],
    },
  });
  const form = page.getByRole("dialog", { name: "A form" });
  await form.getByLabel("Short").fill("x");
  await form.locator(".select-field").click();
  await page.getByRole("option", { name: "Blue" }).click();
  await form.getByLabel("That").check();
  await form.getByLabel("Cake").check();
  await form.getByLabel("I agree").check();
  await form.getByRole("button", { name: "Submit" }).click();
  assert.match(await form.getByRole("alert").innerText(), /“Short” takes 2 to 10 characters/u);
  await named(page);
  await readable(page);
  await picture(page, "17-inputs");
  await form.getByLabel("Short").fill("fine");
  await form.getByRole("button", { name: "Submit" }).click();
  await bot.answer(5, { type: 4, data: { content: "thank you" } });
  await form.waitFor({ state: "hidden" });
  await message("thank you").waitFor();
});

step("all options of a command, and a reply that is thought about", async () => {
  await bot.register([
    {
      name: "zoo", description: "All kinds of options", options: [
        { type: 3, name: "text", description: "Some text", required: true, autocomplete: true },
        { type: 4, name: "number", description: "A number", min_value: 1 },
        { type: 5, name: "flag", description: "Yes or no" },
        { type: 6, name: "person", description: "Somebody" },
        { type: 7, name: "place", description: "A channel" },
        { type: 3, name: "pick", description: "One of these", choices: [{ name: "First", value: "1" }, { name: "Second", value: "2" }] },
      ],
    },
    { type: 3, name: "Quote this" },
    { type: 2, name: "Wave at" },
  ]);
  const writing = page.getByRole("textbox", { name: `Message ${channel.name}` });
  await writing.fill("/zoo");
  await page.getByRole("option", { name: "/zoo" }).click();
  const option = (name) => page.getByRole("combobox", { name: new RegExp(`^${name}:`, "u") });
  await page.keyboard.type("ele");
  await bot.answer(4, { type: 8, data: { choices: [{ name: "Elephant", value: "elephant" }] } });
  await page.getByRole("option", { name: "Elephant" }).click();
  await page.getByRole("textbox", { name: /^number:/u }).fill("7");
  await option("flag").fill("tr");
  await page.keyboard.press("Enter");
  await option("person").fill(person.name);
  await page.getByRole("option", { name: person.name }).first().click();
  await option("pick").fill("Sec");
  await page.keyboard.press("Tab");
  assert.equal(await option("pick").inputValue(), "Second");
  await named(page);
  await readable(page);
  await picture(page, "18-options");
  await page.getByRole("button", { name: "Send the command" }).click();
  const asked = await bot.answer(2, { type: 5 });
  await page.getByText("is thinking…").waitFor();
  await bot.call("PATCH", `/webhooks/${stage.card.application_id}/${asked.token}/messages/@original`, { content: "An elephant it is" });
  await message("An elephant it is").waitFor();
  assert.match(await message("An elephant it is").innerText(), /used \/zoo/u);
});

step("commands of context menus", async () => {
  await message("An elephant it is").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Quote this" }).click();
  await bot.answer(2, { type: 4, data: { content: "quoted" } });
  await message("quoted").waitFor();
  await page.locator(".member", { hasText: person.name }).click();
  await page.getByRole("menuitem", { name: "Wave at" }).click();
  await bot.answer(2, { type: 4, data: { content: "waved" } });
  await message("waved").waitFor();
  await message("waved").click({ button: "right" });
  await page.getByRole("menuitem", { name: "🎉" }).click();
  await message("waved").getByRole("button", { name: "🎉, 1", pressed: true }).click();
  await until("the reaction to be taken back", async () => (await message("waved").locator(".reaction").count()) === 0);
  await message("waved").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Pin" }).click();
  await page.getByRole("button", { name: "Pinned messages (2)" }).click();
  await page.getByRole("dialog", { name: "Pinned messages" }).getByText("waved").waitFor();
  await page.keyboard.press("Escape");
});

step("threads and direct messages", async () => {
  const said = await bot.say(channel.id, { content: "Let us talk about it" });
  const thread = await bot.call("POST", `/channels/${channel.id}/messages/${said.id}/threads`, { name: "about it" });
  await page.locator(".channel.deep", { hasText: "about it" }).getByRole("button").first().click();
  await page.getByRole("heading", { name: "about it", exact: true }).first().waitFor();
  await bot.say(thread.id, { content: "In here" });
  await message("In here").waitFor();
  const direct = await bot.call("POST", "/users/@me/channels", { recipient_id: stage.card.guilds[0].owner.id });
  await bot.say(direct.id, { content: "Just between us" });
  await page.getByRole("button", { name: "Direct messages" }).click();
  await message("Just between us").waitFor();
  await named(page);
});

step("all of it on a phone", async () => {
  const phone = await stage.person(stage.card.guilds[0].owner.name.toLowerCase(), channel.id, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await phone.locator(".message", { hasText: "A section" }).first().waitFor();
  await fits(phone);
  await touchable(phone);
  await phone.context().close();
});

step("no page had an error, and none asked anybody else for anything", () => {
  assert.deepEqual(stage.troubles, []);
});
