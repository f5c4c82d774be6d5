// The components of a message.
import { ExternalLink, FileText } from "lucide-preact";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { type Component, Kind, type Message } from "./discord";
import { Markdown, Spoiler } from "./markdown";
import { Select } from "./select";
import { failures, interact } from "./store";
import { words } from "./words";

const STYLES = ["", "primary", "secondary", "success", "danger", "link", "premium"];

/** Only what the playground itself serves can be shown: the page is offline. */
export function local(url: string | undefined): url is string {
  return url !== undefined && url.startsWith("/attachments/");
}

export function Parts({ of, message }: { of: Component[]; message: Message }): JSX.Element {
  return (
    <>
      {of.map((part) => (
        <Part key={part.id} part={part} message={message} />
      ))}
    </>
  );
}

function Part({ part, message }: { part: Component; message: Message }): ComponentChildren {
  switch (part.type) {
    case Kind.TEXT:
      return (
        <div class="text">
          <Markdown text={part.content ?? ""} />
        </div>
      );
    case Kind.CONTAINER:
      return <Container part={part} message={message} />;
    case Kind.SECTION:
      return (
        <div class="section">
          <div class="section-text">
            <Parts of={part.components ?? []} message={message} />
          </div>
          {part.accessory && <Part part={part.accessory} message={message} />}
        </div>
      );
    case Kind.THUMBNAIL:
      return <Picture url={part.media?.url} text={part.description} spoiler={part.spoiler} small />;
    case Kind.GALLERY:
      return (
        <div class={`gallery of-${Math.min(part.items?.length ?? 1, 4)}`}>
          {(part.items ?? []).map((item) => (
            <Picture key={item.media.url} url={item.media.url} text={item.description} spoiler={item.spoiler} />
          ))}
        </div>
      );
    case Kind.FILE:
      return <FileCard url={part.file?.url ?? ""} name={part.name} size={part.size} />;
    case Kind.SEPARATOR:
      return part.divider === false ? (
        <div class={`gap spacing-${part.spacing ?? 1}`} />
      ) : (
        <hr class={`spacing-${part.spacing ?? 1}`} />
      );
    case Kind.ROW:
      return <Row part={part} message={message} />;
    case Kind.BUTTON:
      return <MessageButton part={part} message={message} />;
    default:
      return null;
  }
}

function Container({ part, message }: { part: Component; message: Message }): JSX.Element {
  const [hidden, setHidden] = useState(Boolean(part.spoiler));
  const colour = part.accent_color;
  const style = typeof colour === "number" ? { "--accent": `#${colour.toString(16).padStart(6, "0")}` } : {};
  return (
    <div class={typeof colour === "number" ? "container accented" : "container"} style={style}>
      {hidden ? (
        <button type="button" class="veil" onClick={() => setHidden(false)}>
          {words.spoiler}
        </button>
      ) : (
        <Parts of={part.components ?? []} message={message} />
      )}
    </div>
  );
}

function Row({ part, message }: { part: Component; message: Message }): JSX.Element {
  const failure = (part.components ?? [])
    .map((one) => failures.value[`${message.id}:${one.custom_id}`])
    .find((text) => text);
  return (
    <>
      <div class="row">
        {(part.components ?? []).map((one) =>
          one.type === Kind.BUTTON ? (
            <MessageButton key={one.id} part={one} message={message} />
          ) : (
            <MessageSelect key={one.id} part={one} message={message} />
          ),
        )}
      </div>
      {failure && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
    </>
  );
}

function MessageButton({ part, message }: { part: Component; message: Message }): JSX.Element {
  const [waiting, setWaiting] = useState(false);
  const content = (
    <>
      {part.emoji?.name && <span aria-hidden={part.label ? "true" : undefined}>{part.emoji.name}</span>}
      {part.label}
    </>
  );
  if (part.url)
    return (
      <a
        class="button link"
        href={/^https?:/.test(part.url) ? part.url : undefined}
        target="_blank"
        rel="noopener noreferrer"
      >
        {content}
        <ExternalLink size={14} aria-hidden="true" />
      </a>
    );
  const press = async () => {
    if (waiting) return;
    setWaiting(true);
    const where = `${message.id}:${part.custom_id}`;
    await interact("click", { channel: message.channel_id, message: message.id, button: part.custom_id }, where);
    setWaiting(false);
  };
  return (
    <button
      type="button"
      class={`button ${STYLES[part.style ?? 2]}${waiting ? " waiting" : ""}`}
      disabled={part.disabled}
      aria-busy={waiting}
      onClick={() => void press()}
    >
      {content}
    </button>
  );
}

function MessageSelect({ part, message }: { part: Component; message: Message }): JSX.Element {
  const where = `${message.id}:${part.custom_id}`;
  return (
    <Select
      part={part}
      disabled={part.disabled}
      onChosen={(values) =>
        void interact(
          "select",
          { channel: message.channel_id, message: message.id, menu: part.custom_id, values },
          where,
        )
      }
    />
  );
}

export function Picture(props: { url?: string; text?: string; spoiler?: boolean; small?: boolean }): JSX.Element {
  if (!local(props.url)) return <p class="elsewhere">{props.url ? `${words.elsewhere}: ${props.url}` : ""}</p>;
  const image = (
    <a href={props.url} target="_blank" rel="noopener noreferrer" class={props.small ? "thumbnail" : "picture"}>
      <img src={props.url} alt={props.text ?? words.picture} loading="lazy" />
    </a>
  );
  return props.spoiler ? <Spoiler>{image}</Spoiler> : image;
}

export function FileCard({ url, name, size }: { url: string; name?: string; size?: number }): JSX.Element {
  const called = name ?? decodeURIComponent(url.split("/").at(-1) ?? "");
  return (
    <div class="file">
      <FileText size={30} aria-hidden="true" />
      <span>
        {local(url) ? (
          <a href={url} download={called} title={words.download(called)}>
            {called}
          </a>
        ) : (
          called
        )}
        {size !== undefined && <small>{bytes(size)}</small>}
      </span>
    </div>
  );
}

function bytes(size: number): string {
  if (size < 1024) return `${size} bytes`;
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}
