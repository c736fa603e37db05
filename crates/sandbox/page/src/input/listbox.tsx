// The list under an input or a select.

import { useEffect, useRef } from "preact/hooks";
import { Avatar } from "../avatar";
import { Icon } from "../icons";
import type { Choice } from "./choice";

interface Props {
  id: string; label: string; choices: Choice[]; at: number; chosen?: readonly string[]; many?: boolean; empty: string;
  pick: (choice: Choice) => void; point: (at: number) => void;
}

/// Choices shown at once.
export const SHOWN = 60;

export function Listbox({ id, label, choices, at, chosen, many, empty, pick, point }: Props) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);
  return (
    <ul ref={list} id={id} role="listbox" aria-label={label} aria-multiselectable={many} class="listbox">
      {choices.slice(0, SHOWN).map((one, index) => (
        <li key={one.value} id={`${id}-${index}`} role="option" aria-selected={chosen ? chosen.includes(one.value) : index === at}
          class={index === at ? "at" : ""} onPointerMove={() => index !== at && point(index)}
          onPointerDown={(event) => event.preventDefault()} onClick={() => pick(one)}>
          {one.picture && <Avatar id={one.value} name={one.label} bot={one.picture === "bot"} small />}
          <span class="choice">
            <span class="choice-label" style={one.color ? { color: one.color } : undefined}>{one.label}</span>
            {one.hint && <span class="choice-hint">{one.hint}</span>}
          </span>
          {chosen?.includes(one.value) && <Icon name="check" />}
        </li>
      ))}
      {choices.length > SHOWN && <li role="presentation" class="note">{choices.length - SHOWN} more: type to narrow it down</li>}
      {!choices.length && <li role="presentation" class="note">{empty}</li>}
    </ul>
  );
}

/// Where an arrow key leads in a list; `null` for other keys.
export function step(key: string, at: number, length: number): number | null {
  const count = Math.min(length, SHOWN);
  if (!count) return null;
  switch (key) {
    case "ArrowDown": return (at + 1) % count;
    case "ArrowUp": return (at - 1 + count) % count;
    default: return null;
  }
}
