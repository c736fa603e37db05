//! The consent page: plain HTML, no script.

use std::fmt::Write as _;

use super::request::Request;
use crate::id::UserId;
use crate::world::World;

/// Users offered at once; any other can be named by id.
const OFFERED: usize = 200;

const STYLE: &str = ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;display:grid;\
    place-items:center;min-height:95vh;margin:0}main{width:min(26rem,90vw);padding:1.5rem;border:1px solid #8886;\
    border-radius:12px}h1{font-size:1.2rem;margin-top:0}select,button{font:inherit;padding:.5rem .8rem;\
    border-radius:8px}select{width:100%}p.do{display:flex;gap:.5rem;justify-content:flex-end}small{opacity:.7}";

/// What a scope lets an application do, in a few words.
fn meaning(scope: &str) -> &'static str {
    match scope {
        "identify" => "Know your name and picture",
        "email" => "Know your e-mail address",
        "guilds" => "Know what servers you are in",
        "guilds.members.read" => "Read your roles and nickname in your servers",
        "guilds.join" => "Join servers for you",
        "connections" => "Know your connected accounts",
        "openid" => "Confirm who you are",
        "bot" => "Add a bot to a server",
        "applications.commands" => "Create commands",
        _ => "Something else on your behalf",
    }
}

/// Asks a user; the form goes to the same address.
pub(super) fn ask(
    world: &World,
    request: &Request,
    query: &str,
    signed_in: Option<UserId>,
) -> String {
    let name = escape(&world.application.name);
    let mut users: Vec<_> = world.users.values().filter(|user| !user.bot).collect();
    // The signed-in one first, then by age: the people of the newest guild are made last.
    users.sort_by_key(|user| (Some(user.id) != signed_in, user.id));
    let mut options = String::new();
    for user in users.into_iter().take(OFFERED) {
        let shown = escape(user.global_name.as_deref().unwrap_or(&user.username));
        let _ = write!(options, "<option value=\"{}\">{shown}</option>", user.id);
    }
    let mut list = String::new();
    for scope in &request.scopes {
        let _ = write!(list, "<li>{} <small>({})</small></li>", meaning(scope), escape(scope));
    }
    let (query, redirect) = (escape(query), escape(&request.redirect));
    document(&format!(
        "<h1>{name} wants to access your account</h1>\
         <form method=\"post\" action=\"?{query}\">\
         <label>Signed in as <select name=\"user\" autofocus>{options}</select></label>\
         <p>This will allow {name} to:</p><ul>{list}</ul>\
         <p><small>Afterwards you are sent to {redirect}</small></p>\
         <p class=\"do\"><button name=\"answer\" value=\"cancel\">Cancel</button>\
         <button name=\"answer\" value=\"authorize\">Authorize</button></p></form>"
    ))
}

/// Nothing to agree to.
pub(super) fn refuse(why: &str) -> String {
    document(&format!("<h1>Something is wrong with this link</h1><p>{}</p>", escape(why)))
}

fn document(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Authorize</title>\
         <style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    )
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
