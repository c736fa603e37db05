// Changes by hand: what an admin may do behind the bot's back.

import { attempt, by, hand, run } from "../act";
import { go } from "../live";
import { copy } from "../message/actions";
import { set, state, type Ask, type MenuItem } from "../store";
import type { Channel, Member } from "../types";

const ask = (question: Ask) => set({ dialog: { ask: question } });

export function channelMenu(one: Channel): MenuItem[] {
  const may = state.me?.can.channels;
  const id = { text: "Copy channel ID", act: () => void copy(one.id, "Channel ID") };
  if (one.kind === 1) return [id];
  const category = one.kind === 4;
  return [
    { text: `By hand, as ${by(may).as}`, heading: true },
    { text: "Rename…", act: () => ask({ title: `Rename ${one.name}`, label: "Name", value: one.name, yes: "Rename", act: (name) => void attempt(hand({ do: "edit_channel", channel: one.id, name }, may)) }) },
    ...(one.kind === 0 || one.kind === 5 ? [{ text: "Edit topic…", act: () => ask({ title: `Topic of ${one.name}`, label: "Topic", long: true, value: state.channel?.id === one.id ? (state.channel.topic ?? "") : "", yes: "Save", act: (topic) => void attempt(hand({ do: "edit_channel", channel: one.id, topic }, may)) }) }] : []),
    ...(category ? [{ text: "Create a channel here…", act: () => create(0, one.id) }] : []),
    { text: category ? "Delete category…" : "Delete channel…", danger: true, act: () => ask({ title: `Delete ${one.name}?`, text: category ? "Its channels stay, without a category. The bot is not asked." : "Its messages go with it. The bot is not asked.", yes: "Delete", danger: true, act: () => void attempt(hand({ do: "delete_channel", channel: one.id }, may), `${one.name} is deleted.`) }) },
    id,
  ];
}

function create(type: number, parent?: string): void {
  const may = state.me?.can.channels;
  ask({ title: type === 4 ? "New category" : "New channel", label: "Name", yes: "Create", act: (name) => void attempt(hand({ do: "create_channel", name, type, parent }, may)) });
}

/// Everything but Administrator, and that too: bots are tried out, not run.
const INVITED = 8;

export function guildMenu(): MenuItem[] {
  const { guild, me } = state;
  if (!guild || !me) return [];
  const may = me.can.guild;
  return [
    { text: `By hand, as ${by(me.can.channels).as}`, heading: true },
    { text: "Create a channel…", act: () => create(0) },
    { text: "Create a voice channel…", act: () => create(2) },
    { text: "Create a category…", act: () => create(4) },
    { text: "Roles…", act: () => set({ dialog: { roles: true } }) },
    guild.bot
      ? { text: "Kick the bot…", danger: true, act: () => ask({ title: "Kick the bot?", text: "It leaves the guild. It can be invited again from this menu.", yes: "Kick", danger: true, act: () => void attempt(hand({ do: "kick_bot" }, may)) }) }
      : { text: "Invite the bot", act: () => void attempt(hand({ do: "invite_bot", permissions: INVITED }, may)) },
    { text: "Discord", heading: true },
    { text: guild.unavailable ? "End the outage" : "Outage of this guild", act: () => void attempt(hand({ do: "outage", on: !guild.unavailable }, may)) },
    { text: me.name, heading: true },
    me.member
      ? { text: `Leave as ${me.name}`, danger: true, act: () => void attempt(hand({ do: "leave", user: me.id })) }
      : { text: `Join as ${me.name}`, act: () => void attempt(hand({ do: "join", user: me.id })) },
    { text: "Copy guild ID", act: () => void copy(guild.id, "Guild ID") },
  ];
}

export function memberMenu(one: Member): MenuItem[] {
  const { me, guild } = state;
  if (!me || !guild) return [];
  const apps = state.commands.filter((command) => command.kind === 2);
  const order = (change: object, may: boolean) => () => void attempt(hand({ ...change, user: one.id }, may));
  return [
    ...(one.bot || one.id === me.id ? [] : [{ text: `Act as ${one.name}`, act: () => go({ user: one.id }) }]),
    ...(apps.length ? [{ text: "Apps", heading: true }] : []),
    ...apps.map((command) => ({ text: command.name, act: () => void run("menu", { name: command.name, user: one.id, channel: state.place?.channel }, `menu ${one.id}`) })),
    { text: `By hand, as ${by(me.can.roles).as}`, heading: true },
    { text: "Roles…", act: () => set({ dialog: { rolesOf: one.id } }) },
    { text: "Nickname…", act: () => ask({ title: `Nickname of ${one.name}`, label: "Nickname", value: one.name, long: false, yes: "Save", act: (nick) => void attempt(hand({ do: "nickname", user: one.id, nick }, me.can.nicknames)) }) },
    ...(one.bot ? [] : [
      { text: "Time out for a minute", act: order({ do: "time_out", ms: 60_000 }, me.can.moderate) },
      { text: "Kick", danger: true, act: order({ do: "kick" }, me.can.kick) },
    ]),
    { text: "Copy user ID", act: () => void copy(one.id, "User ID") },
  ];
}
