// Something that floats over the page next to what opened it: menus, pickers, lists.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  anchor: HTMLElement | { x: number; y: number };
  close: () => void;
  class?: string;
  /// As wide as what opened it.
  fit?: boolean;
  above?: boolean;
  /// What must not be covered, if more than what opened it.
  clear?: HTMLElement | null;
  children: ComponentChildren;
}

const GAP = 6;

export function Popup({ anchor, close, class: name, fit, above, clear, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const self = box.current!;
    // The top layer: over dialogs too, and cut off by nothing.
    self.showPopover?.();
    const put = () => place(self, anchor, clear ?? null, fit ?? false, above ?? false);
    const away = (event: Event) => {
      const target = event.target as Node;
      if (!self.contains(target) && !(anchor instanceof HTMLElement && anchor.contains(target))) close();
    };
    put();
    const grown = new ResizeObserver(put);
    grown.observe(self);
    document.addEventListener("pointerdown", away, true);
    document.addEventListener("scroll", put, true);
    window.addEventListener("resize", put);
    return () => {
      grown.disconnect();
      document.removeEventListener("pointerdown", away, true);
      document.removeEventListener("scroll", put, true);
      window.removeEventListener("resize", put);
    };
  });
  // What is to have the focus can have it only now.
  useLayoutEffect(() => box.current?.querySelector<HTMLElement>("[data-first]")?.focus(), []);
  return <div ref={box} popover="manual" class={`popup ${name ?? ""}`}>{children}</div>;
}

function place(self: HTMLElement, anchor: Props["anchor"], clear: HTMLElement | null, fit: boolean, above: boolean): void {
  const spot = anchor instanceof HTMLElement ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0);
  if (fit) self.style.width = `${Math.min(Math.max(spot.width, 220), innerWidth - 2 * GAP)}px`;
  const rows = clear?.getBoundingClientRect() ?? spot;
  const below = innerHeight - rows.bottom - 2 * GAP;
  const over = rows.top - 2 * GAP;
  const up = above ? over > 120 || over > below : below < Math.min(self.scrollHeight, 260) && over > below;
  self.style.maxHeight = `${Math.max(120, Math.min(up ? over : below, 420))}px`;
  const left = Math.max(GAP, Math.min(spot.left, innerWidth - self.offsetWidth - GAP));
  self.style.left = `${left}px`;
  const height = self.offsetHeight;
  const top = up ? rows.top - height - GAP : rows.bottom + (anchor instanceof HTMLElement ? GAP : 0);
  self.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
}
