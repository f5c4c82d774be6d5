// What stands around the messages: channels, people, the playground's own menu, and what is wrong.
import { Bot, ChevronDown, Hash, AtSign, Menu, Moon, RotateCcw, Sun, UserRoundPlus, UserRoundX, Users, X, ArrowLeftRight } from "lucide-preact";
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Avatar } from "./avatar";
import type { Channel, Person } from "./discord";
import { attempt, channel, channelId, channelName, choosing, connected, look, me, place, say, status, toast, unread } from "./store";
import { words } from "./words";

export const drawer = signal(false);
export const members = signal(localStorage.getItem("members") !== "hidden");
export const theme = signal<string>(localStorage.getItem("theme") ?? "");

export function isDark(): boolean {
  return theme.value ? theme.value === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function Sidebar(): JSX.Element | null {
  const known = place.value;
  if (!known) return null;
  const open = known.channels.filter((one) => !one.private && !one.parent);
  return (
    <nav class={drawer.value ? "sidebar out" : "sidebar"} aria-label={words.channels}>
      <OwnMenu name={known.server} />
      <div class="channels">
        <h2>{words.channels}</h2>
        <ul>
          {open.map((one) => (
            <li key={one.id}>
              <ChannelLink one={one} />
              {known.channels.some((thread) => thread.parent === one.id) && (
                <ul class="threads">
                  {known.channels
                    .filter((thread) => thread.parent === one.id)
                    .map((thread) => (
                      <li key={thread.id}>
                        <ChannelLink one={thread} />
                      </li>
                    ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
        <h2>{words.direct}</h2>
        <ul>
          {known.channels
            .filter((one) => one.private)
            .map((one) => (
              <li key={one.id}>
                <ChannelLink one={one} />
              </li>
            ))}
        </ul>
      </div>
      <Self />
    </nav>
  );
}

function ChannelLink({ one }: { one: Channel }): JSX.Element {
  const here = one.id === channelId.value;
  const fresh = here ? 0 : (unread.value[one.id] ?? 0);
  return (
    <button
      type="button"
      class={`channel${here ? " here" : ""}${fresh ? " fresh" : ""}`}
      aria-current={here ? "page" : undefined}
      onClick={() => {
        drawer.value = false;
        void look(one.id);
      }}
    >
      {one.private ? <AtSign size={18} aria-hidden="true" /> : <Hash size={18} aria-hidden="true" />}
      <span>{channelName(one).slice(1)}</span>
      {fresh > 0 && (
        <span class="badge">
          {fresh > 99 ? "99+" : fresh}
          <span class="unseen"> {words.unread}</span>
        </span>
      )}
    </button>
  );
}

function Self(): JSX.Element | null {
  const person = me.value;
  if (!person) return null;
  return (
    <div class="self">
      <Avatar id={person.id} size={32} />
      <span class="self-name">
        <b>{person.name}</b>
        <small>{person.moderator ? words.moderator : words.student}</small>
      </span>
      <button type="button" class="plain" title={words.switchPerson} aria-label={words.switchPerson} onClick={() => (choosing.value = true)}>
        <ArrowLeftRight size={18} aria-hidden="true" />
      </button>
      <ThemeButton />
    </div>
  );
}

function ThemeButton(): JSX.Element {
  const dark = isDark();
  const text = dark ? words.toLight : words.toDark;
  return (
    <button
      type="button"
      class="plain"
      title={text}
      aria-label={text}
      onClick={() => {
        theme.value = dark ? "light" : "dark";
        localStorage.setItem("theme", theme.value);
      }}
    >
      {dark ? <Sun size={18} aria-hidden="true" /> : <Moon size={18} aria-hidden="true" />}
    </button>
  );
}

export async function invite(count: number): Promise<void> {
  const came = await attempt<{ players: number }>("players", { channel: channelId.value, count });
  if (came) say(words.playersCame(came.players));
}

function OwnMenu({ name }: { name: string }): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const outside = (event: Event) => !box.current?.contains(event.target as Node) && setOpen(false);
    document.addEventListener("mousedown", outside);
    return () => document.removeEventListener("mousedown", outside);
  }, [open]);
  const pressed = (event: KeyboardEvent) => {
    if (!open) return;
    const items = [...box.current!.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const here = items.indexOf(document.activeElement as HTMLElement);
    const turn = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (turn) items[(here + turn + items.length) % items.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      setOpen(false);
      head.current?.focus();
    } else return;
    event.preventDefault();
  };
  const item = (icon: JSX.Element, text: string, act: () => void) => (
    <button
      type="button"
      role="menuitem"
      class="item"
      tabIndex={-1}
      onClick={() => {
        setOpen(false);
        head.current?.focus();
        act();
      }}
    >
      {text}
      {icon}
    </button>
  );
  return (
    <div class="own" ref={box} onKeyDown={pressed}>
      <button
        ref={head}
        type="button"
        class="server"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={`${name}: ${words.menu}`}
        onClick={() => setOpen(!open)}
      >
        <b>{name}</b>
        {open ? <X size={18} aria-hidden="true" /> : <ChevronDown size={18} aria-hidden="true" />}
      </button>
      {open && (
        <div class="menu fixed" role="menu" aria-label={words.menu}>
          {item(<UserRoundPlus size={18} aria-hidden="true" />, words.addPlayers, () => void invite(3))}
          {item(<UserRoundX size={18} aria-hidden="true" />, words.dismissPlayers, () => void invite(0))}
          {item(<ArrowLeftRight size={18} aria-hidden="true" />, words.switchPerson, () => (choosing.value = true))}
          {status.value.restartable &&
            item(<RotateCcw size={18} aria-hidden="true" />, words.restart, () => {
              say(words.restarting);
              void attempt("restart");
            })}
        </div>
      )}
    </div>
  );
}

export function Header(): JSX.Element {
  const here = channel.value;
  return (
    <header class="top">
      <button
        type="button"
        class="plain burger"
        aria-label={drawer.value ? words.closeChannels : words.openChannels}
        aria-expanded={drawer.value}
        onClick={() => (drawer.value = !drawer.value)}
      >
        <Menu size={22} aria-hidden="true" />
      </button>
      {here?.private ? <AtSign size={22} aria-hidden="true" /> : <Hash size={22} aria-hidden="true" />}
      <h1>{channelName(here).slice(1)}</h1>
      {here?.topic && <p class="topic">{here.topic}</p>}
      <span class="room" />
      {here && !here.private && (
        <button type="button" class="plain" title={words.addPlayers} aria-label={words.addPlayers} onClick={() => void invite(3)}>
          <UserRoundPlus size={20} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        class="plain"
        title={words.showMembers}
        aria-label={words.showMembers}
        aria-pressed={members.value}
        onClick={() => {
          members.value = !members.value;
          localStorage.setItem("members", members.value ? "shown" : "hidden");
        }}
      >
        <Users size={20} aria-hidden="true" />
      </button>
    </header>
  );
}

export function Members(): JSX.Element | null {
  const known = place.value;
  if (!known || !members.value) return null;
  const there = known.people.filter((one) => !one.owner);
  const groups: [string, Person[]][] = [
    [words.groups.bots, there.filter((one) => one.bot)],
    [words.groups.moderators, there.filter((one) => one.moderator)],
    [words.groups.students, there.filter((one) => !one.bot && !one.moderator && !one.simulated)],
    [words.groups.simulated, there.filter((one) => one.simulated && !one.moderator)],
  ];
  return (
    <aside class="members" aria-label={words.members}>
      {groups
        .filter(([, people]) => people.length > 0)
        .map(([name, people]) => (
          <section key={name}>
            <h2>
              {name} — {people.length}
            </h2>
            <ul>
              {people.map((one) => (
                <li key={one.id}>
                  <Avatar id={one.id} size={32} />
                  <span>{one.name}</span>
                  {one.bot && <span class="tag">{words.app}</span>}
                </li>
              ))}
            </ul>
          </section>
        ))}
    </aside>
  );
}

export function Banner(): JSX.Element | null {
  const { online, phase, problems, restartable } = status.value;
  if (!connected.value && place.value)
    return (
      <div class="banner bad" role="status">
        {words.lineLost}
      </div>
    );
  if (!connected.value) return null;
  const list = problems.length > 0 && (
    <ul>
      {problems.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
  if (phase === "stopped")
    return (
      <div class="banner bad" role="alert">
        <div>
          {words.botStopped} {list}
        </div>
        {restartable && (
          <button type="button" class="button secondary small" onClick={() => void attempt("restart")}>
            {words.startAgain}
          </button>
        )}
      </div>
    );
  if (problems.length > 0)
    return (
      <div class="banner bad" role="alert">
        <div>
          {words.problems} {list}
        </div>
      </div>
    );
  if (!online)
    return (
      <div class="banner" role="status">
        <Bot size={18} aria-hidden="true" /> {words.botStarting}
      </div>
    );
  return null;
}

const SHOWN = 5000;

export function Toast(): JSX.Element {
  const told = toast.value;
  useEffect(() => {
    if (!told) return;
    const timer = setTimeout(() => (toast.value = null), SHOWN);
    return () => clearTimeout(timer);
  }, [told?.at]);
  return (
    <div class="toasts" role="alert">
      {told && <p class={told.bad ? "toast bad" : "toast"}>{told.text}</p>}
    </div>
  );
}
