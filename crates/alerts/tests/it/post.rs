//! A mail server that keeps what it gets.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

/// One letter and what was said before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Letter {
    pub(crate) login: Option<String>,
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) text: String,
}

pub(crate) struct Post {
    pub(crate) address: SocketAddr,
    letters: Arc<Mutex<Vec<Letter>>>,
}

impl Post {
    /// Without TLS where there is no acceptor; `refuses` is the code that logins get.
    pub(crate) async fn start(tls: Option<TlsAcceptor>, refuses: Option<u16>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let letters = Arc::<Mutex<Vec<Letter>>>::default();
        let kept = Arc::clone(&letters);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, kept) = (tls.clone(), Arc::clone(&kept));
                tokio::spawn(async move {
                    match tls {
                        None => drop(talk(stream, &kept, refuses).await),
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                drop(talk(stream, &kept, refuses).await);
                            }
                        }
                    }
                });
            }
        });
        Self { address, letters }
    }

    pub(crate) fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap().clone()
    }
}

async fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    kept: &Mutex<Vec<Letter>>,
    refuses: Option<u16>,
) -> std::io::Result<()> {
    let mut line = BufReader::new(stream);
    let mut letter = Letter::default();
    line.write_all(b"220 post.example ESMTP\r\n").await?;
    loop {
        let mut said = String::new();
        if line.read_line(&mut said).await? == 0 {
            return Ok(());
        }
        let said = said.trim_end().to_owned();
        let answer = match said.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-post.example\r\n250-AUTH PLAIN\r\n250 8BITMIME".to_owned(),
            "AUTH" => {
                letter.login = said.rsplit(' ').next().map(ToOwned::to_owned);
                match refuses {
                    // A careless server repeats what it was sent.
                    Some(code) => format!("{code} no, not {said}"),
                    None => "235 welcome".to_owned(),
                }
            }
            "MAIL" => {
                letter.from = said;
                "250 ok".to_owned()
            }
            "RCPT" => {
                letter.to.push(said);
                "250 ok".to_owned()
            }
            "DATA" => {
                line.write_all(b"354 go on\r\n").await?;
                loop {
                    let mut text = String::new();
                    line.read_line(&mut text).await?;
                    if text == ".\r\n" || text.is_empty() {
                        break;
                    }
                    letter.text.push_str(&text);
                }
                kept.lock().unwrap().push(std::mem::take(&mut letter));
                "250 taken".to_owned()
            }
            "QUIT" => {
                line.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "500 what".to_owned(),
        };
        line.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}
