// The guilds at the left edge.

import { attempt, post } from "../act";
import { Icon } from "../icons";
import { go } from "../live";
import { openMenu } from "../menu";
import { set, state } from "../store";
import { initials } from "../text";
import type { GuildItem } from "../types";

export function Rail() {
  const { guilds, place } = state;
  const direct = place?.guild === null;
  return (
    <nav class="rail" aria-label="Guilds">
      {guilds.directs > 0 && <RailButton name="Direct messages" on={direct} act={() => go({ guild: "@me", channel: undefined })}><Icon name="chat" /></RailButton>}
      {guilds.own.map((one) => <GuildButton key={one.id} one={one} />)}
      <button type="button" class="guild add" aria-label="Join or make a guild" title="Join or make a guild" aria-haspopup="menu" onClick={join}><Icon name="plus" /></button>
    </nav>
  );
}

function GuildButton({ one }: { one: GuildItem }) {
  const on = state.place?.guild === one.id;
  return <RailButton name={`${one.name}${one.unavailable ? " (outage)" : ""}`} on={on} down={one.unavailable} act={() => go({ guild: one.id, channel: on ? state.wish.channel : undefined })}>{initials(one.name, 3)}</RailButton>;
}

function RailButton({ name, on, down, act, children }: { name: string; on: boolean; down?: boolean; act: () => void; children: preact.ComponentChildren }) {
  return <button type="button" class={`guild${on ? " on" : ""}${down ? " down" : ""}`} aria-label={name} title={name} aria-current={on ? "page" : undefined} onClick={act}>{children}</button>;
}

function join(event: MouseEvent): void {
  const { guilds, me } = state;
  openMenu(event, [
    { text: `Join as ${me?.name}`, heading: true },
    ...guilds.others.map((one) => ({ text: one.name, act: () => go({ guild: one.id, channel: undefined }) })),
    ...(guilds.others.length ? [] : [{ text: "There is no other guild.", heading: true }]),
    { text: "Make a guild…", act: () => set({ dialog: { ask: { title: "A new guild", text: "With you as its owner and the bot as its first guest.", label: "Name", yes: "Make it", act: make } } }) },
  ]);
}

/// Enough for most bots: what an operator is usually asked for.
const INVITED = 0x8;

async function make(name: string): Promise<void> {
  const owner = state.me?.username;
  await attempt((async () => {
    const made = await post("/guilds", { name, owner, channels: [{ name: "general" }], bot: INVITED });
    go({ guild: made.id, user: made.owner, channel: undefined });
  })());
}
