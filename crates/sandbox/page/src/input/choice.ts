// What can be picked: options, people, roles, channels.

import { state } from "../store";
import { hex } from "../text";
import type { Component } from "../types";

export interface Choice { value: string; label: string; hint?: string; color?: string; picture?: "person" | "bot" }

const people = (): Choice[] =>
  state.people.members.map((one) => ({ value: one.id, label: one.name, hint: one.username, color: hex(one.color), picture: one.bot ? "bot" : "person" }));

const roles = (): Choice[] =>
  (state.guild?.roles ?? []).map((one) => ({ value: one.id, label: one.everyone ? one.name : `@${one.name}`, color: hex(one.color) }));

function channels(kinds: number[] | undefined): Choice[] {
  const named = new Map(state.channels.map((one) => [one.id, one.name]));
  const fits = state.channels.filter((one) => !kinds?.length || kinds.includes(one.kind));
  return fits.map((one) => ({ value: one.id, label: `${one.kind === 4 ? "▾ " : one.kind === 2 ? "🔊 " : "# "}${one.name}`, hint: one.parent ? named.get(one.parent) : undefined }));
}

/// The choices of a select; `null` for a string select, which brings its own.
function entities(kind: number, types: number[] | undefined): Choice[] | null {
  switch (kind) {
    case 5: return people();
    case 6: return roles();
    case 7: return [...people(), ...roles()];
    case 8: return channels(types);
    default: return null;
  }
}

export function choicesOf(select: Component): Choice[] {
  const own = (select.options ?? []).map((one) => ({
    value: one.value, label: `${one.emoji?.id ? `:${one.emoji.name}: ` : one.emoji?.name ? `${one.emoji.name} ` : ""}${one.label}`, hint: one.description ?? undefined,
  }));
  return entities(select.type, select.channel_types) ?? own;
}

/// What is chosen from the start.
export function chosenOf(select: Component): string[] {
  const own = (select.options ?? []).filter((one) => one.default).map((one) => one.value);
  return [...own, ...(select.default_values ?? []).map((one) => one.id)];
}

/// The choices of a command's option by its type: users 6, channels 7, roles 8, both 9.
export function choicesOfOption(type: number, kinds: number[] | undefined): Choice[] {
  switch (type) {
    case 5: return [{ value: "true", label: "True" }, { value: "false", label: "False" }];
    case 6: return people();
    case 7: return channels(kinds);
    case 8: return roles();
    case 9: return [...people(), ...roles()];
    default: return [];
  }
}

export function matching(all: Choice[], typed: string): Choice[] {
  const wanted = typed.trim().toLowerCase().replace(/^[@#]/u, "");
  if (!wanted) return all;
  const fits = (one: Choice) => `${one.label} ${one.hint ?? ""}`.toLowerCase().includes(wanted);
  const starts = (one: Choice) => one.label.toLowerCase().replace(/^[@#🔊▾\s]+/u, "").startsWith(wanted);
  const found = all.filter(fits);
  return [...found.filter(starts), ...found.filter((one) => !starts(one))];
}
