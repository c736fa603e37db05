// The messages of the open channel.

import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon, channelIcon } from "../icons";
import { state } from "../store";
import { date } from "../text";
import type { Message } from "../types";
import { Row } from "./row";
import { Intro } from "./intro";

/// Messages of one person within this time stand together.
const TOGETHER = 7 * 60_000;

/// This close to its end a list follows what is new.
const NEAR = 120;

export function Messages() {
  const { messages, dismissed, channel, busy, failures, place } = state;
  const box = useRef<HTMLDivElement>(null);
  const follow = useRef(true);
  const shown = messages.filter((one) => !dismissed.has(one.id));
  useLayoutEffect(() => { follow.current = true; }, [place?.channel, place?.user]);
  useLayoutEffect(() => {
    const self = box.current;
    if (self && follow.current) self.scrollTop = self.scrollHeight;
  });
  useLayoutEffect(() => {
    const self = box.current!;
    // A command being filled in makes the list lower.
    const resized = new ResizeObserver(() => { if (follow.current) self.scrollTop = self.scrollHeight; });
    resized.observe(self);
    return () => resized.disconnect();
  }, []);
  const scrolled = () => {
    const self = box.current!;
    follow.current = self.scrollHeight - self.scrollTop - self.clientHeight < NEAR;
  };
  return (
    <div ref={box} class="messages" role="log" aria-label={channel ? `Messages in ${channel.name}` : "Messages"} tabIndex={0} onScroll={scrolled}>
      <div class="messages-inner">
        {channel && <Intro />}
        {shown.map((one, at) => {
          const before = shown[at - 1];
          const newDay = !before || date(before.at) !== date(one.at);
          return (
            <div key={one.id}>
              {newDay && <div class="day" role="separator"><span>{date(one.at)}</span></div>}
              <Row one={one} first={newDay || !together(before, one)} failure={failures.get(one.id)}
                busy={[...busy].filter((key) => key.startsWith(one.id)).join()} lists={listsFor(one)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/// Selects of people, roles and channels show what is there now; other messages need not be drawn again for it.
function listsFor(one: Message): unknown {
  const text = one.components.length ? JSON.stringify(one.components) : "";
  return /"type":[5678]\b/u.test(text) ? JSON.stringify([state.people, state.guild?.roles, state.channels.map((c) => [c.id, c.name])]) : null;
}

function together(before: Message | undefined, one: Message): boolean {
  return !!before && before.author.id === one.author.id && before.author.name === one.author.name && one.at - before.at < TOGETHER
    && before.ephemeral === one.ephemeral && !one.reply && !one.used && before.kind !== 6 && before.kind !== 18;
}

export function Nowhere({ title, children }: { title: string; children?: preact.ComponentChildren }) {
  return <div class="nowhere"><Icon name={channelIcon(0)} /><h2>{title}</h2><p>{children}</p></div>;
}
