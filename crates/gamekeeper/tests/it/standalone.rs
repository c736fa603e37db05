//! `gamekeeper sandbox` as a bot author starts it: what it says, and the code it leaves with.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gamekeeper"));
    command.arg("sandbox").args(arguments).env_clear().stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The running program, and the line it says where everything is with.
fn start(arguments: &[&str]) -> (Child, Value) {
    let mut child = program(arguments).args(["--json", "--port", "0"]).spawn().expect("it starts");
    let mut line = String::new();
    let out = child.stdout.as_mut().expect("it is piped");
    BufReader::new(out).read_line(&mut line).expect("a line");
    (child, serde_json::from_str(&line).expect("it is JSON"))
}

/// Ends it as a supervisor does: exit code and complaints.
fn stop(mut child: Child) -> (Option<i32>, String) {
    let id = child.id().to_string();
    Command::new("kill").args(["-TERM", &id]).status().expect("kill works");
    let status = child.wait().expect("it ends");
    let mut said = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut said).expect("text");
    (status.code(), said)
}

/// The status of a call with the card's token.
fn call(card: &Value, path: &str) -> u16 {
    let address = card["origin"].as_str().unwrap().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    let token = card["token"].as_str().unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bot {token}\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_bot_finds_everything_it_needs_on_the_card() {
    let (child, card) = start(&["--strict"]);
    assert_eq!(card["application_id"], "1184000000000000000");
    let guild = &card["guilds"][0];
    assert_eq!(
        (&guild["name"], &guild["owner"]["name"]),
        (&"Friendly Dragons".into(), &"Olga".into())
    );
    let path = format!("/api/v10/guilds/{}", guild["id"].as_str().unwrap());
    assert_eq!([call(&card, &path), call(&card, "/sandbox/openapi.json")], [200, 200]);
    let (code, said) = stop(child);
    assert_eq!((code, said.as_str()), (Some(0), ""));
}

#[test]
fn in_strict_mode_a_bot_that_breaks_the_contract_is_told_and_counts() {
    let (child, card) = start(&["--strict", "--token", "mine", "--application-id", "77"]);
    assert_eq!((&card["token"], &card["application_id"]), (&"mine".into(), &"77".into()));
    assert_eq!(call(&card, "/api/v10/gilds"), 404);
    let (code, said) = stop(child);
    let told = "violation: UnknownRoute: GET /api/v10/gilds: 404: Not Found\n\
                gamekeeper: the bot broke Discord's contract once\n";
    assert_eq!((code, said.as_str()), (Some(1), told));
}

/// A call to the panel: what it answers.
fn panel_call(amp: &Value, method: &str, body: &Value) -> Value {
    let address = amp["url"].as_str().unwrap().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    let body = body.to_string();
    write!(
        stream,
        "POST /API/{method} HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn a_panel_comes_along_when_it_is_asked_for_and_strict_counts_what_is_wrong_there() {
    let (child, card) = start(&["--amp", "--amp-port", "0", "--strict"]);
    let amp = &card["amp"];
    let mut who = json!({ "username": amp["username"], "password": amp["password"], "token": "" });
    who["rememberMe"] = json!(false);
    let session = panel_call(amp, "Core/Login", &who)["sessionID"].clone();
    let session = json!({ "SESSIONID": session });
    let targets = panel_call(amp, "ADSModule/GetInstances", &session);
    assert_eq!(targets[0]["AvailableInstances"].as_array().unwrap().len(), 4);
    panel_call(amp, "Core/MakeCoffee", &session);
    let (code, said) = stop(child);
    assert_eq!(code, Some(1));
    assert!(said.contains("violation: AMP: UnknownMethod: Core/MakeCoffee"), "{said}");
    assert!(said.contains("the bot broke Discord's or AMP's contract once"), "{said}");
}

#[test]
fn guilds_and_faults_come_from_files() {
    let home = tempfile::tempdir().unwrap();
    let (guilds, faults) = (home.path().join("guilds.toml"), home.path().join("faults.toml"));
    let files = ["--guilds", guilds.to_str().unwrap(), "--faults", faults.to_str().unwrap()];
    std::fs::write(&guilds, "[[guilds]]\nname = 'Club'\nid = 42\nbot = 8\n").unwrap();
    std::fs::write(&faults, "[[faults]]\nplace = 'get_guild'\nkind = { status = 502 }\n").unwrap();
    let (child, card) = start(&files);
    assert_eq!(card["guilds"][0]["id"], "42");
    let path = "/api/v10/guilds/42";
    assert_eq!([call(&card, path), call(&card, path)], [502, 200]);
    assert_eq!(stop(child).0, Some(0));

    std::fs::write(&faults, "[[faults]]\nplace = 'get_gild'\nkind = { status = 502 }\n").unwrap();
    let output = program(&files).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).replace(home.path().to_str().unwrap(), "");
    let told = "gamekeeper: /faults.toml, line 2: faults[0].place: there is no operation get_gild; \
                GET /sandbox/routes lists those there are\n";
    assert_eq!((output.status.code(), said.as_str()), (Some(65), told));
}

#[test]
fn strict_needs_the_api_description_it_is_told_of() {
    let output = program(&["--strict", "--port", "0"])
        .env("DISCORD_OPENAPI", "/nowhere/openapi.json")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(65), "{said}");
    assert!(said.contains("/nowhere/openapi.json"), "{said}");
}

#[test]
fn a_port_that_is_taken_is_named_with_the_cure() {
    let (child, card) = start(&[]);
    let port = card["origin"].as_str().unwrap().rsplit(':').next().unwrap().to_owned();
    let output = program(&["--port", &port]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(69), "{said}");
    assert!(said.contains(&port) && said.contains("--port 0"), "{said}");
    assert_eq!(stop(child).0, Some(0));
}
