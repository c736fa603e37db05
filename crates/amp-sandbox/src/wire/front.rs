//! A request's way through: faults, form, session, permission, method, answer, log.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, Method as Verb, StatusCode, Uri, header};
use axum::response::Response;
use serde_json::Value;

use crate::amp::{Amp, Inner};
use crate::faults::Kind;
use crate::id::{Guid, InstanceId};
use crate::line::Line;
use crate::observe::{Outcome, Request, ViolationKind};
use crate::session::{Place, Session};
use crate::switches::Switches;
use crate::wire::ads::no_instance;
use crate::wire::answer::{self, Failure, Reply};
use crate::wire::args::Args;
use crate::wire::caller::Caller;
use crate::wire::path::Called;
use crate::wire::{login, path, permit, table};
use crate::world::World;

/// What somebody wants.
struct Call<'a> {
    called: Called<'a>,
    name: String,
    args: Args,
    headers: &'a HeaderMap,
}

pub(super) async fn answer(
    State(amp): State<Amp>,
    ConnectInfo(line): ConnectInfo<Line>,
    verb: Verb,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let amp = &*amp.0;
    let Some(called) = path::read(uri.path()) else {
        return answer::http(StatusCode::NOT_FOUND, "text/html", page("This panel has no pages"));
    };
    let mut call = Call { name: called.name(), called, args: Args::default(), headers: &headers };
    let (wait, fault) = amp.faults.take(&call.name);
    if wait > Duration::ZERO {
        amp.clock.sleep(wait).await;
    }
    if let Some(fault) = &fault
        && let Some(response) = broken(fault, &line, &uri)
    {
        log(amp, &call, None, None, Outcome::Fault(fault.name()));
        return response;
    }
    match form(amp, &verb, &headers, &body, &call.name) {
        Ok(args) => call.args = args,
        Err((status, text)) => {
            log(amp, &call, None, None, Outcome::Wrong(text.to_owned()));
            return answer::http(status, "text/plain", text.to_owned());
        }
    }
    carry_out(amp, &call, fault.as_ref())
}

fn page(title: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    )
}

/// What a fault answers instead of the panel.
fn broken(fault: &Kind, line: &Line, uri: &Uri) -> Option<Response> {
    let code = |status: u16| StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    match fault {
        Kind::Cut => {
            line.cut();
            Some(answer::json_body(None))
        }
        Kind::Html(status) => Some(answer::http(code(*status), "text/html", page("Bad gateway"))),
        Kind::Status(status) => Some(answer::http(code(*status), "text/plain", String::new())),
        Kind::Garbage => Some(answer::http(
            StatusCode::OK,
            "application/json; charset=utf-8",
            "{\"Status\": tr".to_owned(),
        )),
        Kind::Huge(bytes) => Some(answer::http(
            StatusCode::OK,
            "application/json; charset=utf-8",
            format!("\"{}\"", "x".repeat(bytes.saturating_sub(2))),
        )),
        Kind::Redirect => {
            let mut response =
                answer::http(StatusCode::TEMPORARY_REDIRECT, "text/plain", String::new());
            let to = HeaderValue::from_str(uri.path()).ok()?;
            response.headers_mut().insert(header::LOCATION, to);
            Some(response)
        }
        Kind::Slow(_) | Kind::SessionLost | Kind::LoginResult(_) => None,
    }
}

/// Media types that AMP answers in.
const ACCEPTED: [&str; 4] =
    ["text/javascript", "application/json", "application/vnd.cubecoders-ampapi", "text/json"];

/// The arguments, if this is a call at all. The content type is not looked at.
fn form(
    amp: &Inner,
    verb: &Verb,
    headers: &HeaderMap,
    body: &[u8],
    name: &str,
) -> Result<Args, (StatusCode, &'static str)> {
    if *verb != Verb::POST {
        amp.violations.note(ViolationKind::Form, name, format!("{verb} instead of POST"));
        return Err((StatusCode::METHOD_NOT_ALLOWED, "Only POST is a call"));
    }
    let accepts = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    if !accepts.into_iter().any(|accept| ACCEPTED.iter().any(|kind| accept.contains(kind))) {
        amp.violations.note(ViolationKind::Accept, name, "no Accept that AMP takes");
        return Err((StatusCode::BAD_REQUEST, "Invalid Accept header"));
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Args::default());
    }
    let Ok(Value::Object(args)) = serde_json::from_slice(body) else {
        amp.violations.note(ViolationKind::Form, name, "the body is no JSON object");
        return Err((StatusCode::BAD_REQUEST, "The body is no JSON object"));
    };
    Ok(Args(args))
}

fn carry_out(amp: &Inner, call: &Call<'_>, fault: Option<&Kind>) -> Response {
    let switches = amp.switches.get();
    let now = amp.clock.now_ms();
    let named = permit::named(call.headers, &call.args, &call.name, amp, &switches);
    let mut world = amp.world.lock();
    if let (Some(Kind::SessionLost), Some(id)) = (fault, named) {
        world.sessions.end(id);
    }
    let (place, session) = match place(&mut world, call, now) {
        Ok(place) => {
            let session =
                named.and_then(|id| permit::session(&mut world, id, place, now, &switches));
            (Ok(place), session)
        }
        Err(failure) => (Err(failure), None),
    };
    if permit::is_deprecated(&call.args, &switches)
        && let Ok(Place::Instance(id)) = place
        && let Some(instance) = world.instance(id, now)
    {
        let complaint = "A client says its session in the body, which is deprecated";
        instance.console.say(now, "API", "Console", complaint);
    }
    let user = user_of(&world, session.as_ref(), call);
    let instance = place.as_ref().ok().and_then(|place| place.instance());
    let mut down = false;
    let result = place.and_then(|place| match fault {
        Some(Kind::LoginResult(result)) => {
            Ok(Reply::Login(login::refused(*result, "as the fault says")))
        }
        _ => run(amp, &mut world, &switches, call, place, session, now, &mut down),
    });
    drop(world);
    let (body, outcome) = answer::write(result, &call.name, &switches);
    log(amp, call, instance, user, outcome);
    if down {
        amp.faults.down();
    }
    answer::json_body(body.as_ref())
}

/// Who it is: of a session its user, of a login the name that was said.
fn user_of(world: &World, session: Option<&Session>, call: &Call<'_>) -> Option<String> {
    match session {
        Some(session) => {
            Some(world.users.get(&session.user).map_or(&session.user, |user| &user.name).clone())
        }
        None if call.name == "Core/Login" => {
            Some(call.args.text("username").chars().take(100).collect())
        }
        None => None,
    }
}

/// Where the call goes.
fn place(world: &mut World, call: &Call<'_>, now: i64) -> Result<Place, Failure> {
    let id = match (call.called.instance, world.alone) {
        (None, None) => return Ok(Place::Controller),
        (None, Some(alone)) => alone,
        (Some(_), Some(_)) => return Err(Failure::NoSuchMethod),
        (Some(text), None) => {
            text.parse::<Guid>().map(InstanceId).map_err(|_| no_instance(text))?
        }
    };
    if world.targets.iter().any(|target| target.ads == id) {
        return Ok(Place::Controller);
    }
    match world.instance(id, now) {
        None => Err(no_instance(&id.to_string())),
        Some(instance) if !instance.running => Err(Failure::Unavailable),
        Some(_) => Ok(Place::Instance(id)),
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "this is where all that was found out comes together"
)]
fn run(
    amp: &Inner,
    world: &mut World,
    switches: &Switches,
    call: &Call<'_>,
    place: Place,
    session: Option<Session>,
    now: i64,
    down: &mut bool,
) -> answer::Answer {
    let Some(method) = table::find(&call.name) else {
        amp.violations.note(ViolationKind::UnknownMethod, &call.name, "no such method");
        return Err(Failure::NoSuchMethod);
    };
    call.args.check(method.params, &call.name, amp).map_err(Failure::Arguments)?;
    permit::check(method, place, session.as_ref(), world, switches)?;
    let (args, url) = (&call.args, amp.url.as_str());
    let mut caller =
        Caller { world, switches, url, now, place, session, args, takes_the_panel_down: false };
    let answer = (method.run)(&mut caller);
    *down = caller.takes_the_panel_down;
    answer
}

fn log(
    amp: &Inner,
    call: &Call<'_>,
    instance: Option<InstanceId>,
    user: Option<String>,
    outcome: Outcome,
) {
    amp.requests.add(Request {
        at: amp.clock.now_ms(),
        method: call.name.chars().take(100).collect(),
        instance,
        user,
        arguments: call.args.shown(),
        outcome,
    });
}
