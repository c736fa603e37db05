//! The pages over real sockets: to those who ask properly, and to those who do not.

#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::StatusCode;
use secrecy::SecretString;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::CancellationToken;
use web::{Format, Pages, Report, State};

struct Place {
    address: SocketAddr,
    good: Arc<AtomicBool>,
    stop: CancellationToken,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn place(token: Option<&str>) -> Place {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (good, stop) = (Arc::new(AtomicBool::new(true)), CancellationToken::new());
    let live = |good: bool| {
        let mut report = Report::default();
        report.add("clock", if good { State::Good } else { State::Failed }, "beats");
        report.add("amp", State::Warning, "has not answered for 20 min");
        report
    };
    let is_good = Arc::clone(&good);
    let pages = Pages::new(
        move || live(is_good.load(Ordering::Relaxed)),
        move || live(true),
        |format| match format {
            Format::Prometheus => "# prometheus\n".to_owned(),
            Format::OpenMetrics => "# EOF\n".to_owned(),
        },
        "1.2.3",
        token.map(|token| SecretString::from(token.to_owned())),
    );
    tokio::spawn(web::serve(listener, pages, stop.clone()));
    Place { address, good, stop }
}

impl Place {
    async fn get(&self, path: &str, headers: &[(&'static str, &str)]) -> (StatusCode, String) {
        let mut request = reqwest::Client::new().get(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["cache-control"], "no-store");
        (answer.status(), answer.text().await.unwrap())
    }
}

#[tokio::test]
async fn a_warning_is_no_failure_and_a_failure_is_one() {
    let place = place(None).await;
    let good = "[+] clock: beats\n[!] amp: has not answered for 20 min\nok\n";
    assert_eq!(place.get("/livez", &[]).await, (StatusCode::OK, good.to_owned()));
    place.good.store(false, Ordering::Relaxed);
    let (status, text) = place.get("/livez", &[]).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(text.starts_with("[-] clock") && text.ends_with("failed\n"), "{text}");
    let (status, text) = place.get("/readyz?format=json", &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains(r#""ok":true"#) && text.contains(r#""state":"warning""#), "{text}");
    let (_, text) = place.get("/version", &[]).await;
    assert_eq!(text, r#"{"name":"gamekeeper","version":"1.2.3"}"#);
}

#[tokio::test]
async fn figures_come_in_the_form_that_was_asked_for_and_to_whom_has_the_token() {
    let place = place(Some("s3cret")).await;
    for wrong in ["", "Bearer", "Bearer s3cre", "Bearer s3cret2", "Basic s3cret", "s3cret"] {
        let (status, text) = place.get("/metrics", &[("authorization", wrong)]).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{wrong}");
        assert!(!text.contains("s3cret"), "{text}");
    }
    let right = ("authorization", "bearer s3cret");
    let asked = place.get("/metrics", &[right]).await;
    assert_eq!(asked, (StatusCode::OK, "# prometheus\n".to_owned()));
    let accept = ("accept", "application/openmetrics-text;version=1.0.0,*/*;q=0.1");
    assert_eq!(place.get("/metrics", &[right, accept]).await.1, "# EOF\n");
    // The token is for the figures alone: a supervisor has none.
    assert_eq!(place.get("/livez", &[]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn whoever_says_nothing_or_too_much_is_sent_away_and_in_nobodys_way() {
    let place = place(None).await;
    let mut silent = Vec::new();
    for _ in 0..40 {
        let mut stream = TcpStream::connect(place.address).await.unwrap();
        stream.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
        silent.push(stream);
    }
    // Its turn comes when the first of them are sent away.
    let began = Instant::now();
    assert_eq!(place.get("/livez", &[]).await.0, StatusCode::OK);
    assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
    let mut first = silent.swap_remove(0);
    let mut said = String::new();
    let _ = first.read_to_string(&mut said).await;
    assert!(said.is_empty() || said.contains("408"), "{said}");
    let mut long = TcpStream::connect(place.address).await.unwrap();
    let head = format!("GET /livez HTTP/1.1\r\nX-Long: {}\r\n\r\n", "x".repeat(100_000));
    let _ = long.write_all(head.as_bytes()).await;
    said.clear();
    let _ = long.read_to_string(&mut said).await;
    assert!(!said.contains("200 OK"), "{said}");
}

#[tokio::test]
async fn nothing_else_is_there() {
    let place = place(None).await;
    for path in ["/", "/livez/", "/debug", "/metrics/../livez%00"] {
        let answer = reqwest::get(format!("http://{}{path}", place.address)).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let post = reqwest::Client::new().post(format!("http://{}/livez", place.address));
    assert_eq!(post.send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
}
