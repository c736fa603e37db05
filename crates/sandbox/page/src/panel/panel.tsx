// Behind the scenes: for those who write the bot.

import { useState } from "preact/hooks";
import { Icon } from "../icons";
import { go } from "../live";
import { keep, state } from "../store";
import { Calls } from "./calls";
import { Events } from "./events";
import { Faults } from "./faults";
import { Rules } from "./rules";

const TABS = { Calls, Events, Faults, Rules };
type Tab = keyof typeof TABS;
const NAMES = Object.keys(TABS) as Tab[];

export function Panel() {
  const [tab, choose] = useState<Tab>("Calls");
  const Shown = TABS[tab];
  const close = () => { keep("sandbox-dev", ""); go({ dev: false }); };
  const key = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = NAMES[(NAMES.indexOf(tab) + by + NAMES.length) % NAMES.length]!;
    choose(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <aside class="panel" aria-label="Behind the scenes">
      <header>
        <div role="tablist" aria-label="Behind the scenes" onKeyDown={key}>
          {NAMES.map((name) => (
            <button key={name} type="button" role="tab" id={`tab-${name}`} aria-selected={name === tab} aria-controls="tab-panel" tabIndex={name === tab ? 0 : -1} onClick={() => choose(name)}>
              {name}{name === "Rules" && !!state.state?.violated && <span class="badge bad">{state.state.violated}</span>}
            </button>
          ))}
        </div>
        <button type="button" class="round" aria-label="Close the panel" onClick={close}><Icon name="close" /></button>
      </header>
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} class="panel-body"><Shown /></div>
    </aside>
  );
}
