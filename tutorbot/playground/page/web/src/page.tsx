import "./fonts.css";
import "./page.css";
import "./message.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import type { JSX } from "preact";
import { Composer } from "./composer";
import { FormDialog } from "./form";
import { Banner, Header, Members, Sidebar, Toast, drawer, theme } from "./frame";
import { Log } from "./log";
import { channel, channelId, channelName, look, place, start, unread } from "./store";
import { Who } from "./who";
import { words } from "./words";

function Page(): JSX.Element {
  return (
    <>
      {place.value && (
        <div class="layout">
          <Sidebar />
          {drawer.value && <div class="shade" onClick={() => (drawer.value = false)} />}
          <main>
            <Header />
            <Banner />
            <div class="columns">
              <div class="talk">
                <Log />
                <Composer />
              </div>
              <Members />
            </div>
          </main>
        </div>
      )}
      <FormDialog />
      <Who />
      <Toast />
    </>
  );
}

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});
effect(() => {
  const fresh = Object.values(unread.value).reduce((sum, one) => sum + one, 0);
  const title = words.title(place.value?.server ?? "TutorBot", channelName(channel.value));
  document.title = fresh ? `(${fresh}) ${title}` : title;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer.value) drawer.value = false;
  const turn = event.altKey && !document.querySelector("dialog[open]") && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!turn) return;
  event.preventDefault();
  const known = place.value?.channels ?? [];
  const at = known.findIndex((one) => one.id === channelId.value);
  const next = known[(at + turn + known.length) % known.length];
  if (next) void look(next.id);
});
render(<Page />, document.getElementById("page")!);
start();
