//! The second place, by what an operator writes into `.env`.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::mpsc,
    time::Duration,
};

use gamekeeper::stage::verbs::Told;

use crate::program::gamekeeper;

const EMPTY: &str = "<ListBucketResult><Name>vault</Name><KeyCount>0</KeyCount>\
                     <IsTruncated>false</IsTruncated></ListBucketResult>";

/// An object store with nothing in it; what it is asked comes out of the channel.
fn store() -> Told<(String, mpsc::Receiver<String>)> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let (heard, asked) = mpsc::channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
                head.extend(byte);
            }
            let _ = heard.send(String::from_utf8_lossy(&head).into_owned());
            let length = EMPTY.len();
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\n\
                 Connection: close\r\n\r\n{EMPTY}"
            );
        }
    });
    Ok((format!("http://{address}"), asked))
}

#[test]
fn its_credentials_may_stand_in_env_and_are_shown_to_nobody_else() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let (address, asked) = store()?;
    let key = home.path().join("key");
    std::fs::write(&key, "planted-secret\n").map_err(|e| e.to_string())?;
    let lines = format!(
        "GAMEKEEPER_BACKUP_URL=s3://vault/games\nAWS_ENDPOINT={address}\nAWS_ALLOW_HTTP=true\n\
         AWS_REGION=eu-x\nAWS_ACCESS_KEY_ID=planted-id\nAWS_SECRET_ACCESS_KEY_FILE={}\n",
        key.display()
    );
    std::fs::write(home.path().join(".env"), lines).map_err(|e| e.to_string())?;
    let said = |words: &[&str]| {
        let output = gamekeeper(home.path(), &[("LOG_LEVEL", "trace")]).args(words).output();
        let output = output.expect("the program starts");
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&text).into_owned())
    };
    let (code, text) = said(&["backup", "list"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("no backups yet"), "{text}");
    let head = asked.recv_timeout(Duration::from_secs(30)).map_err(|e| e.to_string())?;
    assert!(head.to_ascii_lowercase().contains("credential=planted-id/"), "{head}");
    let (_, shown) = said(&["config", "show"]);
    assert!(shown.contains("AWS_SECRET_ACCESS_KEY") && shown.contains("eu-x"), "{shown}");
    for told in [text, shown] {
        assert!(!told.contains("planted"), "{told}");
    }
    Ok(())
}
