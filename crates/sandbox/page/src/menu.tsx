// Context menus.

import { useLayoutEffect, useRef } from "preact/hooks";
import { Popup } from "./popup";
import { Icon } from "./icons";
import { set, state, type MenuItem } from "./store";

/// Opens a menu below what was pressed, or at the pointer for a right click.
export function openMenu(event: MouseEvent, items: MenuItem[]): void {
  event.preventDefault();
  event.stopPropagation();
  const from = event.currentTarget as HTMLElement;
  const spot = from.getBoundingClientRect();
  // The keyboard's menu key has no place of its own.
  const pointed = event.type === "contextmenu" && event.clientX + event.clientY > 0;
  set({ menu: { x: pointed ? event.clientX : spot.left, y: pointed ? event.clientY : spot.bottom + 4, items, from } });
}

export function Menu() {
  const { menu } = state;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => list.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus(), [menu]);
  if (!menu) return null;
  const close = () => {
    set({ menu: null });
    if (document.activeElement === document.body || list.current?.contains(document.activeElement)) menu.from?.focus();
  };
  const key = (event: KeyboardEvent) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Popup anchor={menu} close={close} class="menu">
      <div ref={list} role="menu" aria-label="Actions" onKeyDown={key}>
        {menu.items.map((item) =>
          item.heading
            ? <div class="menu-heading" role="presentation">{item.text}</div>
            : (
              <button type="button" role={item.checked === undefined ? "menuitem" : "menuitemcheckbox"} aria-checked={item.checked}
                tabIndex={-1} class={item.danger ? "danger" : ""} onClick={() => { close(); item.act?.(); }}>
                <span>{item.text}</span>{item.checked && <Icon name="check" />}
              </button>
            ))}
      </div>
    </Popup>
  );
}
