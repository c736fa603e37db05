//! Answers, with AMP's several ways to say no.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use crate::observe::Outcome;
use crate::switches::{Switches, Unauthorized, Void};

/// What a method gives back.
#[derive(Debug)]
pub(super) enum Reply {
    Value(Value),
    /// Never wrapped.
    Login(Value),
    Void,
}

/// Why there is nothing to give back.
#[derive(Debug)]
pub(super) enum Failure {
    NoSession,
    NotPermitted(String),
    Unavailable,
    /// `Status` false with a reason.
    Refused(String),
    NoSuchMethod,
    Arguments(String),
}

/// What every method answers.
pub(super) type Answer = Result<Reply, Failure>;

/// An ActionResult that says it is done or accepted.
pub(super) fn done() -> Value {
    json!({ "Status": true, "Reason": null, "SupportTitle": null, "SupportURL": null })
}

/// The same with something to give.
pub(super) fn done_with(result: impl Into<Value>) -> Value {
    let mut value = done();
    value["Result"] = result.into();
    value
}

/// An ActionResult of what was tried.
pub(super) fn tried<E: Into<String>>(outcome: Result<(), E>) -> Answer {
    outcome.map(|()| Reply::Value(done())).map_err(|reason| Failure::Refused(reason.into()))
}

/// The body, and what the log says of it. AMP says status 200 to all of this.
pub(super) fn write(answer: Answer, method: &str, switches: &Switches) -> (Option<Value>, Outcome) {
    match answer {
        Ok(Reply::Value(value)) if switches.wraps() => {
            (Some(json!({ "result": value })), Outcome::Done)
        }
        Ok(Reply::Value(value)) => (Some(value), Outcome::Done),
        Ok(Reply::Login(value)) => {
            let result = value["result"].as_i64().and_then(|number| i32::try_from(number).ok());
            (Some(value), Outcome::Login(result.unwrap_or_default()))
        }
        Ok(Reply::Void) => {
            (matches!(switches.void, Void::Null).then_some(Value::Null), Outcome::Done)
        }
        Err(failure) => {
            let failure = match failure {
                Failure::Refused(reason) if switches.reasons_quote_paths => {
                    Failure::Refused(format!("{reason} (/home/amp/.ampdata/instances)"))
                }
                other => other,
            };
            let (body, outcome) = no(failure, method, switches.unauthorized);
            (Some(body), outcome)
        }
    }
}

fn no(failure: Failure, method: &str, how: Unauthorized) -> (Value, Outcome) {
    let trace = "   at the local panel, which has no stack to show";
    let fault = |title: &str, message: &str| json!({ "Title": title, "Message": message, "StackTrace": trace });
    let refused = |reason: &str| json!({ "Status": false, "Reason": reason, "SupportTitle": null, "SupportURL": null });
    let unauthorized = |node: &str| {
        let message =
            format!("This session may not call {method}, which requires the permission {node}");
        match how {
            Unauthorized::Fault => fault("Unauthorized Access", &message),
            Unauthorized::Status => refused(&message),
        }
    };
    match failure {
        Failure::NoSession => (unauthorized("Session.Exists"), Outcome::NoSession),
        Failure::NotPermitted(node) => (unauthorized(&node), Outcome::NotPermitted(node)),
        Failure::Unavailable => {
            let message = "The requested instance is not available at this time.";
            let body =
                json!({ "Title": "Instance Unavailable", "Message": message, "StackTrace": null });
            (body, Outcome::Unavailable)
        }
        Failure::Refused(reason) => (refused(&reason), Outcome::Refused(reason)),
        Failure::NoSuchMethod => {
            let message = format!("There is no method {method}");
            (fault("Unknown API Method", &message), Outcome::Wrong(message))
        }
        Failure::Arguments(detail) => {
            let message = format!("The arguments of {method} cannot be read: {detail}");
            (fault("Invalid Arguments", &message), Outcome::Wrong(message))
        }
    }
}

/// An HTTP answer.
pub(super) fn http(status: StatusCode, kind: &'static str, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// An answer as AMP sends them.
pub(super) fn json_body(body: Option<&Value>) -> Response {
    let text = body.map(Value::to_string).unwrap_or_default();
    http(StatusCode::OK, "application/json; charset=utf-8", text)
}
