// Slash commands as they are typed: `game create` is one line of the list.

import type { Command, CommandOption } from "../types";

export interface Called { path: string; description: string; options: CommandOption[] }

/// Those that fit what is typed, the ones that start with it first.
export function flatten(commands: Command[], typed: string): Called[] {
  const all: Called[] = commands.filter((one) => one.kind === 1).flatMap((one) => below(one.name, one.description ?? "", one.options ?? []));
  const wanted = typed.trim().toLowerCase();
  const found = all.filter((one) => one.path.includes(wanted) || one.description.toLowerCase().includes(wanted));
  const rank = (one: Called) => (one.path.startsWith(wanted) ? 0 : one.path.includes(wanted) ? 1 : 2);
  return found.sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
}

function below(path: string, description: string, options: CommandOption[]): Called[] {
  const subs = options.filter((one) => one.type === 1 || one.type === 2);
  if (!subs.length) return [{ path, description, options }];
  return subs.flatMap((one) => below(`${path} ${one.name}`, one.description, one.options ?? []));
}
