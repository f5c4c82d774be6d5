import type { JSX } from "preact";
import type { Embed } from "./discord";
import { Markdown } from "./markdown";
import { Picture } from "./parts";

export function EmbedCard({ embed }: { embed: Embed }): JSX.Element {
  const colour = embed.color ? { "--accent": `#${embed.color.toString(16).padStart(6, "0")}` } : {};
  return (
    <div class="embed" style={colour}>
      {embed.author && <div class="embed-author">{embed.author.name}</div>}
      {embed.title && (
        <div class="embed-title">
          <Markdown text={embed.title} />
        </div>
      )}
      {embed.description && (
        <div class="text">
          <Markdown text={embed.description} />
        </div>
      )}
      {embed.fields && embed.fields.length > 0 && (
        <div class="fields">
          {embed.fields.map((field, at) => (
            <div key={at} class={field.inline ? "field inline" : "field"}>
              <div class="field-name">
                <Markdown text={field.name} />
              </div>
              <div class="text">
                <Markdown text={field.value} />
              </div>
            </div>
          ))}
        </div>
      )}
      {embed.image && <Picture url={embed.image.url} />}
      {embed.footer && <small class="embed-footer">{embed.footer.text}</small>}
    </div>
  );
}
