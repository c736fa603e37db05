// A field to type in that suggests: choices, people, what the bot answers to autocomplete.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Popup } from "../popup";
import { matching, type Choice } from "./choice";
import { Listbox, SHOWN, step } from "./listbox";

interface Props {
  label: string; placeholder?: string; required?: boolean; above?: boolean;
  /// All choices, or a call that asks for those that fit.
  choices: Choice[] | ((typed: string) => Promise<Choice[]>);
  /// Text that is no choice counts too.
  free: boolean;
  change: (value: string) => void;
  focus?: boolean;
  onEscape?: () => void;
}

/// A pause in typing after which suggestions are asked for.
const PAUSE = 200;

export function Combo({ label, placeholder, required, above, choices, free, change, focus, onEscape }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, type] = useState("");
  const [open, show] = useState(false);
  const [at, point] = useState(0);
  const [answered, find] = useState<Choice[]>([]);
  // What is known is found at once, so that a key pressed right after typing takes the right one.
  const found = typeof choices === "function" ? answered : matching(choices, typed);
  const [asking, ask] = useState(false);
  useEffect(() => { if (focus) input.current?.focus(); }, [focus]);
  useEffect(() => {
    if (!open || typeof choices !== "function") return;
    let current = true;
    ask(true);
    const timer = setTimeout(async () => {
      const answer = await choices(typed);
      if (!current) return;
      find(answer);
      ask(false);
    }, PAUSE);
    return () => { current = false; clearTimeout(timer); };
  }, [typed, open]);

  const edit = (text: string) => {
    type(text);
    point(0);
    show(true);
    const exact = typeof choices === "function" ? undefined : choices.find((one) => one.label.toLowerCase() === text.toLowerCase());
    change(exact?.value ?? (free ? text : ""));
  };
  const pick = (one: Choice) => {
    type(one.label);
    change(one.value);
    show(false);
  };
  const key = (event: KeyboardEvent) => {
    const to = step(event.key, at, found.length);
    if (event.key === "Escape") {
      if (open) show(false);
      else onEscape?.();
      event.stopPropagation();
    } else if (to !== null) open ? point(to) : show(true);
    else if ((event.key === "Enter" || event.key === "Tab") && open && !asking && found[at] && (typed || event.key === "Enter")) {
      pick(found[at]!);
      if (event.key === "Tab") return;
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <input ref={input} role="combobox" aria-label={label} aria-expanded={open} aria-controls={id} aria-autocomplete="list"
        aria-activedescendant={open && found[at] && at < SHOWN ? `${id}-${at}` : undefined} aria-required={required}
        autocomplete="off" placeholder={placeholder} value={typed} onInput={(event) => edit(event.currentTarget.value)}
        onFocus={() => show(true)} onClick={() => show(true)} onBlur={() => show(false)} onKeyDown={key} />
      {open && input.current && (
        <Popup anchor={input.current} close={() => show(false)} fit above={above} clear={input.current.closest<HTMLElement>(".composer")}>
          <Listbox id={id} label={label} choices={found} at={at} pick={pick} point={point} empty={asking ? "Asking the bot…" : "Nothing fits."} />
        </Popup>
      )}
    </>
  );
}
