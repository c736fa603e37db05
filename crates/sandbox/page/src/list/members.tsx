// The people of the guild, by the roles that stand apart.

import { Avatar, Tag } from "../avatar";
import { Icon } from "../icons";
import { openMenu } from "../menu";
import { state } from "../store";
import { hex } from "../text";
import type { Member } from "../types";
import { memberMenu } from "./hand";

export function Members() {
  const { people, guild } = state;
  const groups = (guild?.roles ?? []).filter((role) => role.hoist).map((role) => ({ name: role.name, members: people.members.filter((one) => one.group === role.id) }));
  groups.push({ name: "Members", members: people.members.filter((one) => !one.group) });
  return (
    <aside class="members" aria-label="Members">
      {groups.filter((group) => group.members.length).map((group) => (
        <section key={group.name}>
          <h3>{group.name} — {group.members.length}</h3>
          <ul>{group.members.toSorted((a, b) => a.name.localeCompare(b.name)).map((one) => <Entry key={one.id} one={one} />)}</ul>
        </section>
      ))}
      {people.size > people.members.length && <p class="note pad">and {people.size - people.members.length} more</p>}
    </aside>
  );
}

function Entry({ one }: { one: Member }) {
  const color = hex(one.color);
  const roles = (state.guild?.roles ?? []).filter((role) => one.roles.includes(role.id) && !role.managed).map((role) => role.name);
  const open = (event: MouseEvent) => openMenu(event, memberMenu(one));
  return (
    <li>
      <button type="button" class={`member${one.id === state.me?.id ? " me" : ""}`} aria-haspopup="menu" title={roles.join(", ") || undefined} onClick={open} onContextMenu={open}>
        <Avatar {...one} />
        <span class="member-text">
          <span class="name" style={color ? { color } : undefined}>{one.name}{one.bot && <Tag />}{one.owner && <span class="crown" title="Owner of the guild"><Icon name="crown" /></span>}</span>
          {(one.until || roles.length > 0) && <span class="member-roles">{one.until ? "timed out" : roles.join(", ")}</span>}
        </span>
      </button>
    </li>
  );
}
