// Names, times and colours as people read them.

import type { CSSProperties } from "preact";
import { now, state } from "./store";
import type { Id } from "./types";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const seconds = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "long", day: "numeric" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

export const time = (ms: number) => clock.format(ms);
export const exact = (ms: number) => seconds.format(ms);
export const date = (ms: number) => day.format(ms);
export const whole = (ms: number) => full.format(ms);

export function when(ms: number): string {
  return day.format(ms) === day.format(now()) ? clock.format(ms) : `${new Date(ms).toLocaleDateString()} ${clock.format(ms)}`;
}

/// `<t:…:style>`.
export function stamp(unix: number, style: string): string {
  const at = unix * 1000;
  const as = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, options).format(at);
  switch (style) {
    case "t": return as({ timeStyle: "short" });
    case "T": return as({ timeStyle: "medium" });
    case "d": return as({ dateStyle: "short" });
    case "D": return as({ dateStyle: "long" });
    case "F": return as({ dateStyle: "full", timeStyle: "short" });
    case "s": return as({ dateStyle: "short", timeStyle: "short" });
    case "S": return as({ dateStyle: "short", timeStyle: "medium" });
    case "R": return relative(at);
    default: return as({ dateStyle: "long", timeStyle: "short" });
  }
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1],
];

function relative(at: number): string {
  const left = (at - now()) / 1000;
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  const [unit, size] = UNITS.find(([, size]) => Math.abs(left) >= size) ?? UNITS[5]!;
  return words.format(Math.round(left / size), unit);
}

/// A colour from Discord's number.
export function hex(color: number | null | undefined): string | undefined {
  return color ? `#${color.toString(16).padStart(6, "0")}` : undefined;
}

/// One of twelve colours, always the same for the same person.
export function hue(id: Id): number {
  let sum = 0;
  for (const digit of id) sum = (sum * 31 + digit.charCodeAt(0)) % 360;
  return sum % 12;
}

export function initials(name: string, most: number): string {
  const words = name.trim().split(/[\s\-_]+/u).filter(Boolean);
  const letters = words.length > 1 ? words.slice(0, most).map((word) => [...word][0]) : [...(words[0] ?? "?")].slice(0, 1);
  return letters.join("").toUpperCase();
}

export function size(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

export function roleName(id: Id): string {
  return state.guild?.roles.find((role) => role.id === id)?.name ?? "deleted-role";
}

/// The style of a box with a coloured edge.
export function edge(color: number | null | undefined): CSSProperties | undefined {
  const found = hex(color);
  return found ? ({ "--bar": found } as CSSProperties) : undefined;
}
