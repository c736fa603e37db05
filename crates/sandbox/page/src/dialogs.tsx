// Our own dialogs: a question, the pins, the roles.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { attempt, by, hand } from "./act";
import { Icon } from "./icons";
import { Row } from "./message/row";
import { ModalDialog } from "./modal";
import { set, state, type Ask } from "./store";
import { hex } from "./text";
import type { Id, Role } from "./types";

export function Dialogs() {
  const { dialog } = state;
  if (!dialog) return null;
  if ("modal" in dialog) return <ModalDialog key={dialog.modal.interaction} modal={dialog.modal} />;
  if ("ask" in dialog) return <Question ask={dialog.ask} />;
  if ("pins" in dialog) return <Pins />;
  if ("roles" in dialog) return <Roles />;
  return <RolesOf id={dialog.rolesOf} />;
}

const close = () => set({ dialog: null });

function Frame({ title, children, foot, submit }: { title: string; children: ComponentChildren; foot?: ComponentChildren; submit?: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onCancel={(event) => { event.preventDefault(); close(); }}>
      <form onSubmit={(event) => { event.preventDefault(); submit?.(); }}>
        <header><h2 id="dialog-title">{title}</h2><button type="button" class="round" aria-label="Close" onClick={close}><Icon name="close" /></button></header>
        <div class="dialog-body">{children}</div>
        {foot && <footer>{foot}</footer>}
      </form>
    </dialog>
  );
}

function Question({ ask }: { ask: Ask }) {
  const [value, change] = useState(ask.value ?? "");
  const go = () => { close(); void ask.act(value.trim()); };
  const edit = (event: { currentTarget: { value: string } }) => change(event.currentTarget.value);
  return (
    <Frame title={ask.title} submit={() => (!ask.label || value.trim() || ask.long) && go()} foot={
      <>
        <button type="button" class="button secondary" onClick={close}>Cancel</button>
        <button type="submit" class={`button ${ask.danger ? "danger" : "primary"}`}>{ask.yes}</button>
      </>
    }>
      {ask.text && <p>{ask.text}</p>}
      {ask.label && <div class="input"><label for="answer">{ask.label}</label>{ask.long ? <textarea id="answer" rows={3} value={value} onInput={edit} /> : <input id="answer" autocomplete="off" value={value} onInput={edit} />}</div>}
    </Frame>
  );
}

function Pins() {
  const { pins } = state;
  return (
    <Frame title="Pinned messages">
      {pins.length ? pins.map((one) => <div class="pin-box" key={one.id}><Row one={one} first busy="" failure={undefined} lists={null} /></div>) : <p class="note">Nothing is pinned here.</p>}
    </Frame>
  );
}

function Dot({ role }: { role: Role }) {
  return <span class="role-dot" style={hex(role.color) ? { background: hex(role.color)! } : undefined} />;
}

/// The roles of one member, to give and to take.
function RolesOf({ id }: { id: Id }) {
  const member = state.people.members.find((one) => one.id === id);
  const may = state.me?.can.roles;
  if (!member) return null;
  return (
    <Frame title={`Roles of ${member.name}`}>
      <p class="note">By hand, as {by(may).as}. The bot is not asked.</p>
      {state.guild?.roles.filter((role) => !role.everyone && !role.managed).map((role) => (
        <label class="tick" key={role.id}>
          <input type="checkbox" checked={member.roles.includes(role.id)} onChange={(event) => void attempt(hand({ do: event.currentTarget.checked ? "give_role" : "take_role", user: id, role: role.id }, may))} />
          <span><Dot role={role} /><b>{role.name}</b></span>
        </label>
      ))}
    </Frame>
  );
}

/// All roles of the guild, to change by hand.
function Roles() {
  const [name, change] = useState("");
  const may = state.me?.can.roles;
  const rename = (role: Role) => set({ dialog: { ask: { title: `Rename ${role.name}`, label: "Name", value: role.name, yes: "Rename", act: async (name) => void (await attempt(hand({ do: "edit_role", role: role.id, name }, may))) } } });
  const remove = (role: Role) => set({ dialog: { ask: { title: `Delete ${role.name}?`, text: "Everyone who has this role loses it.", yes: "Delete", danger: true, act: async () => void (await attempt(hand({ do: "delete_role", role: role.id }, may), "Role deleted.")) } } });
  const make = async () => {
    if (name.trim() && (await attempt(hand({ do: "create_role", name: name.trim() }, may)))) change("");
  };
  return (
    <Frame title={`Roles of ${state.guild?.name}`} submit={() => void make()}>
      <p class="note">Highest first. By hand, as {by(may).as}. The bot is not asked.</p>
      <ul class="roles">
        {state.guild?.roles.filter((role) => !role.everyone).map((role) => (
          <li key={role.id}>
            <Dot role={role} /><span class="grow">{role.name}</span>
            {role.managed
              ? <button type="button" class="button secondary" onClick={() => void attempt(drag(role))}>{isTop(role) ? "Drag to the bottom" : "Drag to the top"}</button>
              : <>
                <button type="button" class="button secondary" aria-label={`Rename ${role.name}`} onClick={() => rename(role)}>Rename</button>
                <button type="button" class="button danger" aria-label={`Delete ${role.name}`} onClick={() => remove(role)}>Delete</button>
              </>}
          </li>
        ))}
      </ul>
      <div class="input"><label for="role-name">New role</label><div class="side-by-side"><input id="role-name" autocomplete="off" value={name} onInput={(event) => change(event.currentTarget.value)} /><button type="submit" class="button primary">Create</button></div></div>
    </Frame>
  );
}

const isTop = (role: Role) => state.guild?.roles[0]?.id === role.id;

function drag(role: Role): Promise<unknown> {
  const others = state.guild!.roles.filter((one) => one.id !== role.id && !one.everyone);
  const to = isTop(role) ? { below: others.at(-1)?.id } : { above: others[0]?.id };
  return hand({ do: "move_role", role: role.id, ...to }, state.me?.can.roles);
}
