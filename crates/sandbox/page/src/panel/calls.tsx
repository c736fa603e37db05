import { state } from "../store";
import { exact } from "../text";
import type { Call } from "../types";
import { Body, Log } from "./log";

/// What the bot asked of the REST API.
export function Calls() {
  return <Log all={state.calls} name="calls" empty="The bot has not called yet." text={(one) => `${one.method} ${one.path} ${one.operation} ${one.operation.replaceAll("_", " ")} ${one.status} ${one.reason ?? ""}`} line={(one) => <Line one={one} />} />;
}

function Line({ one }: { one: Call }) {
  const kind = one.status === 0 ? "broken" : one.status < 300 ? "fine" : one.status === 429 ? "slow" : "bad";
  const path = one.path.replace(/^\/api(\/v\d+)?/u, "");
  return (
    <details>
      <summary>
        <span class={`method ${one.method.toLowerCase()}`}>{one.method}</span>
        <span class="grow path" title={path}>{one.operation.replaceAll("_", " ") || path}</span>
        <span class={`status ${kind}`}>{one.status || "cut"}</span>
        <span class="took">{one.took} ms</span>
      </summary>
      <dl>
        <dt>path</dt><dd>{path}</dd>
        <dt>at</dt><dd>{exact(one.at)}</dd>
        {one.reason && <><dt>audit reason</dt><dd>{one.reason}</dd></>}
        {one.code !== null && <><dt>error code</dt><dd>{one.code}</dd></>}
      </dl>
      <Body body={one.body} size={one.size} />
    </details>
  );
}
