import { render } from "preact";
import { App } from "./app";
import { connect, fromAddress, go } from "./live";
import { onChange, set, state } from "./store";

const root = document.getElementById("app")!;

function draw(): void {
  if (state.theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = state.theme;
  render(<App />, root);
}

set({ wish: { ...state.wish, ...fromAddress() }, cardShut: localStorage.getItem("sandbox-card") === "shut" });
onChange(draw);
draw();
connect();
addEventListener("hashchange", () => go(fromAddress()));
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.drawer) set({ drawer: "" });
});
// Times such as "two minutes ago" move on.
setInterval(draw, 30_000);
