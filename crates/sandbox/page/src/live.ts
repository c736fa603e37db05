// The live view: one websocket. It is told who looks where, and sends what changed.

import { set, state, toast, type State, type Wish } from "./store";
import { arrived } from "./news";
import type * as T from "./types";

/// Log lines kept for the developer's panel.
const KEEP = 300;

interface Frame extends Partial<Omit<State, "messages" | "calls" | "events">> {
  messages?: { channel: T.Id | null; order: T.Id[]; fresh: Record<T.Id, T.Message> };
  calls?: T.Call[];
  events?: T.Event[];
}

let socket: WebSocket | null = null;
let wait = 500;

export function connect(): void {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const opened = new WebSocket(`${scheme}://${location.host}/app/live`);
  socket = opened;
  opened.onopen = () => {
    wait = 500;
    // A new connection starts the logs anew.
    set({ link: "up", calls: [], events: [], messages: [] });
    opened.send(JSON.stringify(state.wish));
  };
  opened.onmessage = (message) => take(JSON.parse(message.data as string) as Frame);
  opened.onclose = () => {
    set({ link: "down" });
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 5000);
  };
}

function take(frame: Frame): void {
  const { messages, calls, events, ...rest } = frame;
  const change: Partial<State> = rest;
  if (messages) {
    const old = new Map(state.messages.map((one) => [one.id, one]));
    change.messages = messages.order.flatMap((id) => messages.fresh[id] ?? old.get(id) ?? []);
  }
  if (calls?.length) change.calls = [...state.calls, ...calls].slice(-KEEP);
  if (events?.length) change.events = [...state.events, ...events].slice(-KEEP);
  const before = state;
  set(change);
  if (frame.place || frame.me || frame.guild !== undefined) settle();
  arrived(before, state);
}

/// What was asked for may not be there: the server chose, and the page keeps to it.
function settle(): void {
  const { place, me } = state;
  if (!place || !me) return;
  const guild = place.guild ?? "@me";
  set({ wish: { ...state.wish, guild, user: place.user, channel: place.channel ?? undefined } });
  const hash = new URLSearchParams({ as: me.username, guild, in: place.channel ?? "" });
  history.replaceState(null, "", `#${hash}`);
  document.title = `${state.channel?.name ?? "Sandbox"} · ${me.name}`;
}

/// Asks for another view.
export function go(change: Partial<Wish>): void {
  set({ wish: { ...state.wish, ...change }, drawer: "", switcher: false, menu: null });
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(state.wish));
  else toast("The sandbox does not answer.", true);
}

/// The view named in the address.
export function fromAddress(): Partial<Wish> {
  const hash = new URLSearchParams(location.hash.slice(1));
  const get = (name: string) => hash.get(name) || undefined;
  return { user: get("as"), guild: get("guild"), channel: get("in") };
}
