//! The chain every request goes through: faults, limits, authorisation, the handler, the log.

use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{ConnectInfo, RawPathParams, Request};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use percent_encoding::percent_decode_str;

use super::answer::{Answer, ApiResult};
use super::auth::{self, Caller};
use super::call::{Call, Params, Query};
use super::route::{Major, Route};
use crate::clock::Millis;
use crate::error::ApiError;
use crate::faults::{Go, Moment, Plan};
use crate::interactions::Interaction;
use crate::limits::{Ask, Verdict};
use crate::line::Line;
use crate::observe::RequestRecord;
use crate::sandbox::Sandbox;
use crate::tap::Exchange;

/// Largest request (reference, "Uploading Files").
const MAX_BODY: usize = 25 * 1024 * 1024;

/// Audit reasons are 1-512 characters.
const MAX_REASON: usize = 512;

pub(super) async fn serve(
    sandbox: Sandbox,
    route: &'static Route,
    params: &RawPathParams,
    request: Request,
) -> Response {
    let at = sandbox.clock().now_ms();
    let (parts, body) = request.into_parts();
    let line = parts.extensions.get::<ConnectInfo<Line>>().map(|info| info.0.clone());
    let body = to_bytes(body, MAX_BODY).await.map_err(|_| ApiError::body_too_large());
    let params = Params::new(params);
    let major = route.info.major.param().and_then(|name| params.get(name));
    let major = major.and_then(|id| id.parse().ok()).unwrap_or(0);
    let mut plan = Plan::new(&sandbox.faults().strike(route.info.operation, major, at), at);
    let one_way = sandbox.latency().one_way(route.info.operation);
    plan.before += one_way;
    plan.after += one_way;
    let counted = plan.instead.is_none() && route.info.limited;
    let waits = !plan.is_instant() || !sandbox.holds().is_idle();
    let job = Job {
        reason: reason(&parts.headers),
        sandbox,
        route,
        parts,
        params,
        body,
        major,
        at,
        counted,
    };
    if let Some(after) = plan.later {
        let (clock, job) = (job.sandbox.clock().clone(), job.clone());
        let deadline = at.saturating_add(crate::clock::to_millis(after));
        tokio::spawn(async move {
            clock.sleep_until(deadline).await;
            // Nobody hears what comes of it.
            let _ = job.work();
        });
    }
    let answer = if waits {
        // A client that gives up does not take its request back: the work must outlive the connection.
        tokio::spawn(job.run(plan)).await.unwrap_or_default()
    } else {
        job.run(plan).await
    };
    match (answer, line) {
        (Some(answer), _) => answer.into_response(),
        (None, line) => {
            if let Some(line) = line {
                line.cut();
            }
            // Never seen: the line is cut before a byte of it is written.
            StatusCode::BAD_GATEWAY.into_response()
        }
    }
}

/// A request that has arrived completely.
#[derive(Clone)]
struct Job {
    sandbox: Sandbox,
    route: &'static Route,
    parts: Parts,
    params: Params,
    body: Result<Bytes, ApiError>,
    reason: Option<String>,
    major: u64,
    at: Millis,
    /// Whether a bucket counts it.
    counted: bool,
}

impl Job {
    /// The answer; `None` breaks the connection.
    async fn run(self, plan: Plan) -> Option<Answer> {
        if plan.is_in_the_way() {
            self.tell_interaction(|found| found.held_up = true);
        }
        pause(plan.before).await;
        let (sandbox, route) = (&self.sandbox, &self.route.info);
        if plan.cut == Some(Moment::Before) {
            self.log(None);
            return None;
        }
        let mut ticket = None;
        let answer = match plan.instead.map_or_else(|| self.admit(), Err) {
            Err(mut answer) => {
                sandbox.limits().name_bucket(&mut answer, route.operation);
                answer
            }
            Ok(headers) => {
                if !sandbox.holds().is_idle() {
                    ticket = sandbox.holds().ticket(route);
                }
                if ticket.is_some() {
                    self.tell_interaction(|found| found.held_up = true);
                }
                if let Some(ticket) = &ticket
                    && ticket.wait(Moment::Before, route, self.parts.uri.path()).await == Go::Cut
                {
                    self.log(None);
                    return None;
                }
                let mut answer = self.work().unwrap_or_else(|error| Answer::error(&error));
                answer.headers.extend(headers);
                answer
            }
        };
        sandbox.limits().answered(&answer, self.at);
        self.log(Some(&answer));
        for upset in &plan.upsets {
            sandbox.hub().upset_all(*upset);
        }
        let held = match &ticket {
            Some(ticket) => ticket.wait(Moment::After, route, self.parts.uri.path()).await,
            None => Go::On,
        };
        pause(plan.after).await;
        let heard = plan.cut.is_none() && held == Go::On;
        if !heard {
            self.tell_interaction(|found| found.unheard = true);
        }
        heard.then_some(answer)
    }

    /// Notes on the interaction that is being answered what the bot is not to blame for.
    fn tell_interaction(&self, what: impl FnOnce(&mut Interaction)) {
        if self.route.info.operation != "create_interaction_response" {
            return;
        }
        let id = self.params.get("interaction_id").and_then(|id| id.parse().ok());
        let mut world = self.sandbox.world();
        if let Some(found) = id.and_then(|id| world.interactions.get_mut(id)) {
            what(found);
        }
    }

    /// Limits; `Err` is the answer of a request that is stopped.
    fn admit(&self) -> Result<Vec<(&'static str, String)>, Answer> {
        let route = &self.route.info;
        let token = match route.major {
            Major::Webhook => self.params.get("token").unwrap_or_default(),
            // Every user's token has buckets of its own.
            _ => auth::bearer(&self.parts.headers).unwrap_or_default(),
        };
        let ask = Ask {
            route,
            major: self.major,
            token,
            message: self.params.get("message_id"),
            body: self.body.as_deref().unwrap_or_default(),
        };
        match self.sandbox.limits().check(&ask, self.sandbox.clock().now_ms()) {
            Verdict::Pass(headers) => Ok(headers),
            Verdict::Stop(answer) => Err(answer),
        }
    }

    fn work(&self) -> Result<Answer, ApiError> {
        let body = self.body.clone()?;
        let caller = auth::caller(&self.sandbox, self.route.info.auth, &self.parts.headers)?;
        let lag = self.sandbox.lag();
        if self.parts.method != Method::GET || lag.is_idle() {
            return self.handle(caller, body);
        }
        let key = format!("{:?} {}", self.parts.headers.get(AUTHORIZATION), self.parts.uri);
        if let Some(old) = lag.stale(&key, self.at) {
            return Ok(old);
        }
        let answer = self.handle(caller, body)?;
        lag.remember(key, self.at, &answer);
        Ok(answer)
    }

    fn handle(&self, caller: Caller, body: Bytes) -> ApiResult {
        (self.route.handler)(&Call {
            sandbox: &self.sandbox,
            route: &self.route.info,
            params: &self.params,
            caller,
            query: Query::new(self.parts.uri.query().unwrap_or_default()),
            headers: &self.parts.headers,
            body,
            reason: self.reason.clone(),
        })
    }

    /// A request without an answer is logged with status 0.
    fn log(&self, answer: Option<&Answer>) {
        self.sandbox.judge(|| Exchange {
            parts: &self.parts,
            body: self.body.as_ref().ok(),
            route: Some(&self.route.info),
            answer,
            counted: self.counted && self.sandbox.limits().config().enabled,
        });
        self.sandbox.requests().record(RequestRecord {
            at: self.at,
            took: self.sandbox.clock().now_ms() - self.at,
            method: self.parts.method.to_string(),
            operation: self.route.info.operation,
            path: self.parts.uri.to_string(),
            status: answer.map_or(0, |answer| answer.status),
            code: answer.and_then(|answer| answer.code),
            reason: self.reason.clone(),
            body: self.body.clone().unwrap_or_default(),
        });
    }
}

async fn pause(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}

/// `X-Audit-Log-Reason`: percent-encoded UTF-8 (resources/audit-log).
fn reason(headers: &HeaderMap) -> Option<String> {
    let raw = headers.get("x-audit-log-reason")?.to_str().ok()?;
    let text = percent_decode_str(raw).decode_utf8_lossy();
    let text: String = text.chars().take(MAX_REASON).collect();
    (!text.is_empty()).then_some(text)
}
