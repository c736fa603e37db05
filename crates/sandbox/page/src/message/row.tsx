// One message.

import { Component as Base, type VNode } from "preact";
import { attempt, fail, hand } from "../act";
import { Avatar, Tag } from "../avatar";
import { Icon } from "../icons";
import { Markdown } from "../markdown/blocks";
import { openMenu } from "../menu";
import { set, state, with_ } from "../store";
import { hex, time, when, whole } from "../text";
import type { Message, Person } from "../types";
import { go } from "../live";
import { messageMenu } from "./actions";
import { Components, File, Picture } from "./components";
import { EmbedBox } from "./embed";

interface Props { one: Message; first: boolean; busy: string; failure: string | undefined; lists: unknown }

/// Draws again only when something about this message is new.
export class Row extends Base<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const old = this.props;
    return old.one !== next.one || old.first !== next.first || old.busy !== next.busy || old.failure !== next.failure || old.lists !== next.lists;
  }

  override render({ one, first, failure }: Props): VNode {
    if (one.kind === 6 || one.kind === 18) return <Notice one={one} />;
    return (
      <article class={`message${first ? " first" : ""}${one.ephemeral ? " ephemeral" : ""}`} aria-label={`${one.author.name}, ${time(one.at)}`} data-message={one.id} onContextMenu={(event) => openMenu(event, messageMenu(one))}>
        {one.reply && <Quote one={one} />}
        {one.used && <Used one={one} />}
        {first ? <Avatar {...one.author} /> : <time class="time-aside" aria-hidden="true">{time(one.at)}</time>}
        <div class="message-body">
          {first && <header><Name who={one.author} /><time title={whole(one.at)}>{when(one.at)}</time>{one.pinned && <span class="pinned" title="Pinned"><Icon name="pin" /></span>}</header>}
          {one.loading ? <div class="thinking"><span class="dots" aria-hidden="true" />{one.author.name} is thinking…</div> : <Content one={one} />}
          {failure && <div class="failure" role="alert"><Icon name="warn" /><span>{failure}</span><button type="button" class="plain" onClick={() => fail(one.id, "")}>Dismiss</button></div>}
          {one.ephemeral && (
            <div class="only-you"><Icon name="eye" /> Only you can see this · <button type="button" class="plain" onClick={() => set({ dismissed: with_(state.dismissed, one.id, true) })}>Dismiss message</button></div>
          )}
        </div>
        <button type="button" class="message-more" aria-label={`Actions for the message of ${one.author.name}`} aria-haspopup="menu" onClick={(event) => openMenu(event, messageMenu(one))}><Icon name="more" /></button>
      </article>
    );
  }
}

function Content({ one }: { one: Message }) {
  return (
    <>
      {one.content && <Markdown text={one.content} names={one.names} />}
      {!one.quiet && one.embeds.map((embed) => <EmbedBox one={embed} on={one} />)}
      <Components list={one.components} on={one} />
      {one.files?.map((file) => file.picture ? <Picture url={file.picture} text={file.text} /> : <File name={file.name} bytes={file.size} />)}
      {one.reactions && <Reactions one={one} />}
      {one.thread && <button type="button" class="thread-link" onClick={() => go({ channel: one.thread!.id })}><Icon name="thread" /> {one.thread.name}</button>}
      {one.edited && <span class="edited" title={whole(one.edited)}>(edited)</span>}
    </>
  );
}

export function Name({ who }: { who: Person }) {
  const color = hex(who.color);
  return <span class="name" style={color ? { color } : undefined}>{who.name}{who.bot && <Tag />}</span>;
}

function Reactions({ one }: { one: Message }) {
  return (
    <div class="reactions">
      {one.reactions!.map(({ emoji, count, mine }) => (
        <button key={emoji} type="button" class={mine ? "reaction mine" : "reaction"} aria-pressed={mine} aria-label={`${emoji}, ${count}`} onClick={() => void attempt(hand({ do: "react", message: one.id, emoji, on: !mine }))}>{emoji} <b>{count}</b></button>
      ))}
    </div>
  );
}

function Quote({ one }: { one: Message }) {
  const { author, text } = one.reply!;
  return <div class="quote"><Icon name="reply" /><Avatar {...author} small /><b>{author.name}</b><span class="quote-text">{text ? <Markdown text={text} names={one.names} /> : "a message"}</span></div>;
}

function Used({ one }: { one: Message }) {
  const { by, command } = one.used!;
  return <div class="quote"><Icon name="reply" /><Avatar {...by} small /><b>{by.name}</b><span>used <span class="mention">/{command ?? "a command"}</span></span></div>;
}

function Notice({ one }: { one: Message }) {
  const text = one.kind === 6 ? "pinned a message to this channel." : `started a thread: ${one.content}`;
  return <div class="notice" data-message={one.id}><Icon name={one.kind === 6 ? "pin" : "thread"} /><span><b>{one.author.name}</b> {text}</span><time>{when(one.at)}</time></div>;
}
