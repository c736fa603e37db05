// All state in one place. Whoever changes it calls `set`; the page draws itself anew.

import type * as T from "./types";

export interface MenuItem { text: string; act?: () => void; danger?: boolean; heading?: boolean; checked?: boolean }
export interface Menu { x: number; y: number; items: MenuItem[]; from: HTMLElement | null }
export interface Ask {
  title: string; text?: string; label?: string; value?: string; long?: boolean; yes: string; danger?: boolean;
  act: (value: string) => void | Promise<void>;
}
export interface Wish { guild?: string; user?: string; channel?: string; dev: boolean }
export type Theme = "auto" | "light" | "dark";
export type Dialog = { ask: Ask } | { modal: T.Modal } | { rolesOf: T.Id } | { roles: true } | { pins: true };

export interface State {
  // From the server.
  about: { origin: string; application: { id: T.Id; name: string }; ahead: number } | null;
  card: T.Card | null;
  place: { guild: T.Id | null; user: T.Id; channel: T.Id | null } | null;
  me: T.Me | null;
  guilds: { own: T.GuildItem[]; others: T.GuildItem[]; directs: number };
  guild: T.Guild | null;
  people: { members: T.Member[]; size: number; others: { id: T.Id; name: string }[] };
  channels: T.Channel[];
  channel: T.OpenChannel | null;
  commands: T.Command[];
  pins: T.Message[];
  messages: T.Message[];
  state: T.DevState | null;
  calls: T.Call[];
  events: T.Event[];
  // The page's own.
  link: "new" | "up" | "down";
  wish: Wish;
  theme: Theme;
  drawer: "" | "left" | "right";
  members: boolean;
  menu: Menu | null;
  dialog: Dialog | null;
  switcher: boolean;
  toast: { text: string; bad: boolean } | null;
  busy: ReadonlySet<string>;
  /// Failures shown under messages.
  failures: ReadonlyMap<T.Id, string>;
  /// Ephemeral messages put away.
  dismissed: ReadonlySet<T.Id>;
  /// Channels with news, and those that have just appeared.
  unread: ReadonlySet<T.Id>;
  fresh: ReadonlySet<T.Id>;
  cardShut: boolean;
  said: string;
}

function kept(name: string): string {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

/// Remembers a setting of the page; without storage it lasts until the page is closed.
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Nothing to do about it.
  }
}

export let state: State = {
  about: null, card: null, place: null, me: null, guilds: { own: [], others: [], directs: 0 }, guild: null,
  people: { members: [], size: 0, others: [] }, channels: [], channel: null, commands: [], pins: [], messages: [],
  state: null, calls: [], events: [], link: "new",
  wish: { dev: kept("sandbox-dev") === "yes" && innerWidth > 1200 },
  theme: (kept("sandbox-theme") || "auto") as Theme, drawer: "", members: kept("sandbox-members") !== "no", menu: null,
  dialog: null, switcher: false, toast: null, busy: new Set(), failures: new Map(), dismissed: new Set(), unread: new Set(),
  fresh: new Set(), cardShut: false, said: "",
};

let draw: () => void = () => {};
let due = false;

/// Changes state; drawing happens once for all changes of the moment.
export function set(change: Partial<State>): void {
  state = { ...state, ...change };
  if (due) return;
  due = true;
  queueMicrotask(() => {
    due = false;
    draw();
  });
}

export function onChange(call: () => void): void {
  draw = call;
}

let hide: ReturnType<typeof setTimeout> | undefined;

/// Shows a short message at the bottom.
export function toast(text: string, bad = false): void {
  clearTimeout(hide);
  set({ toast: { text, bad } });
  hide = setTimeout(() => set({ toast: null }), bad ? 8000 : 4000);
}

/// Tells those who listen instead of looking.
export function say(said: string): void {
  set({ said });
}

export function with_<T>(all: ReadonlySet<T>, one: T, inside: boolean): ReadonlySet<T> {
  const copy = new Set(all);
  if (inside) copy.add(one);
  else copy.delete(one);
  return copy;
}

/// The sandbox's time.
export function now(): number {
  return Date.now() + (state.about?.ahead ?? 0) * 60_000;
}
