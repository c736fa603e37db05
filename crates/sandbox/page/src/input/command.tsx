// A slash command being filled in.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { interact, run } from "../act";
import { Icon } from "../icons";
import { set, state } from "../store";
import type { CommandOption } from "../types";
import { choicesOfOption, type Choice } from "./choice";
import { Combo } from "./combo";
import type { Called } from "./commands";

const KINDS: Record<number, string> = { 3: "text", 4: "whole number", 5: "true or false", 6: "person", 7: "channel", 8: "role", 9: "person or role", 10: "number", 11: "file" };

export function CommandForm({ called, close }: { called: Called; close: () => void }) {
  const form = useRef<HTMLFormElement>(null);
  const [values, fill] = useState<Record<string, string>>({});
  const [at, look] = useState<CommandOption | null>(null);
  const channel = state.place?.channel;
  // At once: what is typed next belongs into the first option.
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>("input:not(:disabled), [type=submit]")?.focus(), []);
  const given = () => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
  const send = (event: Event) => {
    event.preventDefault();
    const missing = called.options.find((one) => one.required && !values[one.name]);
    if (missing) {
      look(missing);
      form.current?.querySelector<HTMLElement>(`[data-option="${missing.name}"] input`)?.focus();
      set({ toast: { text: `“${missing.name}” is needed.`, bad: true } });
      return;
    }
    void run("slash", { command: called.path, options: given(), channel }, "slash");
    close();
  };
  const suggest = async (option: CommandOption, typed: string): Promise<Choice[]> => {
    try {
      const { first } = await interact("autocomplete", { command: called.path, options: { ...given(), [option.name]: typed }, focused: option.name, channel });
      return (first?.choices ?? []).map((one) => ({ value: String(one.value), label: one.name }));
    } catch {
      return [];
    }
  };
  const hint = at ?? called.options[0];
  return (
    <form ref={form} class="composer command" aria-label={`Command /${called.path}`} onSubmit={send}
      onKeyDown={(event) => { if (event.key === "Escape") close(); else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event); }}>
      <div class="command-hint">{hint && at ? <><b>{hint.name}</b> {hint.description} <span class="note">({KINDS[hint.type]}{hint.required ? "" : ", optional"})</span></> : <>{called.description}</>}</div>
      <span class="command-name">/{called.path}</span>
      {called.options.map((option) => (
        <div key={option.name} data-option={option.name} class={`option${option.required ? " needed" : ""}`} onFocusIn={() => look(option)}>
          <span>{option.name}{option.required && <span class="required" aria-hidden="true">*</span>}</span>
          <Field option={option} change={(value) => fill((old) => ({ ...old, [option.name]: value }))} suggest={(typed) => suggest(option, typed)} close={close} />
        </div>
      ))}
      <span class="command-end">
        <button type="button" class="round" aria-label="Cancel the command" onClick={close}><Icon name="close" /></button>
        <button type="submit" class="round send" aria-label="Send the command"><Icon name="send" /></button>
      </span>
    </form>
  );
}

function Field({ option, change, suggest, close }: { option: CommandOption; change: (value: string) => void; suggest: (typed: string) => Promise<Choice[]>; close: () => void }) {
  if (option.type === 11) return <input disabled placeholder="files cannot be sent here" aria-label={option.name} />;
  const shared = { label: `${option.name}: ${option.description}`, placeholder: KINDS[option.type], required: option.required, above: true, change, onEscape: close };
  if (option.autocomplete) return <Combo {...shared} choices={suggest} free />;
  if (option.choices?.length) return <Combo {...shared} free={false} choices={option.choices.map((one) => ({ value: String(one.value), label: one.name }))} />;
  if (option.type >= 5 && option.type <= 9) return <Combo {...shared} free={false} choices={choicesOfOption(option.type, option.channel_types)} />;
  return <input aria-label={shared.label} aria-required={option.required} placeholder={shared.placeholder} autocomplete="off" inputMode={option.type === 4 ? "numeric" : option.type === 10 ? "decimal" : "text"} onInput={(event) => change(event.currentTarget.value)} />;
}
