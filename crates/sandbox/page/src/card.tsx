// "Try this": what a newcomer is told first.

import { Icon } from "./icons";
import { go } from "./live";
import { Markdown } from "./markdown/blocks";
import { keep, set, state } from "./store";
import type { Step } from "./types";

export function TryThis() {
  const { card, cardShut } = state;
  if (!card) return null;
  const shut = (cardShut: boolean) => { keep("sandbox-card", cardShut ? "shut" : ""); set({ cardShut }); };
  if (cardShut) return <button type="button" class="card-tab" onClick={() => shut(false)}>Try this</button>;
  return (
    <section class="card" aria-label={card.title}>
      <header><h2>{card.title}</h2><button type="button" class="round" aria-label="Put the card away" onClick={() => shut(true)}><Icon name="close" /></button></header>
      <Markdown text={card.text} names={{}} />
      <ol>{card.steps.map((step) => <Try key={step.text} step={step} />)}</ol>
    </section>
  );
}

function Try({ step }: { step: Step }) {
  const { me, channel } = state;
  const there = (!step.person || step.person.toLowerCase() === me?.username) && (!step.channel || step.channel === channel?.name);
  const where = [step.person && `be ${step.person}`, step.channel && `in #${step.channel}`].filter(Boolean).join(" ");
  return (
    <li class={there ? "there" : ""}>
      <Markdown text={step.text} names={{}} />
      {where && !there && <button type="button" class="button secondary" onClick={() => go({ user: step.person ?? state.wish.user, channel: step.channel ?? state.wish.channel })}>{where[0]!.toUpperCase() + where.slice(1)}</button>}
    </li>
  );
}
