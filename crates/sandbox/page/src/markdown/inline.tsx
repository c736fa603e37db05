// Markup inside a line. Text becomes nodes, never HTML.

import { useState } from "preact/hooks";
import type { ComponentChildren, VNode } from "preact";
import { go } from "../live";
import { state } from "../store";
import { hex, roleName, stamp, whole } from "../text";

export type Names = Record<string, string | null>;
type Out = ComponentChildren[];

interface Rule { find: RegExp; make: (found: RegExpExecArray, names: Names, depth: number) => VNode }

const nest = (text: string, names: Names, depth: number) => inline(text, names, depth + 1);

const RULES: Rule[] = [
  { find: /\\([\\*_~`|>#<\-[\]()@:.])/u, make: ([, letter]) => <>{letter}</> },
  { find: /(`+)(.+?)\1(?!`)/su, make: ([, , code]) => <code>{code!.trim()}</code> },
  { find: /<a?:(\w{2,32}):\d+>/u, make: ([, name]) => <span class="emoji-custom" title={`:${name}:`}>:{name}:</span> },
  { find: /<t:(-?\d{1,12})(?::([tTdDfFsSR]))?>/u, make: ([, unix, style]) => <time class="stamp" title={whole(Number(unix) * 1000)}>{stamp(Number(unix), style ?? "f")}</time> },
  { find: /<@&(\d+)>/u, make: ([, id]) => <Role id={id!} /> },
  { find: /<@!?(\d+)>/u, make: ([, id], names) => <span class={`mention${id === state.me?.id ? " mine" : ""}`}>@{names[id!] ?? "unknown-user"}</span> },
  { find: /<#(\d+)>/u, make: ([, id], names) => <Place id={id!} name={names[id!]} /> },
  { find: /<\/([^:>]{1,100}):\d+>/u, make: ([, name]) => <span class="mention">/{name}</span> },
  { find: /@(everyone|here)\b/u, make: ([whole]) => <span class="mention mine">{whole}</span> },
  { find: /\[([^\]]+)\]\(<?(https?:\/\/[^\s)>]+)>?(?: "[^"]*")?\)/u, make: ([, text, url], names, depth) => <Link url={url!}>{nest(text!, names, depth)}</Link> },
  { find: /<(https?:\/\/[^\s>]+)>/u, make: ([, url]) => <Link url={url!}>{url}</Link> },
  { find: /https?:\/\/[^\s<]+[^\s<.,:;"')\]!?]/u, make: ([url]) => <Link url={url!}>{url}</Link> },
  { find: /\*\*\*(.+?)\*\*\*/su, make: ([, text], names, depth) => <strong><em>{nest(text!, names, depth)}</em></strong> },
  { find: /\*\*(.+?)\*\*(?!\*)/su, make: ([, text], names, depth) => <strong>{nest(text!, names, depth)}</strong> },
  { find: /__(.+?)__(?!_)/su, make: ([, text], names, depth) => <u>{nest(text!, names, depth)}</u> },
  { find: /~~(.+?)~~/su, make: ([, text], names, depth) => <s>{nest(text!, names, depth)}</s> },
  { find: /\|\|(.+?)\|\|/su, make: ([, text], names, depth) => <Spoiler>{nest(text!, names, depth)}</Spoiler> },
  { find: /\*(?!\s)((?:[^*]|\*\*.+?\*\*)+?)(?<!\s)\*(?!\*)/su, make: ([, text], names, depth) => <em>{nest(text!, names, depth)}</em> },
  { find: /(?<!\w)_(?!\s)([^_]+?)(?<!\s)_(?!\w)/su, make: ([, text], names, depth) => <em>{nest(text!, names, depth)}</em> },
];

/// Deeper nesting than anybody writes is shown as it is.
const DEEPEST = 8;

/// The markup of some text as nodes: always the rule that strikes first, the earlier one when two do.
export function inline(text: string, names: Names, depth = 0): Out {
  const out: Out = [];
  let rest = text;
  const dead = new Set<Rule>();
  while (rest && depth < DEEPEST) {
    let best: { rule: Rule; found: RegExpExecArray } | null = null;
    for (const rule of RULES) {
      if (dead.has(rule)) continue;
      const found = rule.find.exec(rest);
      if (!found) dead.add(rule);
      else if (!best || found.index < best.found.index) best = { rule, found };
    }
    if (!best) break;
    const { rule, found } = best;
    if (found.index) out.push(rest.slice(0, found.index));
    out.push(rule.make(found, names, depth));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) out.push(rest);
  return out;
}

/// A channel one may go to, if one sees it.
function Place({ id, name }: { id: string; name: string | null | undefined }) {
  if (!name) return <span class="mention">#{name === null ? "no-access" : "unknown"}</span>;
  return <button type="button" class="mention" onClick={() => go({ channel: id })}>#{name}</button>;
}

function Role({ id }: { id: string }) {
  const color = hex(state.guild?.roles.find((role) => role.id === id)?.color);
  return <span class="mention" style={color ? { color } : undefined}>@{roleName(id)}</span>;
}

export function Link({ url, children }: { url: string; children: ComponentChildren }) {
  return <a href={url} target="_blank" rel="noopener noreferrer nofollow">{children}</a>;
}

export function Spoiler({ children }: { children: ComponentChildren }) {
  const [open, show] = useState(false);
  if (open) return <span class="spoiler open">{children}</span>;
  return <button type="button" class="spoiler" aria-label="Spoiler, hidden. Show it" onClick={() => show(true)}><span>{children}</span></button>;
}
