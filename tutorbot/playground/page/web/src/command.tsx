// A slash command that is being filled in.
import { X } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Command, CommandOption } from "./discord";
import { type Entry, Listbox, moved } from "./listbox";
import { complete, interact, place, upload } from "./store";
import { words } from "./words";

export interface Path {
  words: string;
  description: string;
  options: CommandOption[];
}

const SUBCOMMAND = 1;
const GROUP = 2;
const Type = { STRING: 3, INTEGER: 4, BOOLEAN: 5, USER: 6, CHANNEL: 7, ROLE: 8, MENTIONABLE: 9, NUMBER: 10, FILE: 11 };
const WAIT = 150;

type Value = string | number | boolean;
interface Given {
  text: string;
  value?: Value;
}

/** Every command that can be used, subcommands with the words before them. */
export function pathsOf(commands: Command[]): Path[] {
  const walk = (words: string, description: string, options: CommandOption[]): Path[] => {
    const below = options.filter((one) => one.type === SUBCOMMAND || one.type === GROUP);
    if (below.length === 0) return [{ words, description, options }];
    return below.flatMap((one) => walk(`${words} ${one.name}`, one.description, one.options ?? []));
  };
  return commands
    .filter((one) => one.type === 1)
    .flatMap((one) => walk(one.name, one.description, one.options ?? []))
    .sort((one, other) => one.words.localeCompare(other.words));
}

/** What is offered for an option without asking the bot; null if anything may be typed. */
function listed(option: CommandOption): Entry<Value>[] | null {
  const known = place.value;
  const people = (known?.people ?? []).filter((one) => !one.owner);
  if (option.choices?.length) return option.choices.map((one) => ({ value: one.value, label: one.name }));
  if (option.type === Type.BOOLEAN)
    return [
      { value: true, label: words.yes },
      { value: false, label: words.no },
    ];
  if (option.type === Type.USER) return people.map((one) => ({ value: one.id, label: one.name }));
  if (option.type === Type.CHANNEL)
    return (known?.channels ?? []).filter((one) => !one.private).map((one) => ({ value: one.id, label: `#${one.name}` }));
  const roles = (known?.roles ?? []).map((one) => ({ value: one.id, label: `@${one.name.replace(/^@/, "")}` }));
  if (option.type === Type.ROLE) return roles;
  if (option.type === Type.MENTIONABLE) return [...people.map((one) => ({ value: one.id, label: one.name })), ...roles];
  return null;
}

interface Props {
  path: Path;
  onLeave: (typed: string) => void;
}

export function CommandForm({ path, onLeave }: Props): JSX.Element {
  const first = path.options.filter((one) => one.required).map((one) => one.name);
  const [names, setNames] = useState<string[]>(first.length ? first : []);
  const [given, setGiven] = useState<Record<string, Given>>({});
  const [wrong, setWrong] = useState("");
  const [aim, setAim] = useState(names[0] ?? "");
  const form = useRef<HTMLFormElement>(null);
  const rest = path.options.filter((one) => !names.includes(one.name));

  useLayoutEffect(() => {
    const field = aim ? form.current?.querySelector<HTMLElement>(`[data-option="${aim}"]`) : null;
    (field ?? form.current)?.focus();
  }, [aim, names.length]);

  const values = (): Record<string, Value> | null => {
    const filled: Record<string, Value> = {};
    for (const option of path.options.filter((one) => names.includes(one.name))) {
      const one = given[option.name];
      const empty = one === undefined || (one.value === undefined && one.text.trim() === "");
      if (empty && !option.required) continue;
      const said = empty ? words.missing(option.name) : problem(option, one);
      if (said) {
        setWrong(said);
        setAim(option.name);
        form.current?.querySelector<HTMLElement>(`[data-option="${option.name}"]`)?.focus();
        return null;
      }
      filled[option.name] = valueOf(option, one!);
    }
    return filled;
  };
  const submit = async () => {
    const filled = values();
    if (filled === null) return;
    onLeave("");
    await interact("slash", { command: path.words, options: filled });
  };
  const back = (option: CommandOption) => {
    if (option.required) onLeave(`/${path.words}`);
    else {
      setNames(names.filter((one) => one !== option.name));
      setAim(names[0] === option.name ? "" : (names[0] ?? ""));
    }
  };
  return (
    <form
      ref={form}
      class="command"
      tabIndex={-1}
      aria-label={`/${path.words}: ${path.description}`}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.defaultPrevented) return;
        if (event.key === "Escape") onLeave("");
        else if (event.key === "Enter" && event.target === form.current) void submit();
        else if (event.key === "Backspace" && event.target === form.current) onLeave(`/${path.words}`);
      }}
    >
      <p class="command-about">
        {aim ? (
          <>
            <b>{aim}</b> {path.options.find((one) => one.name === aim)?.description}
          </>
        ) : (
          path.description
        )}
        {wrong && (
          <span class="failure" role="alert">
            {wrong}
          </span>
        )}
      </p>
      <div class="write">
        <div class="command-line">
          <b class="command-name">/{path.words}</b>
          {names.map((name) => {
            const option = path.options.find((one) => one.name === name)!;
            return (
              <OptionField
                key={name}
                path={path}
                option={option}
                given={given}
                onGiven={(one) => {
                  setWrong("");
                  setGiven((before) => ({ ...before, [name]: one }));
                }}
                onFocus={() => setAim(name)}
                onBack={() => back(option)}
                onDone={() => {
                  const next = names[names.indexOf(name) + 1];
                  if (next) setAim(next);
                }}
              />
            );
          })}
          {rest.map((option) => (
            <button
              key={option.name}
              type="button"
              class="more-option"
              title={option.description}
              onClick={() => {
                setNames([...names, option.name]);
                setAim(option.name);
              }}
            >
              {words.optional(option.name)}
            </button>
          ))}
        </div>
        <button type="button" class="plain" aria-label={words.leaveCommand} onClick={() => onLeave("")}>
          <X size={20} aria-hidden="true" />
        </button>
        <button type="submit" class="button primary small">
          {words.send}
        </button>
      </div>
    </form>
  );
}

function problem(option: CommandOption, one: Given): string {
  if (one.value !== undefined) return "";
  if (option.type === Type.INTEGER || option.type === Type.NUMBER) {
    const number = Number(one.text);
    const whole = option.type === Type.NUMBER || Number.isInteger(number);
    return Number.isFinite(number) && whole ? "" : words.wantsNumber(option.name);
  }
  const fits = option.type !== Type.FILE && (!listed(option) || named(option, one.text) !== undefined);
  return fits ? "" : words.chooseListed(option.name);
}

/** What is offered under exactly this name. */
function named(option: CommandOption, text: string): Value | undefined {
  const wanted = text.trim().toLowerCase();
  return listed(option)?.find((entry) => String(entry.label).toLowerCase() === wanted)?.value;
}

function valueOf(option: CommandOption, one: Given): Value {
  if (one.value !== undefined) return one.value;
  const offered = named(option, one.text);
  if (offered !== undefined) return offered;
  return option.type === Type.INTEGER || option.type === Type.NUMBER ? Number(one.text) : one.text.trim();
}

interface FieldProps {
  path: Path;
  option: CommandOption;
  given: Record<string, Given>;
  onGiven: (one: Given) => void;
  onFocus: () => void;
  onBack: () => void;
  onDone: () => void;
}

function OptionField({ path, option, given, onGiven, onFocus, onBack, onDone }: FieldProps): JSX.Element {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [found, setFound] = useState<Entry<Value>[] | null>(null);
  const asked = useRef(0);
  const text = given[option.name]?.text ?? "";
  const fixed = listed(option);
  const wanted = text.toLowerCase();
  const entries =
    fixed?.filter((one) => given[option.name]?.value !== undefined || String(one.label).toLowerCase().includes(wanted)) ??
    found ??
    [];
  const offers = fixed !== null || Boolean(option.autocomplete);

  useEffect(() => {
    if (!option.autocomplete || !open) return;
    const mine = ++asked.current;
    const others: Record<string, Value> = {};
    for (const other of path.options) {
      const one = given[other.name];
      if (other.name !== option.name && one && !problem(other, one) && (one.text || one.value !== undefined))
        others[other.name] = valueOf(other, one);
    }
    const timer = setTimeout(async () => {
      const numeric = option.type === Type.INTEGER || option.type === Type.NUMBER;
      const choices = await complete(path.words, option.name, numeric ? text : text.trim(), others);
      if (mine !== asked.current) return;
      setFound(choices.map((one) => ({ value: one.value, label: one.name })));
      setActive(0);
    }, WAIT);
    return () => clearTimeout(timer);
  }, [text, open]);

  if (option.type === Type.FILE)
    return (
      <label class="option">
        <span class="option-name">{option.name}</span>
        <input
          type="file"
          data-option={option.name}
          onFocus={onFocus}
          onChange={async (event) => {
            const file = (event.target as HTMLInputElement).files?.[0];
            const key = file && (await upload(file));
            if (file && key) onGiven({ text: file.name, value: key });
          }}
        />
      </label>
    );

  const choose = (entry: Entry<Value>) => {
    onGiven({ text: String(entry.label), value: entry.value });
    setOpen(false);
    onDone();
  };
  const pressed = (event: KeyboardEvent) => {
    if (open && offers) {
      const next = moved(event.key, active, entries.length);
      if (next !== null) {
        event.preventDefault();
        setActive(next);
        return;
      }
      if ((event.key === "Enter" || event.key === "Tab") && entries[active] && !(event.key === "Tab" && event.shiftKey)) {
        const settled = given[option.name]?.value !== undefined && event.key === "Enter";
        if (!settled) {
          event.preventDefault();
          choose(entries[active]!);
          return;
        }
      }
      if (event.key === "Escape") {
        event.preventDefault();
        setOpen(false);
        return;
      }
    }
    if (event.key === "Backspace" && text === "") {
      event.preventDefault();
      onBack();
    } else if (event.key === "ArrowDown" && offers) {
      event.preventDefault();
      setOpen(true);
    }
  };
  return (
    <label class={given[option.name]?.value !== undefined ? "option set" : "option"}>
      <span class="option-name">{option.name}</span>
      <input
        type="text"
        size={Math.max(option.type === Type.STRING ? 10 : 5, Math.min(text.length + 1, 46))}
        value={text}
        maxLength={option.max_length ?? 2000}
        inputMode={option.type === Type.INTEGER ? "numeric" : undefined}
        data-option={option.name}
        autocomplete="off"
        role={offers ? "combobox" : undefined}
        aria-label={`${option.name}: ${option.description}`}
        aria-expanded={offers ? open : undefined}
        aria-controls={offers ? id : undefined}
        aria-autocomplete={offers ? "list" : undefined}
        aria-activedescendant={offers && open && entries[active] ? `${id}-${active}` : undefined}
        aria-required={option.required}
        onFocus={() => {
          onFocus();
          setOpen(true);
        }}
        onBlur={() => setOpen(false)}
        onInput={(event) => {
          onGiven({ text: (event.target as HTMLInputElement).value });
          setOpen(true);
          setActive(0);
        }}
        onKeyDown={pressed}
      />
      {offers && open && (
        <Listbox
          id={id}
          class="suggestions"
          label={option.name}
          entries={entries}
          active={active}
          onActive={setActive}
          onChoose={choose}
          empty={fixed || found ? words.nothingFits : words.loadingChoices}
        />
      )}
    </label>
  );
}

