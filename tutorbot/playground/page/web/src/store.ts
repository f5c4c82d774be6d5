// The state of this tab.
import { batch, computed, signal } from "@preact/signals";
import type { Channel, Command, Form, Message, Person, Place, Status, Told } from "./discord";
import { Line, Refused } from "./line";
import { words } from "./words";

export const people = signal<Person[]>([]);
export const place = signal<Place | null>(null);
export const status = signal<Status>({ online: false, phase: "starting", problems: [], news: "", restartable: false });
export const connected = signal(false);
export const choosing = signal(false);
export const channelId = signal("");
export const messages = signal<Message[]>([]);
/** Whether the messages of the channel are still on their way. */
export const opening = signal(false);
export const more = signal(false);
export const commands = signal<Command[]>([]);
export const typing = signal<Record<string, number>>({});
export const replyTo = signal<Message | null>(null);
export const editing = signal<string | null>(null);
export const form = signal<(Form & { channel: string }) | null>(null);
export const toast = signal<{ text: string; bad: boolean; at: number } | null>(null);
export const failures = signal<Record<string, string>>({});
export const unread = signal<Record<string, number>>({});
export const now = signal(Date.now() / 1000);

setInterval(() => (now.value = Date.now() / 1000), 1000);

export const me = computed<Person | null>(() => {
  const known = place.value;
  return known?.people.find((one) => one.id === known.me) ?? null;
});
export const channel = computed<Channel | null>(
  () => place.value?.channels.find((one) => one.id === channelId.value) ?? null,
);
export const byId = computed(() => new Map((place.value?.people ?? people.value).map((one) => [one.id, one])));

export function nameOf(id: string): string {
  return byId.value.get(id)?.name ?? "Somebody";
}

export function channelName(one: Channel | null): string {
  if (!one) return "";
  return one.private ? `@${nameOf(place.value?.bot ?? "")}` : `#${one.name}`;
}

export function say(text: string, bad = false): void {
  toast.value = { text, bad, at: Date.now() };
}

const line = new Line(heard, (open) => {
  connected.value = open;
});

/** Ask, and tell the person if it is refused; null then. */
export async function attempt<T = Record<string, unknown>>(
  wish: string,
  more: Record<string, unknown> = {},
): Promise<T | null> {
  try {
    return await line.ask<T>(wish, more);
  } catch (error) {
    if (error instanceof Refused && error.message) say(error.message, true);
    return null;
  }
}

export function start(): void {
  line.open();
}

function heard(told: Told): void {
  if (told.t === "hello") greeted(told.people);
  else if (told.t === "status") {
    if (told.news && told.news !== status.value.news) say(told.news);
    status.value = told;
  }
  else if (told.t === "place") {
    if (place.value) place.value = told;
    people.value = told.people;
    void refreshCommands();
  } else if (told.t === "typing") {
    if (told.channel === channelId.value) typing.value = { ...typing.value, [told.person]: Date.now() / 1000 + 9 };
  } else if (told.t === "message") batch(() => saw(told));
}

/** At the first connection choose who one is; at a later one be the same person again. */
function greeted(known: Person[]): void {
  people.value = known;
  const before = sessionStorage.getItem("person");
  if (before && known.some((one) => one.id === before)) void be(before);
  else choosing.value = true;
}

export async function be(person: string): Promise<void> {
  settle(await attempt<Place>("be", { person }));
}

export async function join(name: string, moderator: boolean): Promise<void> {
  settle(await attempt<Place>("join", { name, moderator }));
}

function settle(known: Place | null): void {
  if (!known) {
    choosing.value = true;
    return;
  }
  sessionStorage.setItem("person", known.me);
  batch(() => {
    place.value = known;
    people.value = known.people;
    choosing.value = false;
    form.value = null;
    replyTo.value = null;
    unread.value = {};
  });
  const wanted = channelId.value || sessionStorage.getItem("channel");
  const there = known.channels.find((one) => one.id === wanted) ?? known.channels[0];
  if (there) void look(there.id);
}

interface Looked {
  messages: Message[];
  more: boolean;
  commands: Command[];
}

export async function look(id: string): Promise<void> {
  sessionStorage.setItem("channel", id);
  if (id !== channelId.value) {
    batch(() => {
      channelId.value = id;
      messages.value = [];
      opening.value = true;
      typing.value = {};
      replyTo.value = null;
      editing.value = null;
    });
  }
  const found = await attempt<Looked>("open", { channel: id });
  if (channelId.value !== id) return;
  batch(() => {
    opening.value = false;
    if (!found) return;
    messages.value = found.messages;
    more.value = found.more;
    commands.value = found.commands;
    unread.value = { ...unread.value, [id]: 0 };
  });
}

export async function lookBack(): Promise<void> {
  const first = messages.value[0];
  if (!first) return;
  const found = await attempt<Looked>("open", { channel: channelId.value, before: first.id });
  if (!found) return;
  batch(() => {
    messages.value = [...found.messages, ...messages.value];
    more.value = found.more;
  });
}

async function refreshCommands(): Promise<void> {
  const id = channelId.value;
  if (!id || choosing.value) return;
  const found = await attempt<Looked>("open", { channel: id });
  if (found && channelId.value === id) commands.value = found.commands;
}

function saw(told: Extract<Told, { t: "message" }>): void {
  const message = told.message;
  if (message && told.fate === "new") {
    const { [message.author.id]: _, ...others } = typing.value;
    typing.value = others;
  }
  if (told.channel !== channelId.value) {
    if (message && told.fate === "new" && message.author.id !== me.value?.id) {
      const before = unread.value[told.channel] ?? 0;
      unread.value = { ...unread.value, [told.channel]: before + 1 };
    }
    return;
  }
  const without = messages.value.filter((one) => one.id !== told.id);
  if (told.fate === "gone") messages.value = without;
  else if (message && told.fate === "new") messages.value = [...without, message];
  else if (message) messages.value = messages.value.map((one) => (one.id === told.id ? message : one));
}

type Outcome = Form & { failed?: boolean };

/** Start an interaction; a form that comes of it is opened. Says whether the bot acknowledged it. */
export async function interact(wish: string, more: Record<string, unknown>, where = ""): Promise<boolean> {
  const channel = channelId.value;
  failures.value = { ...failures.value, [where]: "" };
  const came = await attempt<Outcome>(wish, { channel, ...more });
  if (!came) return false;
  if (came.failed) {
    if (where) failures.value = { ...failures.value, [where]: words.interactionFailed };
    else say(words.failed, true);
    return false;
  }
  if (came.form) form.value = { ...came, channel };
  return true;
}

export async function submitForm(id: string, values: Record<string, unknown>): Promise<boolean> {
  const came = await attempt<Outcome>("submit", { form: id, values });
  return came !== null && !came.failed;
}

export async function complete(
  command: string,
  option: string,
  typed: string,
  options: Record<string, unknown>,
): Promise<{ name: string; value: string | number }[]> {
  try {
    const found = await line.ask<{ choices: { name: string; value: string | number }[] }>("complete", {
      channel: channelId.value,
      command,
      option,
      typed,
      options,
    });
    return found.choices;
  } catch {
    return [];
  }
}

const LARGEST = 10 * 1024 * 1024;

/** Hand a file in; its id, or null if it cannot be taken. */
export async function upload(file: File): Promise<string | null> {
  if (file.size > LARGEST) {
    say(words.tooLarge(file.name), true);
    return null;
  }
  const answer = await fetch(`/uploads?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  if (!answer.ok) {
    say(words.tooLarge(file.name), true);
    return null;
  }
  return ((await answer.json()) as { id: string }).id;
}
