// Markup of whole lines: code blocks, headings, quotes, lists.

import type { VNode } from "preact";
import { inline, type Names } from "./inline";

/// A message's text as nodes.
export function Markdown({ text, names }: { text: string; names: Names }) {
  return <div class="markdown">{blocks(text, names)}</div>;
}

function blocks(text: string, names: Names): VNode[] {
  const out: VNode[] = [];
  const fence = /```(?:([\w+-]*)\n)?([\s\S]*?)```/gu;
  let from = 0;
  for (const found of text.matchAll(fence)) {
    out.push(...lines(text.slice(from, found.index), names));
    out.push(<pre><code>{found[2]!.replace(/\n$/u, "")}</code></pre>);
    from = found.index + found[0].length;
  }
  return [...out, ...lines(text.slice(from), names)];
}

const ITEM = /^(\s*)(?:[-*]|(\d+)\.)\s+(.*)$/u;

function lines(text: string, names: Names): VNode[] {
  const out: VNode[] = [];
  const all = text.replace(/^\n|\n$/gu, "").split("\n");
  if (all.length === 1 && !all[0]) return out;
  let plain: string[] = [];
  const flush = () => {
    if (plain.length) out.push(<p>{inline(plain.join("\n"), names)}</p>);
    plain = [];
  };
  for (let at = 0; at < all.length; at++) {
    const line = all[at]!;
    const heading = /^(#{1,3})\s+(.+)$/u.exec(line);
    const small = /^-#\s+(.+)$/u.exec(line);
    if (line.startsWith(">>> ")) {
      flush();
      out.push(<blockquote>{lines([line.slice(4), ...all.slice(at + 1)].join("\n"), names)}</blockquote>);
      return out;
    }
    if (heading) {
      flush();
      // A message is a part of the page, so its headings are no headings of the page's outline.
      out.push(<div class={`h${heading[1]!.length}`}>{inline(heading[2]!, names)}</div>);
    } else if (small) {
      flush();
      out.push(<p class="small">{inline(small[1]!, names)}</p>);
    } else if (/^> ?/u.test(line) && line !== ">") {
      flush();
      const quoted = [line];
      while (/^> /u.test(all[at + 1] ?? "")) quoted.push(all[++at]!);
      out.push(<blockquote>{lines(quoted.map((one) => one.replace(/^> ?/u, "")).join("\n"), names)}</blockquote>);
    } else if (ITEM.test(line)) {
      flush();
      const items = [line];
      while (ITEM.test(all[at + 1] ?? "")) items.push(all[++at]!);
      out.push(list(items, names));
    } else plain.push(line);
  }
  flush();
  return out;
}

function list(items: string[], names: Names): VNode {
  const read = items.map((item) => ITEM.exec(item)!);
  const shown = read.map(([, indent, , text]) => <li class={indent!.length > 1 ? "deep" : undefined}>{inline(text!, names)}</li>);
  const first = read[0]![2];
  return first ? <ol start={Number(first)}>{shown}</ol> : <ul>{shown}</ul>;
}
