// Who one is at the moment, and becoming somebody else.

import { useRef, useState } from "preact/hooks";
import { attempt, hand, post } from "../act";
import { Avatar } from "../avatar";
import { Icon } from "../icons";
import { go } from "../live";
import { Popup } from "../popup";
import { keep, set, state, type Theme } from "../store";
import { hex } from "../text";
import type { Id } from "../types";

const THEMES: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" };

export function UserBox() {
  const { me, switcher, theme } = state;
  const box = useRef<HTMLDivElement>(null);
  const next = () => { keep("sandbox-theme", THEMES[theme]); set({ theme: THEMES[theme] }); };
  if (!me) return <div class="user-box" />;
  return (
    <div class="user-box" ref={box}>
      <button type="button" class="who" aria-haspopup="dialog" aria-expanded={switcher} aria-label={`You are ${me.name}. Act as somebody else`} onClick={() => set({ switcher: !switcher })}>
        <Avatar id={me.id} name={me.name} />
        <span class="who-text"><span class="name" style={hex(me.color) ? { color: hex(me.color)! } : undefined}>{me.name}</span><span class="note">{rank()}</span></span>
        <Icon name="swap" />
      </button>
      <button type="button" class="round" aria-label={`Colours: ${theme}`} title={`Colours: ${theme}`} onClick={next}><Icon name={theme === "light" ? "sun" : theme === "dark" ? "moon" : "auto"} /></button>
      {switcher && box.current && <Popup anchor={box.current} close={() => set({ switcher: false })} fit above class="switcher"><Switcher /></Popup>}
    </div>
  );
}

function rank(): string {
  const { me, guild, people } = state;
  if (!me?.member) return "not in this guild";
  if (me.owner) return "owner";
  const member = people.members.find((one) => one.id === me.id);
  const top = guild?.roles.find((role) => !role.everyone && member?.roles.includes(role.id));
  return top?.name ?? (guild ? "member" : me.username);
}

function Switcher() {
  const { people, guild, me } = state;
  const [name, change] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const wanted = name.trim().toLowerCase();
  const fits = (one: { name: string; username?: string }) => !wanted || `${one.name} ${one.username ?? ""}`.toLowerCase().includes(wanted);
  const members = people.members.filter((one) => !one.bot && fits(one));
  const others = people.others.filter(fits);
  const exact = [...people.members, ...people.others].some((one) => one.name.toLowerCase() === wanted);
  const make = async () => {
    const typed = name.trim();
    if (!typed) return;
    await attempt((async () => {
      const made = await post("/users", { name: typed });
      go({ user: made.id });
    })());
  };
  const roles = (ids: Id[]) => (guild?.roles ?? []).filter((role) => ids.includes(role.id)).map((role) => role.name).join(", ");
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      set({ switcher: false });
      document.querySelector<HTMLElement>(".who")?.focus();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const all = [...(list.current?.querySelectorAll<HTMLElement>("input, .person > button:first-child") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]?.focus();
  };
  const enter = (event: Event) => {
    event.preventDefault();
    const first = members[0] ?? others[0];
    if (first && wanted) go({ user: first.id });
    else void make();
  };
  return (
    <div ref={list} role="dialog" aria-label="Act as" onKeyDown={key}>
      <div class="popup-title">Act as…</div>
      <form onSubmit={enter}><input data-first class="search" aria-label="Find somebody, or name a new person" placeholder="Find, or name a new person" autocomplete="off" value={name} onInput={(event) => change(event.currentTarget.value)} /></form>
      <ul class="people">
        {members.map((one) => <Entry key={one.id} id={one.id} name={one.name} color={one.color} note={[one.owner ? "owner" : "", roles(one.roles)].filter(Boolean).join(", ") || "member"} on={one.id === me?.id} />)}
        {others.length > 0 && <li class="menu-heading">Not in {guild?.name ?? "this guild"}</li>}
        {others.map((one) => <Entry key={one.id} id={one.id} name={one.name} color={null} note="stranger" on={one.id === me?.id} />)}
        {wanted && !exact && <li class="person"><button type="button" onClick={() => void make()}><span class="avatar"><Icon name="plus" /></span><span class="who-text"><span class="name">{name.trim()}</span><span class="note">a new person, in no guild yet</span></span></button></li>}
      </ul>
      {me && <Language id={me.id} name={me.name} locale={me.locale} />}
    </div>
  );
}

const LOCALES: Record<string, string> = { "en-US": "English", "en-GB": "English (UK)", de: "Deutsch", "es-ES": "Español", fr: "Français", it: "Italiano", ja: "日本語", ko: "한국어", nl: "Nederlands", pl: "Polski", "pt-BR": "Português", ru: "Русский", tr: "Türkçe", uk: "Українська", "zh-CN": "中文" };

/// The language of the person's client, which bots are told.
function Language({ id, name, locale }: { id: Id; name: string; locale: string }) {
  const change = (event: { currentTarget: { value: string } }) => void attempt(hand({ do: "language", user: id, locale: event.currentTarget.value }));
  return (
    <label class="pick language"><span>{name}’s language, as bots are told</span>
      <select value={locale} onChange={change}>
        {Object.entries(LOCALES).map(([code, own]) => <option key={code} value={code}>{own}</option>)}
        {!LOCALES[locale] && <option value={locale}>{locale}</option>}
      </select>
    </label>
  );
}

function Entry({ id, name, color, note, on }: { id: Id; name: string; color: number | null; note: string; on: boolean }) {
  const link = new URLSearchParams({ as: id, guild: state.place?.guild ?? "", in: state.place?.channel ?? "" });
  return (
    <li class={`person${on ? " on" : ""}`}>
      <button type="button" aria-current={on ? "true" : undefined} onClick={() => go({ user: id })}>
        <Avatar id={id} name={name} />
        <span class="who-text"><span class="name" style={hex(color) ? { color: hex(color)! } : undefined}>{name}</span><span class="note">{note}</span></span>
        {on && <Icon name="check" />}
      </button>
      <a class="round" href={`/app#${link}`} target="_blank" rel="noopener" aria-label={`${name} in a new tab`} title="In a new tab"><Icon name="out" /></a>
    </li>
  );
}

/// What somebody sees who is not in the guild.
export function Door() {
  const { me, guild } = state;
  if (!me || !guild) return null;
  return (
    <div class="nowhere">
      <Icon name="people" />
      <h2>{me.name} is not in {guild.name}</h2>
      <p>People who are not in a guild see nothing of it.</p>
      <button type="button" class="button primary" onClick={() => void attempt(hand({ do: "join", user: me.id }))}>Join {guild.name}</button>
    </div>
  );
}
