// Where messages and commands are written.
import { CirclePlus, FileText, SendHorizontal, X } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Avatar } from "./avatar";
import { CommandForm, type Path, pathsOf } from "./command";
import type { Person } from "./discord";
import { type Entry, Listbox, moved } from "./listbox";
import { isMine } from "./message";
import { attempt, channel, channelName, choosing, commands, editing, messages, nameOf, place, replyTo, upload } from "./store";
import { words } from "./words";

type Suggestion = { path: Path } | { person: Person };

interface Waiting {
  id: string;
  name: string;
  preview: string | null;
}

const TYPES_EVERY = 8000;

/** People's names as they are written become the mentions that ping. */
function withMentions(text: string): string {
  const known = [...(place.value?.people ?? [])].sort((one, other) => other.name.length - one.name.length);
  return known.reduce((made, one) => {
    const name = one.name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return made.replace(new RegExp(`(^|[\\s(])@${name}(?![\\p{L}\\p{N}_])`, "gu"), `$1<@${one.id}>`);
  }, text);
}

export function Composer(): JSX.Element | null {
  const here = channel.value;
  const [text, setText] = useState("");
  const [path, setPath] = useState<Path | null>(null);
  const [active, setActive] = useState(0);
  const [closed, setClosed] = useState(false);
  const [files, setFiles] = useState<Waiting[]>([]);
  const [ping, setPing] = useState(true);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const told = useRef(0);
  const id = useId();
  const target = replyTo.value;

  useEffect(() => {
    setText("");
    setPath(null);
    setFiles([]);
  }, [here?.id, place.value?.me]);
  useEffect(() => {
    // A touch screen would open its keyboard over half of the page.
    if (choosing.value || matchMedia("(pointer: coarse)").matches) return;
    const later = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(later);
  }, [here?.id, place.value?.me, choosing.value]);
  useEffect(() => {
    if (target) field.current?.focus();
    setPing(true);
  }, [target?.id]);
  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 240)}px`;
  }, [text, path]);
  useEffect(() => {
    // Whoever begins to type anywhere writes a message, as in Discord.
    const typed = (event: KeyboardEvent) => {
      const at = document.activeElement;
      const elsewhere = at === document.body || at?.matches("li.message");
      if (!elsewhere || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "r" && at !== document.body) return;
      if (event.key === " " && at === document.body) return;
      if (!document.querySelector("dialog[open]")) field.current?.focus();
    };
    document.addEventListener("keydown", typed);
    return () => document.removeEventListener("keydown", typed);
  }, []);

  if (!here) return null;

  const suggestions = closed ? [] : suggested(text, field.current?.selectionStart ?? text.length);
  const open = suggestions.length > 0 && !path;

  const choose = (entry: Entry<Suggestion>) => {
    const chosen = entry.value;
    if ("path" in chosen) {
      setPath(chosen.path);
      setText("");
      return;
    }
    const caret = field.current?.selectionStart ?? text.length;
    const start = text.slice(0, caret).lastIndexOf("@");
    setText(`${text.slice(0, start)}@${chosen.person.name} ${text.slice(caret)}`);
    setClosed(true);
    field.current?.focus();
  };
  const add = async (chosen: FileList | File[] | null | undefined) => {
    for (const file of chosen ?? []) {
      const key = await upload(file);
      const preview = /^image\/(png|jpeg|gif|webp)$/.test(file.type) ? URL.createObjectURL(file) : null;
      if (key) setFiles((before) => [...before, { id: key, name: file.name, preview }].slice(0, 10));
    }
    field.current?.focus();
  };
  const send = async () => {
    const content = text.trim();
    if (!content && files.length === 0) return;
    setText("");
    setFiles([]);
    replyTo.value = null;
    const sent = await attempt("say", {
      channel: here.id,
      text: withMentions(content),
      files: files.map((one) => one.id),
      ...(target ? { reply_to: target.id, ping } : {}),
    });
    if (!sent) setText(content);
  };
  const pressed = (event: KeyboardEvent) => {
    if (open) {
      const next = moved(event.key, active, suggestions.length);
      if (next !== null) {
        event.preventDefault();
        setActive(next);
        return;
      }
      if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        choose(suggestions[Math.min(active, suggestions.length - 1)]!);
        return;
      }
    }
    if (event.key === "Escape") {
      if (open) setClosed(true);
      else replyTo.value = null;
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    } else if (event.key === "ArrowUp" && text === "") {
      const own = messages.value.filter((one) => isMine(one)).at(-1);
      if (own) {
        event.preventDefault();
        editing.value = own.id;
      }
    }
  };
  const typed = (value: string) => {
    setText(value);
    setActive(0);
    setClosed(false);
    if (value && !value.startsWith("/") && Date.now() - told.current > TYPES_EVERY) {
      told.current = Date.now();
      void attempt("types", { channel: here.id });
    }
  };

  return (
    <div
      class="composer"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void add(event.dataTransfer?.files);
      }}
    >
      {open && (
        <Listbox
          id={id}
          class="suggestions"
          label={words.commands}
          entries={suggestions}
          active={Math.min(active, suggestions.length - 1)}
          onActive={setActive}
          onChoose={choose}
        />
      )}
      {target && !path && (
        <div class="replying">
          <span>{words.replyingTo(nameOf(target.author.id))}</span>
          <button type="button" aria-pressed={ping} onClick={() => setPing(!ping)}>
            @ {ping ? words.pingOn : words.pingOff}
          </button>
          <button type="button" aria-label={words.cancelReply} onClick={() => (replyTo.value = null)}>
            <X size={16} aria-hidden="true" />
          </button>
        </div>
      )}
      {path ? (
        <CommandForm
          path={path}
          onLeave={(typed) => {
            setPath(null);
            setText(typed);
            requestAnimationFrame(() => field.current?.focus());
          }}
        />
      ) : (
        <>
          {files.length > 0 && (
            <ul class="waiting-files">
              {files.map((file) => (
                <li key={file.id}>
                  {file.preview ? <img src={file.preview} alt="" /> : <FileText size={32} aria-hidden="true" />}
                  <span>{file.name}</span>
                  <button
                    type="button"
                    aria-label={words.remove(file.name)}
                    onClick={() => setFiles(files.filter((one) => one !== file))}
                  >
                    <X size={14} aria-hidden="true" />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <div class="write">
            <button
              type="button"
              class="plain"
              aria-label={words.attach}
              title={words.attach}
              disabled={!here.writable}
              onClick={() => picker.current?.click()}
            >
              <CirclePlus size={22} aria-hidden="true" />
            </button>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                const input = event.target as HTMLInputElement;
                void add(input.files).then(() => (input.value = ""));
              }}
            />
            <textarea
              ref={field}
              rows={1}
              value={text}
              maxLength={2000}
              disabled={!here.writable}
              placeholder={here.writable ? words.write(channelName(here)) : words.notWritable}
              aria-label={words.write(channelName(here))}
              role="combobox"
              aria-expanded={open}
              aria-controls={id}
              aria-autocomplete="list"
              aria-activedescendant={open ? `${id}-${Math.min(active, suggestions.length - 1)}` : undefined}
              onInput={(event) => typed((event.target as HTMLTextAreaElement).value)}
              onKeyDown={pressed}
              onPaste={(event) => {
                if (event.clipboardData?.files.length) {
                  event.preventDefault();
                  void add(event.clipboardData.files);
                }
              }}
            />
            <button
              type="button"
              class="plain send"
              aria-label={words.send}
              title={words.send}
              disabled={!text.trim() && files.length === 0}
              onClick={() => void send()}
            >
              <SendHorizontal size={20} aria-hidden="true" />
            </button>
          </div>
        </>
      )}
    </div>
  );
}

function suggested(text: string, caret: number): Entry<Suggestion>[] {
  if (text.startsWith("/") && !text.includes("\n")) {
    const wanted = text.slice(1).toLowerCase().trim();
    const fitting = pathsOf(commands.value).filter((path) => path.words.toLowerCase().includes(wanted));
    fitting.sort((one, other) => Number(other.words.startsWith(wanted)) - Number(one.words.startsWith(wanted)));
    return fitting.map((path) => ({
      value: { path },
      label: <b>/{path.words}</b>,
      hint: path.description,
      group: nameOf(place.value?.bot ?? ""),
    }));
  }
  const mention = /(?:^|\s)@([\p{L}\p{N} _-]{0,20})$/u.exec(text.slice(0, caret));
  if (!mention) return [];
  const wanted = mention[1]!.toLowerCase();
  return (place.value?.people ?? [])
    .filter((one) => !one.owner && one.name.toLowerCase().startsWith(wanted) && one.name.toLowerCase() !== wanted)
    .slice(0, 8)
    .map((person) => ({
      value: { person },
      label: (
        <>
          <Avatar id={person.id} size={24} /> {person.name}
        </>
      ),
      hint: person.bot ? words.bot : person.moderator ? words.moderator : "",
    }));
}
