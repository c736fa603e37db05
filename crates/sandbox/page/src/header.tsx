// What stands above the messages.

import { Icon, channelIcon, type IconName } from "./icons";
import { go } from "./live";
import { Markdown } from "./markdown/blocks";
import { keep, set, state } from "./store";

export function Header() {
  const { channel, pins, wish, members, drawer, state: dev } = state;
  const people = () => {
    if (innerWidth <= 1000) return set({ drawer: drawer === "right" ? "" : "right", members: true });
    keep("sandbox-members", members ? "no" : "");
    set({ members: !members });
  };
  const panel = () => {
    keep("sandbox-dev", wish.dev ? "" : "yes");
    go({ dev: !wish.dev });
  };
  return (
    <header class="header">
      <button type="button" class="round only-small" aria-label="Guilds and channels" onClick={() => set({ drawer: "left" })}><Icon name="menu" /></button>
      {channel && <><Icon name={channelIcon(channel.kind)} /><h1>{channel.name}</h1></>}
      <div class="topic">{channel?.topic && <Markdown text={channel.topic} names={{}} />}</div>
      {channel && <Tool name="pin" text={`Pinned messages${pins.length ? ` (${pins.length})` : ""}`} count={pins.length} act={() => set({ dialog: { pins: true } })} />}
      <Tool name="people" text="Members" on={innerWidth <= 1000 ? drawer === "right" : members} act={people} />
      <Tool name="code" text="Behind the scenes: calls, events, faults" on={wish.dev} count={dev?.violated ?? 0} bad act={panel} />
    </header>
  );
}

function Tool({ name, text, on, count, bad, act }: { name: IconName; text: string; on?: boolean; count?: number; bad?: boolean; act: () => void }) {
  return <button type="button" class={`round${on ? " on" : ""}`} aria-label={text} title={text} aria-pressed={on} onClick={act}><Icon name={name} />{!!count && <span class={`badge${bad ? " bad" : ""}`}>{count > 99 ? "99+" : count}</span>}</button>;
}
