// Discord's timestamps; relative ones count on while they are looked at.
import type { JSX } from "preact";
import { now } from "./store";
import { words } from "./words";

const LOOKS: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });

export function ago(at: number, from: number): string {
  const seconds = Math.round(at - from);
  for (const [unit, length] of STEPS)
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  return relative.format(seconds, "second");
}

export function exact(at: number, look = "f"): string {
  return new Intl.DateTimeFormat(undefined, LOOKS[look] ?? LOOKS.f).format(new Date(at * 1000));
}

export function Time({ at, look }: { at: number; look: string }): JSX.Element {
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e12) return <span>{words.today}</span>;
  const iso = new Date(at * 1000).toISOString();
  return (
    <time dateTime={iso} title={exact(at, "F")} class="timestamp">
      {look === "R" ? ago(at, now.value) : exact(at, look)}
    </time>
  );
}

/** When a message was written, as it stands beside its author. */
export function when(at: number): string {
  const day = new Date(at * 1000);
  const today = new Date();
  const clock = day.toLocaleTimeString(undefined, { timeStyle: "short" });
  if (day.toDateString() === today.toDateString()) return `${words.today} ${clock}`;
  today.setDate(today.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return `${words.yesterday} ${clock}`;
  return `${day.toLocaleDateString(undefined, { dateStyle: "short" })} ${clock}`;
}
