// The steps of conformance/README.md with discord.js.

import assert from "node:assert/strict";
import {
  ChannelType,
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  OverwriteType,
  PermissionFlagsBits,
} from "discord.js";
import { GREET, answerPeople } from "./bot.mjs";
import { act, calls, control, forget, hand, look } from "./human.mjs";
import { result, step, until } from "./steps.mjs";

const { SANDBOX_URL, SANDBOX_TOKEN, SANDBOX_GUILD } = process.env;
const { Guilds, GuildMembers, GuildMessages, MessageContent } = GatewayIntentBits;
const client = new Client({
  intents: [Guilds, GuildMembers, GuildMessages, MessageContent],
  // The one setting that points a bot at another Discord.
  rest: { api: `${SANDBOX_URL}/api` },
});
const problems = [];
answerPeople(client, problems);

const heard = { messages: [], roles: [], resumed: 0, members: [] };
client.on(Events.MessageCreate, (message) => heard.messages.push(message.content));
client.on(Events.GuildRoleCreate, (role) => heard.roles.push(role.name));
client.on(Events.GuildMemberUpdate, (_, member) => heard.members.push(member));
client.on(Events.ShardResume, () => (heard.resumed += 1));
client.on(Events.Error, (problem) => problems.push(problem));

let guild, general, greeting, role, category, channel, message;
const named = (cache, name) => cache.find((one) => one.name === name);

await step("log-in", async () => {
  await client.login(SANDBOX_TOKEN);
  await until("ready", () => client.isReady());
  assert.equal(client.user.bot, true);
});

await step("caches", async () => {
  guild = client.guilds.cache.get(SANDBOX_GUILD);
  assert.equal(guild.name, "Conformance");
  assert.deepEqual(guild.roles.cache.map((one) => one.name).sort(), ["@everyone", "Bot", "Player"]);
  assert.equal(named(guild.roles.cache, "Player").hexColor, "#3498db");
  general = named(guild.channels.cache, "general");
  assert.equal(general.topic, "Everything");
  assert.equal(named(guild.channels.cache, "Round Table").parent.name, "Games");
  await guild.members.fetch();
  assert.equal(guild.members.cache.size, guild.memberCount);
  const bob = guild.members.cache.find((one) => one.displayName === "Bobby");
  assert.equal(bob.roles.highest.name, "Player");
  assert.equal((await guild.fetchOwner()).user.displayName, "Olga");
});

await step("register-commands", async () => {
  await guild.commands.set([GREET]);
  const known = await guild.commands.fetch();
  assert.deepEqual(known.map((one) => one.name), ["greet"]);
});

await step("command", async () => {
  const told = await act("Alice", "slash", { command: "greet", options: { name: "World" } });
  assert.equal(told.first.kind, "message");
  greeting = told.message;
  assert.equal(greeting.content, "Hello, World!");
  assert.deepEqual(greeting.buttons.map((one) => one.label), ["Press", "Ask"]);
  assert.equal(greeting.selects[0].placeholder, "Pick one");
});

await step("autocomplete", async () => {
  const told = await act("Alice", "autocomplete", { command: "greet", options: { name: "Wo" }, focused: "name" });
  assert.deepEqual(told.first.choices.map((one) => one.value), ["Wonderland", "World"]);
});

await step("button", async () => {
  const told = await act("Bob", "click", { message: greeting.id, button: "Press" });
  assert.deepEqual([told.first.kind, told.message.content], ["updated", "Pressed by Bob"]);
});

await step("select", async () => {
  const told = await act("Bob", "select", { message: greeting.id, select: "Pick one", values: ["blue"] });
  assert.deepEqual([told.message.content, told.message.ephemeral], ["You picked blue", true]);
});

await step("modal", async () => {
  const asked = await act("Bob", "click", { message: greeting.id, button: "Ask" });
  assert.equal(asked.first.modal.inputs[0].label, "Why?");
  const told = await act("Bob", "submit", { interaction: asked.interaction, values: { "Why?": "fun" } });
  assert.equal(told.first.kind, "deferred");
  const settled = await control("GET", `/interactions/${told.interaction}?settled=true`);
  assert.equal(settled.message.content, "Because: fun");
  assert.deepEqual(problems, []);
});

await step("role", async () => {
  role = await guild.roles.create({
    name: "Champion",
    colors: { primaryColor: "#e67e22" },
    permissions: [PermissionFlagsBits.ManageMessages],
    reason: "a conformance step",
  });
  assert.equal(role.hexColor, "#e67e22");
  const bob = guild.members.cache.find((one) => one.displayName === "Bobby");
  await bob.roles.add(role, "well played");
  await until("the event", () => heard.members.some((one) => one.roles.cache.has(role.id)));
});

await step("channels", async () => {
  category = await guild.channels.create({ name: "Finals", type: ChannelType.GuildCategory });
  const { ViewChannel, SendMessages } = PermissionFlagsBits;
  channel = await guild.channels.create({
    name: "Grand Final",
    parent: category,
    permissionOverwrites: [
      { id: guild.id, type: OverwriteType.Role, deny: [ViewChannel] },
      { id: role, type: OverwriteType.Role, allow: [ViewChannel] },
      { id: client.user, type: OverwriteType.Member, allow: [ViewChannel, SendMessages] },
    ],
  });
  assert.deepEqual([channel.name, channel.parentId], ["grand-final", category.id]);
  const sees = async (who) => (await look(who, "channels")).some((one) => one.id === channel.id);
  assert.deepEqual([await sees("Bob"), await sees("Alice")], [true, false]);
});

await step("edit", async () => {
  channel = await channel.edit({ name: "final", topic: "Silence, please" });
  assert.deepEqual([channel.name, channel.topic], ["final", "Silence, please"]);
  role = await role.edit({ name: "Winner", hoist: true });
  assert.deepEqual([role.name, role.hoist], ["Winner", true]);
  message = await channel.send("1 : 0");
  message = await message.edit("1 : 1");
  assert.deepEqual([message.content, message.editedAt !== null], ["1 : 1", true]);
});

await step("pin", async () => {
  await message.pin("the score");
  const pins = await channel.messages.fetchPins();
  assert.deepEqual(pins.items.map((one) => one.message.id), [message.id]);
  await message.unpin();
  assert.equal((await channel.messages.fetchPins()).items.length, 0);
});

await step("delete", async () => {
  await message.delete();
  await channel.delete("it is over");
  await category.delete();
  await role.delete();
  await until("the events", () => !guild.channels.cache.has(channel.id) && !guild.roles.cache.has(role.id));
  await assert.rejects(client.rest.delete(`/channels/${channel.id}`), (error) => {
    return error instanceof DiscordAPIError && error.status === 404 && error.code === 10003;
  });
});

const session = async () => (await control("GET", "/gateway")).map((one) => one.id).join();

await step("resume", async () => {
  const before = await session();
  await control("POST", "/gateway", { upset: "drop" });
  await hand({ do: "say", by: "Alice", channel: "general", text: "Are you there?" });
  await hand({ do: "create_role", name: "Meanwhile" });
  await until("the resume", () => heard.resumed === 1);
  await until("the events", () => heard.messages.includes("Are you there?") && heard.roles.includes("Meanwhile"));
  const times = (list, what) => list.filter((one) => one === what).length;
  assert.deepEqual([times(heard.messages, "Are you there?"), times(heard.roles, "Meanwhile")], [1, 1]);
  assert.equal(await session(), before);
});

await step("reconnect", async () => {
  const before = await session();
  await control("POST", "/gateway", { upset: "reconnect" });
  await until("the resume", () => heard.resumed === 2);
  assert.equal(await session(), before);
});

await step("rate-limit", async () => {
  await forget();
  const kind = { rate_limited: { scope: "user", retry_after: 1_200 } };
  await control("POST", "/faults", { place: "create_message", kind });
  await general.send("Patience");
  const [first, second] = await calls("create_message");
  assert.deepEqual([first.status, second.status], [429, 200]);
  assert.ok(second.at - first.at >= 1_200, `it came back after ${second.at - first.at} ms`);
});

await step("bucket", async () => {
  await control("POST", "/limits", { routes: { create_message: { limit: 2, per_ms: 1_000 } } });
  await forget();
  for (const number of [1, 2, 3, 4, 5]) await general.send(`Number ${number}`);
  const all = await calls("create_message");
  assert.deepEqual(all.map((one) => one.status), [200, 200, 200, 200, 200]);
  assert.ok(all[4].at - all[0].at >= 1_000);
});

await client.destroy();
process.exit(result());
