import { Link } from "../markdown/inline";
import { Markdown } from "../markdown/blocks";
import { edge, when } from "../text";
import type { Embed, Message } from "../types";
import { Picture } from "./components";

/// An embed: the boxes of older bots.
export function EmbedBox({ one, on }: { one: Embed; on: Message }) {
  const foot = [one.footer?.text, one.timestamp && when(Date.parse(one.timestamp))].filter(Boolean).join(" · ");
  return (
    <div class="container accent embed" style={edge(one.color)}>
      {one.thumbnail && <Picture url={one.thumbnail.url} small />}
      {one.author && <div class="embed-author">{one.author.name}</div>}
      {one.title && <div class="embed-title">{one.url ? <Link url={one.url}>{one.title}</Link> : one.title}</div>}
      {one.description && <Markdown text={one.description} names={on.names} />}
      {one.fields && (
        <div class="fields">
          {one.fields.map((field) => (
            <div class={field.inline ? "field" : "field whole"}>
              <div class="field-name">{field.name}</div>
              <Markdown text={field.value} names={on.names} />
            </div>
          ))}
        </div>
      )}
      {one.image && <Picture url={one.image.url} />}
      {foot && <div class="note">{foot}</div>}
    </div>
  );
}
