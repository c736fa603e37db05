// What can be done with a message.

import { attempt, by, hand, run } from "../act";
import { state, toast, type MenuItem } from "../store";
import type { Message } from "../types";

export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied.`);
  } catch {
    toast(`${what}: ${text}`);
  }
}

/// Reactions within reach; a bot may use others.
const REACTIONS = ["👍", "❤️", "🎉", "👀"];

export function messageMenu(one: Message): MenuItem[] {
  const may = state.channel?.can.messages || one.author.id === state.me?.id;
  const apps = state.commands.filter((command) => command.kind === 3);
  return [
    ...(apps.length ? [{ text: "Apps", heading: true }] : []),
    ...apps.map((command) => ({ text: command.name, act: () => void run("menu", { name: command.name, message: one.id }, `menu ${one.id}`) })),
    ...(one.ephemeral ? [] : [
      { text: "React", heading: true },
      ...REACTIONS.map((emoji) => ({ text: emoji, act: () => void attempt(hand({ do: "react", message: one.id, emoji, on: true })) })),
    ]),
    { text: `By hand, as ${by(may).as}`, heading: true },
    ...(one.ephemeral ? [] : [
      { text: one.pinned ? "Unpin" : "Pin", act: () => void attempt(hand({ do: "pin", message: one.id, pinned: !one.pinned }, may)) },
      { text: "Delete message", danger: true, act: () => void attempt(hand({ do: "delete_message", message: one.id }, may)) },
    ]),
    ...(one.content ? [{ text: "Copy text", act: () => void copy(one.content, "Text") }] : []),
    { text: "Copy message ID", act: () => void copy(one.id, "Message ID") },
  ];
}
