import type { JSX } from "preact";
import { byId, place } from "./store";

const HUES = [258, 335, 158, 22, 205, 292, 128, 44, 180, 0];

/** A colour that stays with a name. */
export function hue(id: string): number {
  let hash = 2166136261;
  for (const sign of byId.value.get(id)?.name ?? id) hash = Math.imul(hash ^ sign.charCodeAt(0), 16777619) >>> 0;
  return HUES[(hash >>> 8) % HUES.length]!;
}

export function Avatar({ id, name, size = 40 }: { id: string; name?: string; size?: number }): JSX.Element {
  const person = byId.value.get(id);
  const style = { width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.42}px`, "--hue": String(hue(id)) };
  if (person?.bot ?? id === place.value?.bot)
    return <img class="avatar" style={style} src="/built/icon.svg" alt="" width={size} height={size} />;
  return (
    <span class="avatar" style={style} aria-hidden="true">
      {(name ?? person?.name ?? "?").slice(0, 1).toUpperCase()}
    </span>
  );
}
