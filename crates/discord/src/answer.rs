//! Sorts Discord's answers.

use crate::{CallError, FieldError, limit::RateLimit, stats::Outcome, transport::Answer};
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;

/// What one answer means for the call.
pub(crate) enum Meaning {
    Success(Bytes),
    /// Final: trying again would bring the same.
    Refused(CallError),
    /// Final, and the address is blocked in front of Discord.
    Blocked(CallError),
    Limited(RateLimit),
    /// 5xx: nobody can tell whether it was carried out.
    Failed(String),
}

/// Discord's error body.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    code: u64,
    message: String,
    errors: Value,
}

/// Longest list of field errors kept; one request has no more fields worth reading.
const MAX_FIELDS: usize = 25;

impl Meaning {
    pub(crate) fn of(answer: Answer, unstated_retry_after: Duration) -> Self {
        let Answer { status, headers, body } = answer;
        if status.is_success() {
            return Self::Success(body);
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Self::Limited(RateLimit::read(&headers, &body, unstated_retry_after));
        }
        if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
            return Self::Failed(format!("status {}", status.as_u16()));
        }
        let json = serde_json::from_slice::<ErrorBody>(&body).ok();
        if status == StatusCode::FORBIDDEN && json.is_none() {
            return Self::Blocked(CallError::Unavailable {
                why: "Cloudflare refuses this address (status 403 without Discord's form)"
                    .to_owned(),
            });
        }
        let ErrorBody { code, message, errors } = json.unwrap_or_default();
        Self::Refused(match status {
            StatusCode::UNAUTHORIZED => CallError::Unauthorized { code },
            StatusCode::FORBIDDEN => CallError::Forbidden { code, message },
            StatusCode::NOT_FOUND => CallError::NotFound { code },
            _ if status.is_client_error() => CallError::Invalid {
                status: status.as_u16(),
                code,
                message,
                errors: fields(&errors),
            },
            // Discord's API redirects nobody: something else answers at this address.
            _ => CallError::Unavailable {
                why: format!("status {} is not one of Discord's", status.as_u16()),
            },
        })
    }

    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::Success(_) => Outcome::Success,
            Self::Refused(CallError::Unavailable { .. }) | Self::Failed(_) => Outcome::ServerError,
            Self::Refused(_) | Self::Blocked(_) => Outcome::ClientError,
            Self::Limited(_) => Outcome::RateLimited,
        }
    }
}

/// Flattens the tree of code 50035, whose leaves are `{"_errors": [{code, message}]}`.
fn fields(tree: &Value) -> Vec<FieldError> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), tree)];
    while let Some((path, node)) = open.pop() {
        let Some(node) = node.as_object() else {
            continue;
        };
        for (key, value) in node {
            if key == "_errors" {
                let leaves = value.as_array().into_iter().flatten();
                found.extend(leaves.map(|leaf| FieldError {
                    path: path.clone(),
                    code: text(leaf, "code"),
                    message: text(leaf, "message"),
                }));
            } else if path.is_empty() {
                open.push((key.clone(), value));
            } else {
                open.push((format!("{path}.{key}"), value));
            }
        }
    }
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    found.truncate(MAX_FIELDS);
    found
}

fn text(leaf: &Value, key: &str) -> String {
    let value = leaf.get(key).and_then(Value::as_str);
    value.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::fields;
    use serde_json::json;

    #[test]
    fn flattens_field_errors() {
        let leaf = |code| json!({"_errors": [{"code": code, "message": "m"}]});
        let tree = json!({"name": leaf("A"), "embeds": {"0": {"title": leaf("B")}}});
        let shown: Vec<String> = fields(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["embeds.0.title: m (B)", "name: m (A)"]);
        assert_eq!(fields(&leaf("ROOT"))[0].to_string(), "body: m (ROOT)");
        assert!(fields(&json!(null)).is_empty());
    }
}
