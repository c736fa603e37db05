// The channels of the open guild, as the person sees them.

import { useState } from "preact/hooks";
import { Icon, channelIcon } from "../icons";
import { go } from "../live";
import { openMenu } from "../menu";
import { state } from "../store";
import type { Channel, Id } from "../types";
import { channelMenu, guildMenu } from "./hand";
import { UserBox } from "./user";

export function Sidebar() {
  const { guild, channels, place } = state;
  const [shut, fold] = useState<ReadonlySet<Id>>(new Set());
  const inside = (parent: Id | null) => channels.filter((one) => one.parent === parent && one.kind !== 4 && !isThread(one));
  const known = new Set(channels.map((one) => one.id));
  const loose = channels.filter((one) => one.kind !== 4 && !isThread(one) && (!one.parent || !known.has(one.parent)));
  const toggle = (id: Id) => fold((old) => { const next = new Set(old); if (!next.delete(id)) next.add(id); return next; });
  return (
    <aside class="sidebar" aria-label="Channels">
      {guild
        ? <button type="button" class="guild-name" aria-haspopup="menu" onClick={(event) => openMenu(event, guildMenu())}><span>{guild.name}</span><Icon name="down" /></button>
        : <div class="guild-name"><span>{place ? "Direct messages" : "Sandbox"}</span></div>}
      {guild?.unavailable && <div class="banner">Outage: the bot does not see this guild.</div>}
      <nav class="channels" aria-label={guild ? `Channels of ${guild.name}` : "Channels"}>
        {loose.map((one) => <Line key={one.id} one={one} />)}
        {channels.filter((one) => one.kind === 4).map((category) => (
          <section key={category.id} class={state.fresh.has(category.id) ? "fresh" : ""}>
            <div class="category" onContextMenu={(event) => openMenu(event, channelMenu(category))}>
              <button type="button" aria-expanded={!shut.has(category.id)} onClick={() => toggle(category.id)}><Icon name="down" /><span>{category.name}</span></button>
              <button type="button" class="more" aria-label={`Actions for ${category.name}`} aria-haspopup="menu" onClick={(event) => openMenu(event, channelMenu(category))}><Icon name="more" /></button>
            </div>
            {inside(category.id).filter((one) => !shut.has(category.id) || one.id === place?.channel || state.unread.has(one.id)).map((one) => <Line key={one.id} one={one} />)}
          </section>
        ))}
        {!channels.length && <p class="note pad">{guild && !state.me?.member ? "Join to see the channels." : "No channel can be seen here."}</p>}
      </nav>
      <UserBox />
    </aside>
  );
}

const isThread = (one: Channel) => one.kind >= 10 && one.kind <= 12;

function Line({ one }: { one: Channel }) {
  const threads = state.channels.filter((other) => isThread(other) && other.parent === one.id);
  const voices = one.voice.map((id) => state.people.members.find((member) => member.id === id)?.name).filter(Boolean);
  return (
    <>
      <Entry one={one} />
      {voices.length > 0 && <div class="voices">{voices.join(", ")}</div>}
      {threads.map((thread) => <Entry key={thread.id} one={thread} deep />)}
    </>
  );
}

function Entry({ one, deep }: { one: Channel; deep?: boolean }) {
  const on = state.place?.channel === one.id;
  const unread = state.unread.has(one.id) && !on;
  const words = `${one.name}${unread ? ", unread" : ""}`;
  return (
    <div class={`channel${on ? " on" : ""}${unread ? " unread" : ""}${deep ? " deep" : ""}${state.fresh.has(one.id) ? " fresh" : ""}`} data-channel={one.name} data-id={one.id} onContextMenu={(event) => openMenu(event, channelMenu(one))}>
      <button type="button" aria-label={words} aria-current={on ? "page" : undefined} onClick={() => go({ channel: one.id })}><Icon name={channelIcon(one.kind)} /><span>{one.name}</span></button>
      <button type="button" class="more" aria-label={`Actions for ${one.name}`} aria-haspopup="menu" onClick={(event) => openMenu(event, channelMenu(one))}><Icon name="more" /></button>
    </div>
  );
}
