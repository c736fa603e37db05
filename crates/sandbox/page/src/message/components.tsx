// Components of messages (Discord's "Components V2" and the older rows).

import { useState } from "preact/hooks";
import { run } from "../act";
import { choicesOf, chosenOf } from "../input/choice";
import { Select } from "../input/select";
import { Icon } from "../icons";
import { Markdown } from "../markdown/blocks";
import { state } from "../store";
import { edge, size } from "../text";
import type { Component, Emoji, Message } from "../types";

/// Components one below the other.
export function Components({ list, on }: { list: Component[]; on: Message }) {
  return <>{list.map((one, at) => <One key={one.id ?? at} one={one} on={on} />)}</>;
}

function One({ one, on }: { one: Component; on: Message }) {
  switch (one.type) {
    case 1: return <div class="row">{one.components?.map((child, at) => <One key={child.custom_id ?? at} one={child} on={on} />)}</div>;
    case 2: return <Button one={one} on={on} />;
    case 3: case 5: case 6: case 7: case 8: return <Pick one={one} on={on} />;
    case 9: return (
      <div class="section">
        <div class="section-text"><Components list={one.components ?? []} on={on} /></div>
        {one.accessory && <div class="section-side"><One one={one.accessory} on={on} /></div>}
      </div>
    );
    case 10: return <Markdown text={one.content ?? ""} names={on.names} />;
    case 11: return <Picture url={one.media?.url ?? ""} text={one.description} small />;
    case 12: return <div class="gallery">{one.items?.map((item) => <Picture url={item.media.url} text={item.description} />)}</div>;
    case 13: return <File name={one.name || (one.file?.url ?? "").replace("attachment://", "")} bytes={one.size ?? 0} />;
    case 14: return <hr class={`gap-${one.spacing ?? 1}${one.divider === false ? " unseen" : ""}`} />;
    case 17: return <Container one={one} on={on} />;
    default: return <div class="strange">Component of type {one.type}</div>;
  }
}

function Container({ one, on }: { one: Component; on: Message }) {
  const [open, show] = useState(!one.spoiler);
  return (
    <div class={`container${one.accent_color ? " accent" : ""}`} style={edge(one.accent_color)}>
      {open ? <Components list={one.components ?? []} on={on} /> : <button type="button" class="button secondary" onClick={() => show(true)}>Show spoiler</button>}
    </div>
  );
}

export function EmojiText({ emoji }: { emoji: Emoji | undefined }) {
  if (!emoji?.name) return null;
  return <span class="emoji" aria-hidden="true">{emoji.id ? `:${emoji.name}:` : emoji.name}</span>;
}

const STYLES = ["", "primary", "secondary", "success", "danger", "link", "premium"];

function Button({ one, on }: { one: Component; on: Message }) {
  const style = STYLES[one.style ?? 2] ?? "secondary";
  const name = one.label || one.emoji?.name || "Button";
  const inner = <><EmojiText emoji={one.emoji} />{one.label && <span>{one.label}</span>}</>;
  if (one.style === 5) {
    return <a class="button secondary" href={/^https?:/u.test(one.url ?? "") ? one.url : undefined} target="_blank" rel="noopener noreferrer" aria-label={`${name}, opens a new tab`}>{inner}<Icon name="out" /></a>;
  }
  const key = `${on.id} ${one.custom_id}`;
  const busy = state.busy.has(key);
  return (
    <button type="button" class={`button ${style}${busy ? " busy" : ""}`} disabled={one.disabled || one.style === 6} aria-label={name} aria-busy={busy}
      onClick={() => run("click", { message: on.id, button: one.custom_id }, key, on.id)}>
      {inner}{busy && <span class="dots" aria-hidden="true" />}
    </button>
  );
}

function Pick({ one, on }: { one: Component; on: Message }) {
  const key = `${on.id} ${one.custom_id}`;
  return (
    <Select label={one.placeholder || "Make a selection"} choices={choicesOf(one)} chosen={chosenOf(one)} min={one.min_values ?? 1} max={one.max_values ?? 1}
      disabled={one.disabled} busy={state.busy.has(key)} change={(values) => run("select", { message: on.id, select: one.custom_id, values }, key, on.id)} />
  );
}

/// Pictures of other sites are not fetched: the page asks nobody but the sandbox.
export function Picture({ url, text, small }: { url: string; text?: string | null; small?: boolean }) {
  if (url.startsWith("/attachments/")) {
    return <img class={`shown${small ? " small" : ""}`} src={url} alt={text ?? ""} />;
  }
  const name = text || decodeURIComponent(url.split(/[?#]/u)[0]!.split("/").at(-1) || "picture");
  return <div class={`picture${small ? " small" : ""}`} role="img" aria-label={`Picture: ${name}`} title={url}><Icon name="picture" /><span>{name}</span></div>;
}

export function File({ name, bytes }: { name: string; bytes: number }) {
  return <div class="file"><Icon name="file" /><span class="file-name">{name}</span><span class="note">{size(bytes)}</span></div>;
}
