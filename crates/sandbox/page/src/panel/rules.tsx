import { attempt, remove } from "../act";
import { Icon } from "../icons";
import { state } from "../store";

/// What the bot did against the contract.
export function Rules() {
  const { state: dev } = state;
  if (!dev?.violated) return <p class="note pad"><Icon name="check" /> Nothing so far that Discord would mind: no unknown route or field, no late answer, no broken frame.</p>;
  return (
    <>
      <div class="panel-tools"><span class="note grow">{dev.violated} in all, newest first</span><button type="button" class="button secondary" onClick={() => void attempt(remove("/violations"))}>Forget them</button></div>
      <ul class="log">{dev.violations.map((one, at) => <li key={dev.violated - at} class="violation"><b>{one.kind}</b> <code>{one.place}</code><p>{one.detail}</p></li>)}</ul>
    </>
  );
}
