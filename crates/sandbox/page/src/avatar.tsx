import { hue, initials } from "./text";
import type { Id } from "./types";

/// A round picture with the first letter of the name.
export function Avatar({ id, name, bot, small }: { id: Id; name: string; bot?: boolean; small?: boolean }) {
  return <span class={`avatar hue-${hue(id)}${bot ? " bot" : ""}${small ? " small" : ""}`} aria-hidden="true">{initials(name, 2)}</span>;
}

export function Tag() {
  return <span class="tag">APP</span>;
}
