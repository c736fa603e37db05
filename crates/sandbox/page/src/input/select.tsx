// A select: a field that opens a list, for one value or several.

import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../icons";
import { Popup } from "../popup";
import { matching, type Choice } from "./choice";
import { Listbox, step } from "./listbox";

interface Props {
  label: string; choices: Choice[]; chosen: readonly string[]; min: number; max: number; disabled?: boolean; busy?: boolean;
  /// Told once the list closes with another choice.
  change: (values: string[]) => void;
}

/// Longer lists can be searched.
const SEARCHED = 8;

export function Select({ label, choices, chosen, min, max, disabled, busy, change }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [open, show] = useState(false);
  const [picked, mark] = useState<readonly string[]>(chosen);
  const [typed, type] = useState("");
  const [at, point] = useState(0);
  const many = max > 1;
  const found = matching(choices, typed);
  // At once: the next key belongs to the list.
  useLayoutEffect(() => { if (open) search.current?.focus(); }, [open]);

  const start = () => {
    mark(chosen);
    type("");
    point(Math.max(0, choices.findIndex((one) => chosen.includes(one.value))));
    show(true);
  };
  const close = (values: readonly string[] | null) => {
    show(false);
    button.current?.focus();
    if (values && values.join() !== chosen.join() && values.length >= min && values.length <= max) change([...values]);
  };
  const pick = (one: Choice) => {
    const has = picked.includes(one.value);
    if (!many) return close(has && min === 0 ? [] : [one.value]);
    if (has) mark(picked.filter((value) => value !== one.value));
    else if (picked.length < max) mark([...picked, one.value]);
  };
  const key = (event: KeyboardEvent) => {
    const to = step(event.key, at, found.length);
    if (event.key === "Escape") close(null);
    else if (event.key === "Tab") close(many ? picked : null);
    else if (to !== null) point(to);
    else if (event.key === "Enter" || (event.key === " " && !typed)) { if (found[at]) pick(found[at]!); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const names = chosen.map((value) => choices.find((one) => one.value === value)?.label ?? value);
  return (
    <div class="select">
      <button ref={button} type="button" class="select-field" aria-haspopup="listbox" aria-expanded={open} aria-label={`${label}${names.length ? `: ${names.join(", ")}` : ""}`}
        disabled={disabled || busy} onClick={() => (open ? close(many ? picked : null) : start())}
        onKeyDown={(event) => { if (!open && (event.key === "ArrowDown" || event.key === "ArrowUp")) { event.preventDefault(); start(); } }}>
        {names.length ? <span class="select-names">{names.join(", ")}</span> : <span class="select-hint">{label}</span>}
        {busy ? <span class="dots" aria-hidden="true" /> : <Icon name="down" />}
      </button>
      {open && button.current && (
        <Popup anchor={button.current} close={() => close(many ? picked : null)} fit class="select-list">
          <input ref={search} class={choices.length > SEARCHED ? "search" : "search unseen"} role="combobox" aria-label={`Search: ${label}`} aria-expanded="true"
            aria-controls={id} aria-activedescendant={found[at] ? `${id}-${at}` : undefined} placeholder="Search" autocomplete="off"
            readOnly={choices.length <= SEARCHED} value={typed} onInput={(event) => { type(event.currentTarget.value); point(0); }} onKeyDown={key} />
          <Listbox id={id} label={label} choices={found} at={at} chosen={picked} many={many} pick={pick} point={point} empty="Nothing fits." />
          {many && (
            <div class="select-foot">
              <span>{picked.length} of {min === max ? max : `${min} to ${max}`}</span>
              <button type="button" class="button primary" disabled={picked.length < min || picked.length > max} onClick={() => close(picked)}>Done</button>
            </div>
          )}
        </Popup>
      )}
    </div>
  );
}
