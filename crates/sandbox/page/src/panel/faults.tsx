// Everything that can be made to go wrong.

import { useEffect, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { attempt, get, hand, post, remove } from "../act";
import { set, state } from "../store";

const KINDS: Record<string, unknown> = {
  "500 error": { status: 500 },
  "502 from the proxy": { status: 502 },
  "429 for 2 s": { rate_limited: { scope: "user", retry_after: 2000 } },
  "429 shared for 2 s": { rate_limited: { scope: "shared", retry_after: 2000 } },
  "connection lost before the work": "drop_request",
  "connection lost after the work": "drop_answer",
  "answer 4 s late": { delay_after: 4000 },
};

const EVENT_KINDS: Record<string, unknown> = { "is lost": "lose", "comes twice": "twice", "comes after the next one": "swap", "comes 3 s late": { delay: 3000 }, "comes again after 3 s": { echo: 3000 } };

const MIX = { probability: 0.05, seed: 7 };
const REST_MIX = { ...MIX, kinds: [{ status: 500 }, { status: 502 }, { status: 503 }, { rate_limited: { scope: "user", retry_after: 1000 } }, { rate_limited: { scope: "shared", retry_after: 1000 } }, "drop_request", "drop_answer"] };
const EVENT_MIX = { ...MIX, kinds: ["lose", "twice", "swap", { delay: 300 }] };

const EVENTS = ["INTERACTION_CREATE", "GUILD_ROLE_CREATE", "GUILD_ROLE_DELETE", "CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE", "GUILD_MEMBER_UPDATE", "MESSAGE_CREATE", "MESSAGE_DELETE"];

/// The operations the sandbox knows, asked for once.
let operations: string[] = [];

export function Faults() {
  const dev = state.state;
  const [, redraw] = useState(0);
  useEffect(() => {
    if (!operations.length) void get("/routes").then((all: { operation: string }[]) => { operations = all.map((one) => one.operation).sort(); redraw(1); });
  }, []);
  const [place, at] = useState("");
  const [kind, how] = useState("500 error");
  const [event, which] = useState("");
  // The server does not tell.
  const [behind, lagging] = useState("0");
  const [eventKind, eventHow] = useState("is lost");
  if (!dev) return null;
  const tell = (what: Promise<unknown>, done: string) => void attempt(what, done);
  const upset = (order: unknown, done: string) => tell(post("/gateway", { upset: order }), done);
  const { faults, event_faults: events, latency } = dev;
  return (
    <div class="faults">
      <Group title="REST calls" note={`${faults.waiting} waiting · ${faults.struck} struck`}>
        <Pick label="The next call of" value={place} all={["", ...operations]} name={(one) => one.replaceAll("_", " ") || "any operation"} change={at} />
        <Pick label="gets" value={kind} all={Object.keys(KINDS)} change={how} />
        <button type="button" class="button secondary" onClick={() => tell(post("/faults", { place: place || null, kind: KINDS[kind] }), "The next such call goes wrong.")}>Order it</button>
        <button type="button" class="button secondary" onClick={() => tell(post("/limits/block", { status: 429, ms: 10_000 }), "Cloudflare blocks everybody for 10 s.")}>Cloudflare block, 10 s</button>
        <Switch label="5 % of all calls go wrong" on={faults.mixing} flip={(on) => void attempt(on ? post("/faults/mix", REST_MIX) : remove("/faults/mix"))} />
        <button type="button" class="button secondary" disabled={!faults.waiting && !faults.mixing} onClick={() => tell(remove("/faults"), "All calls are fine again.")}>Take all back</button>
      </Group>
      <Group title="Latency" note="milliseconds there and back">
        <Pick label="REST calls" value={String(latency.rest)} all={steps(latency.rest)} change={(ms) => void attempt(post("/latency", { rest: Number(ms) }))} />
        <Pick label="First answers" value={String(latency.callbacks)} all={steps(latency.callbacks)} change={(ms) => void attempt(post("/latency", { callbacks: Number(ms) }))} />
        <Pick label="Reads are behind by" value={behind} all={["0", "500", "2000", "10000"]} change={(ms) => { lagging(ms); void attempt(post("/lag", { reads: Number(ms) })); }} />
        <Pick label="Rate limits" value="" all={["", "default", "realistic", "off"]} name={(one) => one || "choose a preset"} change={(preset) => preset && tell(post("/limits", preset), `Rate limits: ${preset}.`)} />
      </Group>
      <Group title="Events" note={`${events.waiting} waiting · ${events.struck} struck`}>
        <Pick label="The next" value={event} all={["", ...EVENTS]} name={(one) => one || "any event"} change={which} />
        <Pick label="" value={eventKind} all={Object.keys(EVENT_KINDS)} change={eventHow} />
        <button type="button" class="button secondary" onClick={() => tell(post("/event-faults", { place: event || null, kind: EVENT_KINDS[eventKind] }), "The next such event goes wrong.")}>Order it</button>
        <Switch label="5 % of all events go wrong" on={events.mixing} flip={(on) => void attempt(on ? post("/event-faults/mix", EVENT_MIX) : remove("/event-faults/mix"))} />
        <button type="button" class="button secondary" disabled={!events.waiting && !events.mixing} onClick={() => tell(remove("/event-faults"), "All events are fine again.")}>Take all back</button>
      </Group>
      <Group title="Gateway" note={dev.sessions.length ? dev.sessions.map((one) => `shard ${one.shard}: ${one.connected ? "connected" : "gone, may resume"}`).slice(0, 4).join(" · ") : "no session"}>
        <Act text="Reconnect (op 7)" act={() => upset("reconnect", "Asked to reconnect.")} />
        <Act text="Invalid session, resumable (op 9)" act={() => upset({ invalid_session: { resumable: true } }, "Session invalidated.")} />
        <Act text="Invalid session (op 9)" act={() => upset({ invalid_session: { resumable: false } }, "Session ended.")} />
        <Act text="Close 4000" act={() => upset({ close: 4000 }, "Closed.")} />
        <Act text="Close 4009" act={() => upset({ close: 4009 }, "Closed.")} />
        <Act text="Cut the connection" act={() => upset("drop", "Cut.")} />
        {state.guild && <Switch label={`Outage of ${state.guild.name}`} on={state.guild.unavailable} flip={(on) => void attempt(hand({ do: "outage", on }))} />}
      </Group>
      <Group title="Clock" note={state.about?.ahead ? `${state.about.ahead} minutes ahead` : "as on this machine"}>
        {[["1 minute", 60_000], ["15 minutes", 900_000], ["1 day", 86_400_000]].map(([name, ms]) => <Act key={name} text={`Forward ${name}`} act={() => tell(post("/clock/advance", { ms }), `It is ${name} later.`)} />)}
      </Group>
      <Group title="Token" note="the bot's password">
        <Act text="Reset the token…" danger act={() => set({ dialog: { ask: { title: "Reset the bot's token?", text: "The bot is signed out, and its calls get 401, until it has the new token.", yes: "Reset", danger: true, act: async () => { const made = await post("/token", {}); set({ dialog: { ask: { title: "The new token", label: "Token", value: made.token, yes: "Done", act: () => {} } } }); } } } })} />
      </Group>
    </div>
  );
}

const steps = (now: number) => [...new Set([0, 50, 200, 1000, 2500, now])].sort((a, b) => a - b).map(String);

function Group({ title, note, children }: { title: string; note: string; children: ComponentChildren }) {
  return <section><h3>{title}</h3><p class="note">{note}</p>{children}</section>;
}

function Act({ text, act, danger }: { text: string; act: () => void; danger?: boolean }) {
  return <button type="button" class={`button ${danger ? "danger" : "secondary"}`} onClick={act}>{text}</button>;
}

function Pick({ label, value, all, name, change }: { label: string; value: string; all: string[]; name?: (one: string) => string; change: (value: string) => void }) {
  return <label class="pick"><span>{label}</span><select aria-label={label || "How"} value={value} onChange={(event) => change(event.currentTarget.value)}>{all.map((one) => <option key={one} value={one}>{name ? name(one) : one}</option>)}</select></label>;
}

function Switch({ label, on, flip }: { label: string; on: boolean; flip: (on: boolean) => void }) {
  return <label class="switch"><span>{label}</span><input type="checkbox" role="switch" checked={on} onChange={(event) => flip(event.currentTarget.checked)} /></label>;
}
