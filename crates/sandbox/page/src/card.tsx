// "Try this": what a newcomer is told first, one step at a time.

import { useState } from "preact/hooks";
import { Icon } from "./icons";
import { go } from "./live";
import { Markdown } from "./markdown/blocks";
import { keep, set, state } from "./store";
import type { Step } from "./types";

export function TryThis() {
  const { card, cardShut } = state;
  const [at, turn] = useState(() => Math.max(0, card?.steps.findIndex(isThere) ?? 0));
  const step = card?.steps[at];
  if (!card || !step) return null;
  const shut = (cardShut: boolean) => { keep("sandbox-card", cardShut ? "shut" : ""); set({ cardShut }); };
  if (cardShut) return <button type="button" class="card-tab" onClick={() => shut(false)}>{card.title}</button>;
  const last = card.steps.length - 1;
  return (
    <section class="card" aria-label={card.title}>
      <header>
        <h2>{card.title}</h2>
        <span class="note">{at + 1} of {last + 1}</span>
        <button type="button" class="round" aria-label="Step before" disabled={at === 0} onClick={() => turn(at - 1)}><Icon name="left" /></button>
        <button type="button" class="round" aria-label="Next step" disabled={at === last} onClick={() => turn(at + 1)}><Icon name="right" /></button>
        <button type="button" class="round" aria-label="Put the card away" onClick={() => shut(true)}><Icon name="close" /></button>
      </header>
      {at === 0 && <Markdown text={card.text} names={{}} />}
      <div class="step" aria-live="polite">
        <Markdown text={step.text} names={{}} />
        <div class="row">
          {!isThere(step) && <button type="button" class="button primary" onClick={() => go({ user: step.person ?? state.wish.user, channel: step.channel ?? state.wish.channel })}>{where(step)}</button>}
          {at < last && <button type="button" class="button secondary" onClick={() => turn(at + 1)}>Done, next</button>}
        </div>
      </div>
    </section>
  );
}

function isThere({ person, channel }: Step): boolean {
  const { me, channel: open } = state;
  return (!person || person.toLowerCase() === me?.username) && (!channel || channel === open?.name);
}

function where({ person, channel }: Step): string {
  return [person ? `Be ${person}` : "Go", channel && `in #${channel}`].filter(Boolean).join(" ");
}
