// What people do: everything goes through the sandbox's control API, which is as strict as Discord's own client.

import { set, state, toast, with_ } from "./store";
import type { First, Id } from "./types";

interface Answer { interaction?: Id; first?: First; id?: Id }

async function call(method: string, path: string, body?: unknown): Promise<any> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const answer = await fetch(path, init);
  const text = await answer.text();
  let read: any = null;
  try {
    read = JSON.parse(text);
  } catch {
    // Some refusals are plain text.
  }
  if (!answer.ok) throw new Error(read?.error ?? (text || `status ${answer.status}`));
  return read;
}

export const get = (path: string) => call("GET", `/sandbox${path}`);
export const post = (path: string, body: unknown) => call("POST", `/sandbox${path}`, body);
export const remove = (path: string) => call("DELETE", `/sandbox${path}`);

/// The guild of the path; direct messages have none, and any will do.
function guild(): Id {
  return state.place?.guild ?? state.guilds.own[0]?.id ?? state.guilds.others[0]?.id ?? "";
}

/// An interaction of the person; the answer as far as it came within three seconds.
export function interact(kind: string, body: object): Promise<Answer> {
  return post(`/guilds/${guild()}/users/${state.place?.user}/${kind}`, body);
}

/// Does it, showing that something is under way, and how it failed under the message `on`, or at the bottom.
export async function run(kind: string, body: object, busy: string, on?: Id): Promise<void> {
  if (state.busy.has(busy)) return;
  set({ busy: with_(state.busy, busy, true) });
  if (on) fail(on, "");
  try {
    const { first } = await interact(kind, body);
    if (first?.kind === "modal" && first.modal) set({ dialog: { modal: first.modal } });
    else if (first?.kind === "failed") failed(first.error ?? "", on);
  } catch (error) {
    failed((error as Error).message, on);
  } finally {
    set({ busy: with_(state.busy, busy, false) });
  }
}

function failed(why: string, on?: Id): void {
  if (on) fail(on, why || "This interaction failed.");
  else toast(why || "This interaction failed.", true);
}

/// Shows why something on a message failed; nothing takes it away.
export function fail(on: Id, why: string): void {
  const failures = new Map(state.failures);
  if (why) failures.set(on, why);
  else if (!failures.delete(on)) return;
  set({ failures });
}

/// Does something that is no interaction; says so when it fails.
export async function attempt(what: Promise<unknown>, done?: string): Promise<boolean> {
  try {
    await what;
    if (done) toast(done);
    return true;
  } catch (error) {
    toast((error as Error).message, true);
    return false;
  }
}

/// Who makes a change by hand: the person if they may, else the owner.
export function by(may: boolean | undefined): { by: Id; as: string } {
  const { me, guild: open, people } = state;
  if (!me || !open || may) return { by: me?.id ?? "", as: me?.name ?? "" };
  const owner = people.members.find((one) => one.id === open.owner);
  return { by: open.owner, as: owner ? `${owner.name}, the owner` : "the owner" };
}

/// A change by hand, behind the bot's back.
export function hand(order: object, may?: boolean): Promise<Answer> {
  return post(`/guilds/${guild()}/hand`, { by: by(may ?? true).by, ...order });
}

export function write(text: string): Promise<Answer> {
  return post(`/guilds/${guild()}/hand`, { do: "say", by: state.me?.id, channel: state.place?.channel, text });
}
