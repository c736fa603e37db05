// What is new since the person looked last: unread channels, channels that have appeared.

import { say, set, state, with_, type State } from "./store";
import type { Id } from "./types";

/// The newest message seen, by person and channel.
const seen = new Map<string, Id | null>();
/// The channels known, by person and guild.
const known = new Map<string, Set<Id>>();

/// How long a new channel stands out.
const GLOW = 8000;

export function arrived(before: State, now: State): void {
  const { place } = now;
  if (!place) return;
  const looking = document.visibilityState === "visible";
  const unread = new Set<Id>();
  for (const channel of now.channels) {
    const key = `${place.user} ${channel.id}`;
    const open = channel.id === place.channel && looking;
    if (open || !seen.has(key)) seen.set(key, channel.last);
    else if (seen.get(key) !== channel.last) unread.add(channel.id);
  }
  if ([...unread].join() !== [...now.unread].join()) set({ unread });
  if (before.channels !== now.channels) appeared(now);
  if (before.place?.channel === place.channel && before.messages !== now.messages) spoken(before, now);
}

function appeared(now: State): void {
  const key = `${now.place?.user} ${now.place?.guild}`;
  const ids = new Set(now.channels.map((one) => one.id));
  const old = known.get(key);
  known.set(key, ids);
  if (!old) return;
  const fresh = now.channels.filter((one) => !old.has(one.id));
  if (!fresh.length) return;
  say(`New: ${fresh.map((one) => one.name).join(", ")}`);
  for (const one of fresh) {
    set({ fresh: with_(state.fresh, one.id, true) });
    setTimeout(() => set({ fresh: with_(state.fresh, one.id, false) }), GLOW);
  }
}

function spoken(before: State, now: State): void {
  const last = now.messages.at(-1);
  if (last && last.id !== before.messages.at(-1)?.id && before.messages.length) say(`Message from ${last.author.name}`);
}
