// Where people write, and where slash commands begin.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { attempt, write } from "../act";
import { Icon } from "../icons";
import { Popup } from "../popup";
import { state } from "../store";
import type { Choice } from "./choice";
import { CommandForm } from "./command";
import { flatten, type Called } from "./commands";
import { Listbox, step } from "./listbox";

/// What is half written stays with its person and channel.
const drafts = new Map<string, string>();

export function Composer() {
  const { channel, place, me } = state;
  const key = `${place?.user} ${place?.channel}`;
  const [called, call] = useState<{ key: string; command: Called } | null>(null);
  // Whoever has used a command writes on where they were.
  const back = useRef(false);
  if (!channel || !me) return null;
  if (!me.member) return <div class="composer shut">{me.name} is not in this guild.</div>;
  if (channel.kind === 15 || channel.kind === 16) return <div class="composer shut">Posts of a forum are threads; open one in the list.</div>;
  if (!channel.send) return <div class="composer shut">You may not write in this channel.</div>;
  if (called?.key === key) return <CommandForm key={called.command.path} called={called.command} close={() => { back.current = true; call(null); }} />;
  return <Writing key={key} draft={key} focus={back} call={(command) => call({ key, command })} />;
}

function Writing({ draft, focus, call }: { draft: string; focus: { current: boolean }; call: (command: Called) => void }) {
  const { channel } = state;
  const area = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [text, change] = useState(drafts.get(draft) ?? "");
  const [at, point] = useState(0);
  const [shut, hide] = useState(false);
  useLayoutEffect(() => {
    if (focus.current) area.current?.focus();
    focus.current = false;
  }, []);
  useEffect(() => void drafts.set(draft, text), [text]);
  useEffect(() => {
    const self = area.current;
    if (!self) return;
    self.style.height = "auto";
    self.style.height = `${Math.min(self.scrollHeight, 200)}px`;
  }, [text]);

  const slash = /^\/([^\n]*)$/u.exec(text);
  const open = !!slash && !shut;
  const found = open ? flatten(state.commands, slash[1]!) : [];
  const choices: Choice[] = found.map((one) => ({ value: one.path, label: `/${one.path}`, hint: one.description }));
  const pick = (path: string) => {
    const command = found.find((one) => one.path === path);
    if (!command) return;
    change("");
    drafts.delete(draft);
    call(command);
  };
  const edit = (value: string) => { change(value); point(0); hide(false); };
  const send = async () => {
    if (!text.trim()) return;
    if (open && found.length) return pick(found[at]?.path ?? "");
    if (await attempt(write(mentions(text.trim())))) change("");
  };
  const key = (event: KeyboardEvent) => {
    const to = open ? step(event.key, at, found.length) : null;
    if (to !== null) point(to);
    else if (event.key === "Escape" && open) hide(true);
    else if (event.key === "Tab" && open && found.length && !event.shiftKey) pick(found[at]!.path);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) void send();
    else return;
    event.preventDefault();
  };
  return (
    <div class="composer" ref={box}>
      {open && box.current && (
        <Popup anchor={box.current} close={() => hide(true)} fit above class="commands">
          <div class="popup-title">{found.length ? "Commands for you here" : "No command of that name is offered to you here."}</div>
          {!!found.length && <Listbox id="commands" label="Commands" choices={choices} at={at} pick={(one) => pick(one.value)} point={point} empty="" />}
        </Popup>
      )}
      <button type="button" class="round" aria-label="Slash commands" title="Slash commands" onClick={() => { edit("/"); area.current?.focus(); }}><b aria-hidden="true">/</b></button>
      <textarea ref={area} rows={1} value={text} maxLength={2000} aria-haspopup="listbox" aria-controls={open ? "commands" : undefined} aria-autocomplete="list"
        aria-activedescendant={open && found[at] ? `commands-${at}` : undefined} aria-label={`Message ${channel?.name}`}
        placeholder={`Message ${channel?.kind === 1 ? "" : "#"}${channel?.name}${innerWidth > 760 ? ", or / for commands" : ""}`} onInput={(event) => edit(event.currentTarget.value)} onKeyDown={key} />
      <button type="button" class="round send" aria-label="Send" disabled={!text.trim()} onClick={() => void send()}><Icon name="send" /></button>
    </div>
  );
}

/// `@name` and `#name` become what Discord's client sends for them.
function mentions(text: string): string {
  const people = state.people.members;
  return text
    .replace(/(?<![\w<])@([\w.]+)/gu, (whole, name: string) => {
      const found = people.find((one) => [one.username, one.name].some((known) => known.toLowerCase() === name.toLowerCase()));
      const role = state.guild?.roles.find((one) => one.name.toLowerCase() === name.toLowerCase());
      return found ? `<@${found.id}>` : role ? `<@&${role.id}>` : whole;
    })
    .replace(/(?<![\w<&])#([\p{L}\w-]+)/gu, (whole, name: string) => {
      const found = state.channels.find((one) => one.name === name.toLowerCase());
      return found ? `<#${found.id}>` : whole;
    });
}
