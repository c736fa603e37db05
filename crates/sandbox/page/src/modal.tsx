// A form the bot opened.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { interact } from "./act";
import { Icon } from "./icons";
import { choicesOf, chosenOf } from "./input/choice";
import { Select } from "./input/select";
import { Markdown } from "./markdown/blocks";
import { set, state } from "./store";
import type { Component, Modal } from "./types";

type Value = string | string[] | boolean;

interface Field { input: Component; label: string; hint?: string | null }

/// The inputs of a form: those in Labels, and those of the older rows.
function fieldsOf(top: Component): Field[] {
  if (top.component) return [{ input: top.component, label: top.label ?? "", hint: top.description }];
  return (top.components ?? []).map((input) => ({ input, label: input.label ?? "" }));
}

function first(input: Component): Value {
  if (input.type === 4) return input.value ?? "";
  if (input.type === 23) return input.default ?? false;
  return chosenOf(input);
}

export function ModalDialog({ modal }: { modal: Modal }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const fields = modal.components.flatMap(fieldsOf);
  const [values, fill] = useState<Record<string, Value>>(() => Object.fromEntries(fields.map(({ input }) => [input.custom_id!, first(input)])));
  const [error, say] = useState("");
  const [busy, wait] = useState(false);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = () => set({ dialog: null });
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    wait(true);
    say("");
    try {
      const { first } = await interact("submit", { interaction: modal.interaction, values });
      if (first?.kind !== "failed") return close();
      say(readable(first.error ?? "", fields));
    } catch (problem) {
      say((problem as Error).message);
    }
    wait(false);
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="modal-title" onCancel={(event) => { event.preventDefault(); close(); }}>
      <form onSubmit={send} noValidate>
        <header><h2 id="modal-title">{modal.title}</h2><button type="button" class="round" aria-label="Close" onClick={close}><Icon name="close" /></button></header>
        <div class="dialog-body">
          <p class="dialog-note">This form goes to <b>{state.about?.application.name}</b>.</p>
          {modal.components.map((top) =>
            top.type === 10
              ? <Markdown text={top.content ?? ""} names={{}} />
              : fieldsOf(top).map((field) => <Input field={field} value={values[field.input.custom_id!]!} change={(value) => fill((old) => ({ ...old, [field.input.custom_id!]: value }))} />))}
        </div>
        {error && <div class="dialog-error" role="alert"><Icon name="warn" /><span>{error}</span></div>}
        <footer>
          <button type="button" class="button secondary" onClick={close}>Cancel</button>
          <button type="submit" class="button primary" aria-busy={busy}>{busy ? <>Sending<span class="dots" aria-hidden="true" /></> : "Submit"}</button>
        </footer>
      </form>
    </dialog>
  );
}

/// Inputs are named to the person by what stands above them.
function readable(error: string, fields: Field[]): string {
  let text = error;
  for (const { input, label } of fields) text = text.replace(`input ${input.custom_id} `, `“${label}” `);
  return text;
}

function Input({ field: { input, label, hint }, value, change }: { field: Field; value: Value; change: (value: Value) => void }) {
  const id = `input-${input.custom_id}`;
  const required = input.type !== 23 && (input.required ?? true);
  const caption = <>{label}{required && <span class="required" aria-hidden="true"> *</span>}</>;
  if (input.type === 4) {
    const text = value as string;
    const shared = {
      id, name: input.custom_id, value: text, placeholder: input.placeholder, maxLength: input.max_length ?? 4000, "aria-required": required,
      autocomplete: "off" as const, "aria-describedby": hint ? `${id}-hint` : undefined,
      onInput: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value),
    };
    return (
      <div class="input">
        <label for={id}>{caption}</label>
        {hint && <div class="hint" id={`${id}-hint`}>{hint}</div>}
        {input.style === 2 ? <textarea rows={4} {...shared} /> : <input {...shared} />}
        {[...text].length > 0.8 * (input.max_length ?? 4000) && <div class="counter">{[...text].length} of {input.max_length ?? 4000}</div>}
      </div>
    );
  }
  if (input.type === 23) {
    return <label class="tick"><input type="checkbox" checked={value as boolean} onChange={(event) => change(event.currentTarget.checked)} /><span><b>{label}</b>{hint && <span class="hint">{hint}</span>}</span></label>;
  }
  const chosen = value as string[];
  if (input.type === 21 || input.type === 22) {
    const one = input.type === 21;
    const toggle = (which: string, on: boolean) => change(one ? [which] : on ? [...chosen, which] : chosen.filter((other) => other !== which));
    return (
      <fieldset class="input">
        <legend>{caption}</legend>
        {hint && <div class="hint">{hint}</div>}
        {input.options?.map((option) => (
          <label class="tick">
            <input type={one ? "radio" : "checkbox"} name={input.custom_id} checked={chosen.includes(option.value)} onChange={(event) => toggle(option.value, event.currentTarget.checked)} />
            <span><b>{option.label}</b>{option.description && <span class="hint">{option.description}</span>}</span>
          </label>
        ))}
      </fieldset>
    );
  }
  if (input.type === 19) return <div class="input"><span class="label">{caption}</span><div class="hint">Files cannot be uploaded here.</div></div>;
  return (
    <div class="input">
      <span class="label">{caption}</span>
      {hint && <div class="hint">{hint}</div>}
      <Select label={input.placeholder || label} choices={choicesOf(input)} chosen={chosen} min={required ? (input.min_values ?? 1) : 0} max={input.max_values ?? 1} change={change} />
    </div>
  );
}
