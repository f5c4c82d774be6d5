// A list to choose from with the keyboard while the focus stays in a field or on a button.
import { type ComponentChildren, Fragment, type JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface Entry<T> {
  value: T;
  label: ComponentChildren;
  hint?: ComponentChildren;
  picked?: boolean;
  group?: string;
}

interface Props<T> {
  id: string;
  label: string;
  entries: Entry<T>[];
  active: number;
  onActive: (at: number) => void;
  onChoose: (entry: Entry<T>) => void;
  multiple?: boolean;
  empty?: string;
  class?: string;
}

export function Listbox<T>(props: Props<T>): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  }, [props.active, props.entries.length]);
  let group: string | undefined;
  return (
    <ul
      ref={list}
      id={props.id}
      class={`listbox ${props.class ?? ""}`}
      role="listbox"
      aria-label={props.label}
      aria-multiselectable={props.multiple}
    >
      {props.entries.length === 0 && props.empty && <li class="empty">{props.empty}</li>}
      {props.entries.map((entry, at) => {
        const head = entry.group !== group && entry.group;
        group = entry.group;
        return (
          <Fragment key={at}>
            {head && (
              <li class="group" role="presentation">
                {head}
              </li>
            )}
            <li
              id={`${props.id}-${at}`}
              role="option"
              aria-selected={props.multiple ? Boolean(entry.picked) : at === props.active}
              data-active={at === props.active ? "" : undefined}
              onMouseMove={() => at !== props.active && props.onActive(at)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => props.onChoose(entry)}
            >
              <span class="entry-label">{entry.label}</span>
              {entry.hint && <span class="entry-hint">{entry.hint}</span>}
              {props.multiple && <span class={`tick${entry.picked ? " on" : ""}`} aria-hidden="true" />}
            </li>
          </Fragment>
        );
      })}
    </ul>
  );
}

/** Arrow keys, Home, End, Page keys: the next active entry, or null if the key is for something else. */
export function moved(key: string, active: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowDown") return (active + 1) % count;
  if (key === "ArrowUp") return (active - 1 + count) % count;
  if (key === "PageDown") return Math.min(active + 8, count - 1);
  if (key === "PageUp") return Math.max(active - 8, 0);
  return null;
}
