import { Icon, channelIcon } from "../icons";
import { state } from "../store";

/// What stands above the first message.
export function Intro() {
  const { channel, messages } = state;
  if (!channel) return null;
  const what = channel.kind === 1 ? `Direct messages with ${channel.name}` : channel.kind >= 10 && channel.kind <= 12 ? channel.name : `Welcome to #${channel.name}`;
  return (
    <div class="intro">
      <span class="intro-icon"><Icon name={channelIcon(channel.kind)} /></span>
      <h2>{what}</h2>
      <p>
        {!channel.read ? "You may not read the history of this channel." : channel.topic || (channel.kind === 15 ? "A forum: posts open as threads." : "This is the start of the channel.")}
        {channel.read && !messages.length && channel.send ? " Nothing has been said yet." : ""}
      </p>
    </div>
  );
}
