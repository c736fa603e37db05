// A log, newest line first, with a filter.

import { useState } from "preact/hooks";
import type { ComponentChildren } from "preact";

interface Props<T> { all: T[]; name: string; text: (one: T) => string; line: (one: T) => ComponentChildren; empty: string; foot?: ComponentChildren }

/// Lines drawn at once.
const SHOWN = 150;

export function Log<T extends { number: number }>({ all, name, text, line, empty, foot }: Props<T>) {
  const [typed, type] = useState("");
  const wanted = typed.trim().toLowerCase();
  const found = all.filter((one) => !wanted || text(one).toLowerCase().includes(wanted)).slice(-SHOWN).reverse();
  return (
    <>
      <div class="panel-tools"><input class="search" aria-label={`Filter the ${name}`} placeholder="Filter" value={typed} onInput={(event) => type(event.currentTarget.value)} />{foot}</div>
      <ul class="log" aria-label={name}>{found.map((one) => <li key={one.number}>{line(one)}</li>)}</ul>
      {!found.length && <p class="note pad">{all.length ? "Nothing fits." : empty}</p>}
    </>
  );
}

export function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

export function Body({ body, size }: { body: string; size: number }) {
  if (!size) return null;
  return <pre>{pretty(body)}{size > 4096 ? `\n… ${size} bytes in all` : ""}</pre>;
}
