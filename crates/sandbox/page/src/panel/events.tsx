import { state } from "../store";
import { exact } from "../text";
import type { Event } from "../types";
import { Body, Log } from "./log";

/// What the gateway told the bot.
export function Events() {
  const sessions = state.state?.sessions ?? [];
  return (
    <Log all={state.events} name="events" empty="Nothing has been sent yet." text={(one) => one.name} line={(one) => <Line one={one} />}
      foot={<span class="note">{sessions.length ? `${sessions.filter((one) => one.connected).length} of ${sessions.length} sessions connected` : "no session"}</span>} />
  );
}

function Line({ one }: { one: Event }) {
  return (
    <details>
      <summary>
        <span class={`grow event${one.seq ? "" : " odd"}`}>{one.name}</span>
        <span class="took">{one.seq ? `#${one.seq}` : ""}</span>
        <span class="took">{exact(one.at)}</span>
      </summary>
      {one.size ? <Body body={one.body} size={one.size} /> : <p class="note pad">{one.name === "GUILD_CREATE" ? "The whole guild, as it was when it was sent." : "No body."}</p>}
    </details>
  );
}
