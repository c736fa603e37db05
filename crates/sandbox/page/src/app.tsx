// The page as a whole.

import { TryThis } from "./card";
import { Dialogs } from "./dialogs";
import { Header } from "./header";
import { Composer } from "./input/composer";
import { Sidebar } from "./list/channels";
import { Members } from "./list/members";
import { Rail } from "./list/rail";
import { Door } from "./list/user";
import { Menu } from "./menu";
import { Messages, Nowhere } from "./message/list";
import { Panel } from "./panel/panel";
import { set, state } from "./store";

export function App() {
  const { link, place, about, drawer, wish, toast, said, members, guild, me } = state;
  if (link === "new" && !about) return <div class="splash" role="status"><img src="/app/icon.svg" alt="" width="56" height="56" /><p>Opening the sandbox…</p></div>;
  const people = members && !!guild;
  return (
    <div class={`app${drawer ? ` drawer-${drawer}` : ""}${wish.dev ? " with-panel" : ""}${people ? " with-members" : ""}`}>
      <a class="skip" href="#composer" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>("#composer textarea")?.focus(); }}>Skip to writing</a>
      <div class="left"><Rail /><Sidebar /></div>
      <main>
        <Header />
        <div class="pane">
          {!place ? <Nowhere title="No guild yet">A bot or a scenario has to make one: see <code>POST /sandbox/guilds</code>.</Nowhere>
            : me && !me.member ? <Door />
            : !state.channel ? <Nowhere title="Nothing to see">{me?.name} sees no text channel here.</Nowhere>
            : <><TryThis /><Messages /><div id="composer"><Composer /></div></>}
        </div>
      </main>
      {people && <Members />}
      {wish.dev && <Panel />}
      {drawer && <button type="button" class="shade" aria-label="Close the side" onClick={() => set({ drawer: "" })} />}
      <Menu />
      <Dialogs />
      {link === "down" && <div class="toast bad" role="status">The sandbox does not answer. Trying again…</div>}
      {toast && link !== "down" && <div class={`toast${toast.bad ? " bad" : ""}`} role={toast.bad ? "alert" : "status"}>{toast.text}</div>}
      <div class="unseen" role="status" aria-live="polite">{said}</div>
    </div>
  );
}
